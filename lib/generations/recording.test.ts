import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { streamBus } from "@/lib/platform/stream-bus";
import { textIn } from "@/lib/testing/turns";
import { Recording } from "./recording";
import type { GenerationEvent } from "./schema";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A new answer, and what a follower hears of it from its beginning. */
function recorded() {
  const [generationId, messageId, threadId] = [randomUUID(), randomUUID(), randomUUID()];
  const recording = new Recording({ generationId, messageId, threadId });
  const events: GenerationEvent[] = [];
  streamBus().follow(generationId, 0, (_sequence, event) => events.push(JSON.parse(event)));
  return { recording, events };
}

test("the first text is told at once, what follows closely together, and all of it before the end", () => {
  const { recording, events } = recorded();
  for (const word of ["One ", "two ", "three "]) recording.append(word);
  expect(events).toMatchObject([{ type: "text", sequence: 1, delta: "One " }]);
  vi.advanceTimersByTime(50);
  expect(events.slice(1)).toMatchObject([{ type: "text", sequence: 2, delta: "two three " }]);
  recording.append("four");
  recording.end("complete", null, null);
  expect(textIn(events)).toBe("One two three four");
  expect(events.map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4]);
  vi.advanceTimersByTime(500);
  expect(events).toHaveLength(4);
});

test("what is saved with a number is all that was told up to it", () => {
  const { recording, events } = recorded();
  recording.append("One ");
  recording.append("two");
  expect(recording.dirty).toBe(true);
  recording.tell();
  expect(recording).toMatchObject({ sequence: 2, parts: [{ type: "text", text: textIn(events) }] });
  recording.savedUpTo(2);
  expect(recording.dirty).toBe(false);
  recording.end("complete", null, null);
});
