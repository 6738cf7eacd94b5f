import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { tokenCounter } from "./tekken.ts";

describe.each(["tekken", "fast"] as const)("%s", (kind) => {
  const counter = tokenCounter(kind);

  test("splits any text into pieces that make it whole again", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 200 }), (text) => {
        const { texts, weights } = counter.split(text);
        expect(texts.join("")).toBe(text);
        expect(weights?.length ?? texts.length).toBe(texts.length);
      }),
    );
  });

  test("counts nothing in nothing", () => {
    expect(counter.count("")).toBe(0);
    expect(counter.split("")).toMatchObject({ texts: [] });
  });
});

describe("tekken", () => {
  const counter = tokenCounter("tekken");

  test("counts as the model does", () => {
    expect(counter.count("Hello")).toBe(1);
    expect(counter.count("Hello Wörld! Dies ist ein Test.")).toBe(9);
  });

  test("keeps a character of several tokens in one piece and counts them all", () => {
    const { texts, weights } = counter.split("🙂ü€");
    expect(texts).toEqual(["🙂", "ü", "€"]);
    expect(weights).toEqual([4, 1, 1]);
    expect(counter.count("🙂ü€")).toBe(6);
  });

  test("takes the model's control tokens for plain text", () => {
    expect(counter.split("</s>[INST]").texts.join("")).toBe("</s>[INST]");
    expect(counter.count("</s>")).toBe(3);
  });

  // Merged as one run, the square of its length would take each of these minutes: past any test's time.
  test.each([["a".repeat(100_000)], [" ".repeat(100_000)], ["漢字".repeat(20_000)], ["🙂".repeat(20_000)]])(
    "does not choke on a run without a break (case %#)",
    (text) => {
      expect(counter.count(text)).toBeGreaterThan(text.length / 100);
    },
  );
});
