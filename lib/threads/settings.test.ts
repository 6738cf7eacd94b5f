import { expect, test } from "vitest";
import { threadSettings, threadSettingsOf } from "./settings";

test("a column that was never written has no settings", () => {
  expect(threadSettingsOf(null)).toEqual({});
});

test("what is no longer legal is left out, the rest stays", () => {
  const column = { temperature: 9, topP: 0.5, instructions: "Be brief.", colour: "red" };
  expect(threadSettingsOf(column)).toEqual({ topP: 0.5, instructions: "Be brief." });
});

test("a column that is no object has no settings", () => {
  expect(threadSettingsOf("loud")).toEqual({});
});

test.each([
  { temperature: 2.1 },
  { temperature: Number.NaN },
  { topP: 0 },
  { longestAnswer: 0 },
  { longestAnswer: 8_001 },
  { longestAnswer: 1.5 },
  { model: "" },
  { n: 128 },
])("%o is refused (threat 45)", (settings) => {
  expect(threadSettings.safeParse(settings).success).toBe(false);
});
