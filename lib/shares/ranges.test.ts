import { expect, test } from "vitest";
import { keyRangesOf, keysIn, numbersIn, rangesOf } from "./ranges";
import { choicesOfPreview, previewInput } from "./schema";

test("what is said in ranges is what was meant", () => {
  expect(rangesOf([9, 1, 2, 3, 5, 2])).toBe("1-3_5_9");
  expect(numbersIn("1-3_5_9", 100)).toEqual([1, 2, 3, 5, 9]);
  const keys = ["2.5", "1.0", "1.1", "1.2", "1.9", "10.7"];
  expect(keyRangesOf(keys)).toBe("2.5_1.0-2.9_10.7");
  expect(keysIn(keyRangesOf(keys), 100).sort()).toEqual([...keys].sort());
  expect([rangesOf([]), keyRangesOf([])]).toEqual(["", ""]);
  expect([numbersIn("", 100), keysIn("", 100)]).toEqual([[], []]);
});

const previewed = (more: object) =>
  choicesOfPreview(previewInput.parse({ title: "Depth", messages: "1-2", ...more }));

test("a preview can be asked for with very many things blacked out", () => {
  const keys = Array.from({ length: 6_000 }, (_, place) => `1.${place}`);
  expect(previewed({ redactions: keyRangesOf(keys) }).redactions).toEqual(keys);
});

test.each<[string, object]>([
  ["names no message", { messages: "0" }],
  ["is no number", { messages: "1-x" }],
  ["means more messages than there may be", { messages: "1-9999999" }],
  ["means more places than there may be", { redactions: "1.0-9999999_2.0-9999999" }],
  [
    "means very many in all",
    { redactions: Array.from({ length: 1_000 }, (_, index) => `${index}.0-99999`).join("_") },
  ],
  ["has no place", { redactions: "1" }],
  ["is one key and no range", { redactions: "1.1,1.2" }],
  ["names no ordinal", { redactions: "x.1" }],
  ["has an empty range", { pictures: "1.-" }],
])("68 an address that %s is refused", (_which, more) => {
  expect(() => previewed(more)).toThrow();
});
