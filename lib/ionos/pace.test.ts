import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Pace } from "./pace";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("the first text goes at once, what follows closely together, and all of it before the end", () => {
  const pieces: string[] = [];
  const pace = new Pace((text) => pieces.push(text));
  for (const word of ["One ", "two ", "three "]) pace.push(word);
  expect(pieces).toEqual(["One "]);
  vi.advanceTimersByTime(50);
  expect(pieces).toEqual(["One ", "two three "]);
  pace.push("four");
  pace.close();
  expect(pieces).toEqual(["One ", "two three ", "four"]);
  vi.advanceTimersByTime(500);
  expect(pieces).toHaveLength(3);
});

test("text that comes slowly is not held back", () => {
  const pieces: string[] = [];
  const pace = new Pace((text) => pieces.push(text));
  for (const word of ["One ", "two"]) {
    pace.push(word);
    expect(pieces.at(-1)).toBe(word);
    vi.advanceTimersByTime(100);
  }
  pace.close();
});
