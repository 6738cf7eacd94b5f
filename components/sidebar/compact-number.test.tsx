import { expect, test } from "vitest";
import { compactNumber } from "./compact-number";

test.each([
  [0, "en", "0"],
  [999, "en", "999"],
  [12_381, "en", "12.4k"],
  [1_240_000, "en", "1.2M"],
  [999, "de", "999"],
  [12_381, "de", "12.381"],
  [1_240_000, "de", "1,2 Mio."],
])("%i in %s is %s", (value, locale, shown) => {
  expect(compactNumber(value, locale).replace(/\u00a0/g, " ")).toBe(shown);
});
