import { randomUUID } from "node:crypto";
import { expect, it, vi } from "vitest";
import { database } from "@/lib/platform/database";
import { streamBus } from "@/lib/platform/stream-bus";
import { aPerson } from "@/lib/testing/people";
import { textIn } from "@/lib/testing/turns";
import { followGeneration } from "./follow";
import type { GenerationEvent } from "./schema";

/** An answer that another server writes, of which one word is saved. */
async function writtenElsewhere(word: string) {
  const { id: ownerId } = await aPerson();
  const [threadId, messageId, generationId] = [randomUUID(), randomUUID(), randomUUID()];
  const parts = [{ type: "text", text: word }];
  await database().thread.create({ data: { id: threadId, ownerId, title: "T" } });
  await database().message.create({
    data: { id: messageId, threadId, role: "assistant", parts, status: "running", ordinal: 1 },
  });
  await database().generation.create({
    data: { id: generationId, ownerId, threadId, messageId, model: "m", requestHash: "h", sequence: 1 },
  });
  streamBus().open(generationId);
  streamBus().append(generationId, 1, JSON.stringify({ type: "text", sequence: 1, delta: word }));
  return { actor: { id: ownerId, role: "member" as const }, generationId, parts };
}

it("threat 62: nothing is shown twice when a save comes between the reads of an answer and its text", async () => {
  const { actor, generationId, parts } = await writtenElsewhere("Word ");
  // As Prisma reads: the number first, the text with another query.
  const torn = {
    sequence: 0,
    status: "running",
    message: { id: "m", parts, status: "running", failure: null },
  };
  vi.spyOn(database().generation, "findFirst").mockResolvedValueOnce(torn as never);
  const events: GenerationEvent[] = [];
  const leave = await followGeneration(actor, generationId, null, (_sequence, event) =>
    events.push(JSON.parse(event)),
  );
  streamBus().append(generationId, 2, JSON.stringify({ type: "text", sequence: 2, delta: "after word" }));
  expect(textIn(events)).toBe("Word after word");
  leave();
});
