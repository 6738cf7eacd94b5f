import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anyInline } from "./any-markdown";
import { lexInline } from "./lexer";
import { mend } from "./mend";
import { piecesOf } from "./scan";

const kindsIn = (text: string) =>
  lexInline(text, {})
    .filter(({ type }) => type !== "text")
    .map(({ type, raw }) => `${type} ${raw}`);

describe("mend", () => {
  it.each([
    ["**bol", "**bol**"],
    ["**bold*", "**bold**"],
    ["**bold ", "**bold**"],
    ["a *b **c", "a *b **c***"],
    ["***both", "***both***"],
    ["__bo", "__bo__"],
    ["_it", "_it_"],
    ["~~go", "~~go~~"],
    ["`co", "`co`"],
    ["``a ` b", "``a ` b``"],
    ["**a `b", "**a `b`**"],
    ["a **", "a "],
    ["a `", "a "],
    ["2 * 3", "2 * 3"],
    ["5*3 is", "5*3 is"],
    ["snake_case_na", "snake_case_na"],
    ["\\*not", "\\*not"],
    ["done **bold** and", "done **bold** and"],
  ])("closes what is open: %s", (text, mended) => {
    expect(mend(text)).toBe(mended);
  });

  it.each([
    ["see [te", "see "],
    ["see [text]", "see "],
    ["see [text](", "see text"],
    ["see [text](https://exa", "see text"],
    ['see [text](https://example.com "Ti', "see text"],
    ["see [text](https://example.com)", "see [text](https://example.com)"],
    ["see [text](https://example.com/a_(b)", "see text"],
    ["see **[te", "see "],
    ["see [`co", "see "],
    ["see [text][re", "see "],
    ["![al", ""],
    ["![alt](https://exa", ""],
    ["a [x] b", "a [x] b"],
    ["[![alt](https://e.com/a.png)](https://e.c", ""],
    [`[${"long ".repeat(20)}`, `[${"long ".repeat(20)}`],
  ])("waits for links and pictures: %s", (text, mended) => {
    expect(mend(text)).toBe(mended);
  });

  it.each([
    ["R&D and &am", "R&D and "],
    ["a <b", "a "],
    ["a <https://exa", "a "],
    ["line<br /", "line"],
    ["ends with \\", "ends with "],
    ["Hello!", "Hello"],
    ["a < b", "a < b"],
  ])("waits for the other half: %s", (text, mended) => {
    expect(mend(text)).toBe(mended);
  });

  // What takes the square of the length takes minutes for these: past any test's time.
  it("is quick on hostile text", () => {
    for (const piece of [
      "[",
      "![",
      "*",
      "**a ",
      "`",
      "`` ` ",
      "[a](",
      "<a ",
      "&",
      "_a",
      "\\",
      "[a][",
      "~~a ",
    ]) {
      const text = piece.repeat(100_000 / piece.length);
      expect(mend(text).length).toBeLessThanOrEqual(2 * text.length);
    }
  });
});

describe("piecesOf", () => {
  it("loses nothing", () => {
    fc.assert(
      fc.property(anyInline, fc.integer({ min: 1, max: 20 }), (text, length) => {
        expect(piecesOf(text, length).join("")).toBe(text);
      }),
    );
  });

  it("cuts where the pieces mean what the whole means", () => {
    const link = "[a link](https://a.example/b)";
    const text = `Some *words with a* mark, ${link} and \`code **x** y\` in **a row of** words `;
    const whole = text.repeat(3).trimEnd();
    const pieces = piecesOf(whole, 10);
    expect(pieces.length).toBeGreaterThan(5);
    expect(pieces.flatMap(kindsIn)).toEqual(kindsIn(whole));
  });

  it("keeps all pieces but the last when the text goes on", () => {
    fc.assert(
      fc.property(anyInline, anyInline, (text, more) => {
        const before = piecesOf(text, 8).slice(0, -1);
        expect(piecesOf(`${text} ${more}`, 8).slice(0, before.length)).toEqual(before);
      }),
    );
  });
});
