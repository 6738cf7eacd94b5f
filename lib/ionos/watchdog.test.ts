import { expect, it } from "vitest";
import { callLimits } from "./watchdog";

const NAMES = [
  "LEEWARD_FIRST_TOKEN_SECONDS",
  "LEEWARD_SILENCE_SECONDS",
  "LEEWARD_LONGEST_SECONDS",
  "LEEWARD_LARGEST_ANSWER_MB",
];
const all = (value: string) => callLimits(Object.fromEntries(NAMES.map((name) => [name, value])) as never);

it("each of the four limits is set by the environment", () => {
  expect(all("2.5")).toEqual({
    firstEventMs: 2_500,
    silenceMs: 2_500,
    totalMs: 2_500,
    totalBytes: 2.5 * 1024 * 1024,
  });
});

it.each(["", "0", "-1", "soon", "NaN"])("%j is as if unset", (value) => {
  expect(all(value)).toEqual(callLimits({} as never));
});

it("no limit is longer than a timer can be, which would go off at once", () => {
  const { firstEventMs, silenceMs, totalMs } = all("99999999999");
  for (const ms of [firstEventMs, silenceMs, totalMs]) expect(ms).toBeLessThan(2 ** 31);
});
