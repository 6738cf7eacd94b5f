import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anyCuts, anyMarkdown, growth } from "./any-markdown";
import { NOTHING_READ, type Reading, read } from "./blocks";
import { SAMPLE } from "./testing";

const shapeOf = ({ blocks, links }: Reading) => ({
  blocks: blocks.map(({ key, token }) => ({ key, type: token.type, raw: token.raw })),
  links: { ...links },
});

const readWhole = (text: string) => read(NOTHING_READ, text, false);

/** Reads each stage going on from the one before, as the component does. */
function readGrowing(stages: string[]): Reading[] {
  const readings = [NOTHING_READ];
  for (const stage of stages) readings.push(read(readings.at(-1) ?? NOTHING_READ, stage, true));
  return readings;
}

describe("read", () => {
  it("ends with the same blocks however the text was cut", () => {
    fc.assert(
      fc.property(anyMarkdown, anyCuts, (text, cuts) => {
        const former = readGrowing(growth(text, cuts)).at(-1) ?? NOTHING_READ;
        expect(shapeOf(read(former, text, false))).toEqual(shapeOf(readWhole(text)));
      }),
      { numRuns: 3_000 },
    );
  });

  it("ends with the same blocks when each character comes alone", () => {
    fc.assert(
      fc.property(anyMarkdown, (text) => {
        const former =
          readGrowing(
            growth(
              text,
              [...text].map((_, index) => index),
            ),
          ).at(-1) ?? NOTHING_READ;
        expect(shapeOf(read(former, text, false))).toEqual(shapeOf(readWhole(text)));
      }),
      { numRuns: 500 },
    );
  });

  it("never changes a settled block", () => {
    fc.assert(
      fc.property(anyMarkdown, anyCuts, (text, cuts) => {
        const readings = readGrowing(growth(text, cuts));
        readings.forEach((reading, index) => {
          const next = readings[index + 1];
          reading.settled.forEach((block, place) => {
            if (next) expect(next.settled[place]).toBe(block);
          });
        });
      }),
    );
  });

  it("settles all but the last block of an ordinary answer", () => {
    const reading = readGrowing(
      growth(
        SAMPLE,
        [...SAMPLE].map((_, index) => index),
      ),
    ).at(-1);
    expect(reading?.settled.length).toBeGreaterThanOrEqual((reading?.blocks.length ?? 0) - 1);
  });

  it("starts again when the text is another", () => {
    const former = read(NOTHING_READ, "# One\n\nTwo\n\nThree", true);
    expect(shapeOf(read(former, "Other", false))).toEqual(shapeOf(readWhole("Other")));
  });

  it("keeps the links object while no definition comes", () => {
    const first = read(NOTHING_READ, "[a]: https://a.example\n\nText", true);
    const second = read(first, `${first.source} goes on\n\nand on`, true);
    expect(Object.keys(first.links)).toEqual(["a"]);
    expect(second.links).toBe(first.links);
  });

  it("takes any line end, also when it is cut in two", () => {
    const stages = ["# A\r", "# A\r\n\r", "# A\r\n\r\nB\rC"];
    const former = readGrowing(stages).at(-1) ?? NOTHING_READ;
    expect(shapeOf(read(former, "# A\r\n\r\nB\rC", false))).toEqual(shapeOf(readWhole("# A\n\nB\nC")));
  });

  it("survives nesting deeper than the stack", () => {
    expect(() => readWhole(`${">".repeat(20_000)} deep`)).not.toThrow();
    expect(() => readWhole("- ".repeat(3_000))).not.toThrow();
  });
});
