import { describe, expect, it } from "vitest";
import type { Message, Part } from "../messages/message";
import { MOST_IN_SCREENFUL, screenful } from "./screenful";

const message = (text: string, others: Part[] = []): Message => ({
  id: crypto.randomUUID(),
  parentId: null,
  role: "user",
  parts: [...others, { type: "text", text }],
  status: "complete",
  failure: null,
  ordinal: 1,
  createdAt: "2026-01-01T00:00:00.000Z",
  generationId: null,
  usage: null,
});

const lengthOf = (branch: Message[]) => screenful(branch).length;
const many = (text: string) => Array.from({ length: 60 }, () => message(text));

describe("what fills a window", () => {
  it("is the end of a branch, in its order", () => {
    const branch = many("Yes.");
    expect(screenful(branch)).toEqual(branch.slice(-lengthOf(branch)));
  });

  it("is many short messages, fewer long ones, and the last turn however long it is", () => {
    expect(lengthOf(many("Yes."))).toBe(18);
    expect(lengthOf(many(""))).toBe(MOST_IN_SCREENFUL);
    expect(lengthOf(many("word ".repeat(120)))).toBe(8);
    expect(lengthOf(many("word ".repeat(20_000)))).toBe(2);
  });

  it("counts lines of code and pictures as what they take", () => {
    expect(lengthOf(many("x\n".repeat(40)))).toBe(3);
    const picture = { type: "image", imageId: "i", name: "n", width: 1, height: 1, tokens: 1 } as const;
    expect(lengthOf(Array.from({ length: 60 }, () => message("Look.", [picture, picture])))).toBe(9);
  });

  it("is all of a short branch, and nothing of none", () => {
    expect(lengthOf([message("One."), message("Two.")])).toBe(2);
    expect(lengthOf([])).toBe(0);
  });
});
