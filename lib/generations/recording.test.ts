import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { streamBus } from "@/lib/platform/stream-bus";
import { textIn } from "@/lib/testing/turns";
import { Recording } from "./recording";
import type { GenerationEvent } from "./schema";

/** A new answer, and what a follower hears of it from its beginning. */
function recorded() {
  const [generationId, messageId, threadId] = [randomUUID(), randomUUID(), randomUUID()];
  const recording = new Recording({ generationId, messageId, threadId });
  const events: GenerationEvent[] = [];
  streamBus().follow(generationId, 0, (_sequence, event) => events.push(JSON.parse(event)));
  return { recording, events };
}

test("each piece of text is an event with the next number, without what no database takes", () => {
  const { recording, events } = recorded();
  for (const word of ["One ", "\0", "t\0wo"]) recording.append(word);
  recording.end("complete", null, null);
  expect(events).toMatchObject([
    { type: "text", sequence: 1, delta: "One " },
    { type: "text", sequence: 2, delta: "two" },
    { type: "end", sequence: 3, status: "complete" },
  ]);
  expect(recording.text).toBe("One two");
});

test("what is saved with a number is all that was told up to it", () => {
  const { recording, events } = recorded();
  recording.append("One ");
  recording.append("two");
  expect(recording.dirty).toBe(true);
  expect(recording).toMatchObject({ sequence: 2, parts: [{ type: "text", text: textIn(events) }] });
  recording.savedUpTo(2);
  expect(recording.dirty).toBe(false);
  recording.end("complete", null, null);
});
