import fc from "fast-check";
import { expect, test } from "vitest";
import { begunOf, Seam } from "./continuing";

const parts = (text: string) => [{ type: "text" as const, text }];

/** The whole text when the model goes on with these pieces. */
function joined(text: string, ...pieces: string[]): string {
  const kept = begunOf(parts(text)).kept;
  const seam = new Seam(kept);
  return kept + pieces.map((piece) => seam.push(piece)).join("") + seam.end();
}

test.each([
  ["It is interes", "It is "],
  ["It is done.\n\n", "It is done.\n\n"],
  ["  return foo(ba", "  return "],
  ["Word", "Word"],
  [`See https://example.org/${"x".repeat(40)}`, `See https://example.org/${"x".repeat(40)}`],
])("of %j is kept %j", (text, kept) => {
  expect(begunOf(parts(text)).kept).toBe(kept);
});

test("the model writes the broken word anew", () => {
  expect(joined("It is interes", "interesting", " to see.")).toBe("It is interesting to see.");
  expect(joined("It is interes", " interesting")).toBe("It is interesting");
});

test("a new paragraph at the seam stays one", () => {
  expect(joined("First.\n\n", "Second.")).toBe("First.\n\nSecond.");
  expect(joined("one two.", "two.\n\nThree")).toBe("one two.\n\nThree");
});

test("what the model repeats of the end is dropped, however it is cut", () => {
  const text = "The quick brown fox jumps over the lazy d";
  const again = "fox jumps over the lazy dog, and on.";
  const whole = "The quick brown fox jumps over the lazy dog, and on.";
  fc.assert(
    fc.property(fc.array(fc.nat(again.length)), (cuts) => {
      const at = [0, ...cuts.sort((a, b) => a - b), again.length];
      expect(joined(text, ...at.slice(1).map((end, i) => again.slice(at[i], end)))).toBe(whole);
    }),
  );
});

test("a short likeness is no repetition", () => {
  expect(joined("It is very ", "very good.")).toBe("It is very very good.");
});

test("nothing is lost when the model only repeats, or says nothing", () => {
  expect(joined("The quick brown fox jumps ", "brown fox jumps")).toBe("The quick brown fox jumps ");
  expect(joined("The end ", "")).toBe("The end ");
});

test("whatever the model says beyond a repetition is there, whole", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: "grapheme" }),
      fc.array(fc.string({ unit: "grapheme" })),
      (text, pieces) => {
        const kept = begunOf(parts(text)).kept;
        const result = joined(text, ...pieces);
        expect(result.startsWith(kept)).toBe(true);
        const said = pieces.join("");
        if (!kept.trimEnd().includes(said.trim().slice(0, 12)))
          expect(result.endsWith(said.trimStart())).toBe(true);
      },
    ),
  );
});
