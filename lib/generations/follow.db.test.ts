import { randomUUID } from "node:crypto";
import { afterEach, expect, it, vi } from "vitest";
import { database } from "@/lib/platform/database";
import { streamBus } from "@/lib/platform/stream-bus";
import { aPerson } from "@/lib/testing/people";
import { textIn } from "@/lib/testing/turns";
import { followGeneration } from "./follow";
import { Recording } from "./recording";
import { enter } from "./registry";
import type { GenerationEvent } from "./schema";

/** The rows of an answer that is being written, of which `parts` are saved. */
async function running(parts: { type: "text"; text: string }[], sequence: number) {
  const { id: ownerId } = await aPerson();
  const [threadId, messageId, generationId] = [randomUUID(), randomUUID(), randomUUID()];
  await database().thread.create({ data: { id: threadId, ownerId, title: "T" } });
  await database().message.create({
    data: { id: messageId, threadId, role: "assistant", parts, status: "running", ordinal: 1 },
  });
  await database().generation.create({
    data: { id: generationId, ownerId, threadId, messageId, model: "m", requestHash: "h", sequence },
  });
  return { actor: { id: ownerId, role: "member" as const }, target: { generationId, messageId, threadId } };
}

/** An answer that another server writes, of which one word is saved. */
async function writtenElsewhere(word: string) {
  const parts = [{ type: "text" as const, text: word }];
  const { actor, target } = await running(parts, 1);
  const { generationId } = target;
  streamBus().open(generationId);
  streamBus().append(generationId, 1, JSON.stringify({ type: "text", sequence: 1, delta: word }));
  return { actor, generationId, parts };
}

afterEach(() => void vi.useRealTimers());

it("whoever comes between a question's commit and its beginning hears the first word at once, all of them", async () => {
  const { actor, target } = await running([], 0);
  // No clock: only the beginning itself can wake them.
  vi.useFakeTimers({ toFake: ["setTimeout"] });
  const heard: GenerationEvent[][] = [[], []];
  const leaving = await Promise.all(
    heard.map((events) =>
      followGeneration(actor, target.generationId, null, (_sequence, event) =>
        events.push(JSON.parse(event)),
      ),
    ),
  );
  expect(heard).toEqual([[], []]);
  const recording = new Recording(target);
  const done = Promise.resolve();
  enter(target.generationId, { ownerId: actor.id, recording, abort: new AbortController(), done });
  recording.append("Hello");
  await vi.waitFor(() => expect(heard.map(textIn)).toEqual(["Hello", "Hello"]));
  for (const leave of leaving) leave();
  recording.end("complete", null, null);
});

it("whoever comes after the end of a question that they sent just now reads it at once", async () => {
  const { actor, target } = await running([{ type: "text", text: "Yes." }], 1);
  const over = Promise.withResolvers<void>();
  const recording = new Recording(target);
  enter(target.generationId, {
    ownerId: actor.id,
    recording,
    abort: new AbortController(),
    done: over.promise,
  });
  await database().message.updateMany({ data: { status: "complete" }, where: { id: target.messageId } });
  await database().generation.updateMany({
    data: { status: "complete" },
    where: { id: target.generationId },
  });
  recording.end("complete", null, null);
  // No clock: nobody waits for a beginning that has been.
  vi.useFakeTimers({ toFake: ["setTimeout"] });
  const events: GenerationEvent[] = [];
  const follow = () =>
    followGeneration(actor, target.generationId, null, (_, event) => events.push(JSON.parse(event)), {
      awaited: true,
    });
  await follow();
  over.resolve();
  await over.promise;
  await follow();
  expect(events.map(({ type }) => type)).toEqual(["snapshot", "end", "snapshot", "end"]);
});

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
