import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { anyInline } from "./any-markdown";
import { BOUNDS } from "./formula-bounds";
import { typeset } from "./katex";
import { halfFormula, mask, mathBlock, nextMathBlock, split, unmask } from "./math";
import { htmlOf, textOf } from "./testing";

// KaTeX looks once, when it is loaded, whether the page has a doctype.
vi.hoisted(() => Object.defineProperty(document, "compatMode", { value: "CSS1Compat" }));

/** What is drawn; the source stands beside it, as text. */
function drawn(tex: string): HTMLElement | null {
  const node = typeset(tex, false);
  node?.querySelector("annotation")?.remove();
  return node;
}

const formulasIn = (text: string) => mask(text).formulas.map(({ tex }) => tex);

describe("formulas in a line", () => {
  it.each([
    ["so $x$ is", ["x"]],
    ["$a_1 + b_2 = c$, $d$.", ["a_1 + b_2 = c", "d"]],
    ["in \\(a * b * c\\) and \\[d\\]", ["a * b * c", "d"]],
    ["is $$E = mc^2$$ here", ["E = mc^2"]],
    ["two $2x$ and $3$", ["2x", "3"]],
    ["with \\$ inside: $5\\$ + x$", ["5\\$ + x"]],
  ])("are found in %j", (text, expected) => expect(formulasIn(text)).toEqual(expected));

  it.each([
    "It costs $5 and then $10.",
    "From US$5 to US$7, or $5-$10.",
    "($5), ($6)",
    "$5, or 7$ in coins",
    "$20,000 to $30,000 a year, 50% of $100",
    "set $HOME and $PATH, or $HOME/$USER",
    "$HOME$ and `$x$` and ``a ` $y$``",
    "\\$x\\$ is escaped",
    "$ x $ is spaced",
    "open \\( and never closed, $$ too",
  ])("are not seen in %j", (text) => expect(formulasIn(text)).toEqual([]));

  it("loses nothing", () => {
    fc.assert(
      fc.property(anyInline, (text) => {
        const { text: masked, formulas } = mask(text);
        expect(unmask(masked, formulas)).toBe(text);
        const pieces = split(masked, formulas).map((piece) =>
          typeof piece === "string" ? piece : piece.raw,
        );
        expect(pieces.join("")).toBe(text);
      }),
    );
  });

  it("waits for the end of one that has begun, not for money", () => {
    expect(halfFormula("so \\(a_1 +")).toBe(3);
    expect(halfFormula("so $$a_1 +")).toBe(3);
    expect(halfFormula("in `code \\(")).toBe(-1);
    expect(halfFormula("for $5 and")).toBe(-1);
    expect(halfFormula(`so \\(${"x".repeat(1000)}`)).toBe(-1);
  });
});

describe("blocks of math", () => {
  it("stand between $$ or \\[ \\] on lines of their own", () => {
    expect(mathBlock("$$\nx^2\n$$\nand", false)).toMatchObject({
      tex: "x^2",
      closed: true,
      raw: "$$\nx^2\n$$",
    });
    expect(mathBlock("\\[ x \\]", false)).toMatchObject({ tex: "x", closed: true });
    expect(mathBlock("$$x$$ is in a line", false)).toBeUndefined();
    expect(mathBlock("$$\nx\n\ny\n$$", true)).toBeUndefined();
    expect(nextMathBlock("text\n$$\nx\n$$")).toBe(5);
    expect(nextMathBlock("text\n$$ x")).toBeUndefined();
  });

  it("that are not closed are open only where more will come", () => {
    expect(mathBlock("$$\nx_1", true)).toMatchObject({ closed: false, raw: "$$\nx_1" });
    expect(mathBlock("$$\nx_1", false)).toBeUndefined();
    expect(mathBlock("$$$", true)).toBeUndefined();
  });

  it("are shown as they are written until they close, and nothing in them is read as Markdown", () => {
    const open = htmlOf("So:\n\n$$\na_1 * b * c_2 [x](y)\n", true);
    expect(textOf(open)).toContain("$$\na_1 * b * c_2 [x](y)");
    expect(open).not.toContain("<em>");
    const closed = htmlOf("So:\n\\[\na * b * c\n\\]\nand $x_1$ in **$y$**", false);
    expect(closed.match(/md-formula/g)).toHaveLength(3);
    expect(closed).not.toContain("<em>");
    expect(textOf(closed)).toContain("$y$");
  });
});

describe("threat 31: KaTeX", () => {
  it("sets what models write, with MathML beside it", () => {
    const node = typeset("\\frac{a_1}{\\sqrt{b}} = \\begin{pmatrix} 1 & 2 \\end{pmatrix}", true);
    expect(node?.querySelector("math")).not.toBeNull();
    expect(node?.querySelector(".katex-html")?.getAttribute("aria-hidden")).toBe("true");
  });

  it.each([
    "\\href{JaVaScRiPt:alert(1)}{x}",
    "\\url{javascript:alert(1)}",
    "\\htmlData{onclick=alert(1)}{x}",
    "\\htmlStyle{background:url(https://canary.example)}{x}",
    "\\htmlClass{fixed inset-0}{x}",
    "\\htmlId{conversation}{x}",
    "\\includegraphics{https://canary.example/x.png}",
    "\\text{<img src=x onerror=alert(1)>}",
  ])("makes nothing of %j but what is to be read", (tex) => {
    const node = drawn(tex);
    expect(
      node?.querySelector("a, img, script, [onclick], [onerror], [id], [data-onclick]") ?? null,
    ).toBeNull();
    expect(node?.querySelector(".fixed") ?? null).toBeNull();
    expect(node?.innerHTML ?? "").not.toMatch(/href=|url\(/i);
  });

  it("ends what doubles and doubles, and draws no rule larger than a line or two", () => {
    const names = [..."abcdefghijklmnopqrstuvwxyzABCD"];
    const doubling = names.map((name, i) => `\\edef\\m${name}{${i ? `\\m${names[i - 1]}`.repeat(2) : "xx"}}`);
    expect(typeset(`${doubling.join("")}\\mD`, false)).toBeNull();
    expect(typeset("\\def\\a{\\a\\a}\\a", false)).toBeNull();
    expect(typeset("x", false)).not.toBeNull();
    const rule = drawn("\\rule{9999em}{9999em}")?.innerHTML ?? "";
    expect(rule).not.toMatch(/\d{3,}em/);
    expect(BOUNDS.trust).toBe(false);
  });
});
