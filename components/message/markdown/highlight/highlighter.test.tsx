import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { type Colouring, colourNext, UNCOLOURED } from "./colouring";
import { highlight, loadGrammar } from "./highlighter";
import { type Grammar, languageOf } from "./languages";
import type { Line } from "./lines";

const NAMES =
  "bash c cpp csharp css diff dockerfile go graphql html ini java js json kotlin latex lua makefile md nginx perl php powershell py r rb rs scss sql swift toml ts tsx xml yaml".split(
    " ",
  );

const textOf = (lines: readonly Line[]) => lines.flatMap((line) => line.map(({ text }) => text)).join("");

/** Colours all of `code`, step by step, from `former` on. */
function colourAll(code: string, grammar: Grammar, former: Colouring = UNCOLOURED): Colouring {
  let done = former;
  do {
    done = colourNext(done, code, (stretch) => highlight(stretch, grammar));
    expect(textOf(done.lines)).toBe(done.code);
  } while (done.code !== code);
  return done;
}

const classesOf = (lines: readonly Line[]) => lines.flat().filter(({ className }) => className);

beforeAll(async () => {
  await loadGrammar("typescript");
});

describe("highlight", () => {
  it.each(NAMES)("brings a grammar for %s", async (name) => {
    const grammar = languageOf(name)?.grammar;
    expect(grammar).toBeDefined();
    if (!grammar) return;
    await loadGrammar(grammar);
    const code = 'if (a == "b") { return 1 } # note\n<a href="x">é</a>\n';
    expect(textOf(highlight(code, grammar))).toBe(code);
  });

  it("colours scripts in a page", async () => {
    await loadGrammar("xml");
    const pieces = highlight("<script>const a = 1;</script>", "xml").flat();
    expect(pieces).toContainEqual({ text: "const", className: "hljs-keyword" });
  });

  it("gives each line its own end, also inside a comment", () => {
    const lines = highlight("/* a\n b */\nlet c;\n", "typescript");
    expect(lines.map((line) => line.map(({ text }) => text).join(""))).toEqual([
      "/* a\n",
      " b */\n",
      "let c;\n",
    ]);
    expect(lines[1]?.[0]).toEqual({ text: " b */", className: "hljs-comment" });
  });

  it("never loses a character of any text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (code) => {
        expect(textOf(highlight(code, "typescript"))).toBe(code);
      }),
      { numRuns: 50 },
    );
  });
});

describe("colourNext", () => {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a program in a string
  const unit = "function sail(wind: number) {\n  /* a\n\n b */\n  return `x\n${wind}\n`;\n}\n\n";
  const long = unit.repeat(400);

  it("colours a long block in steps as it would in one", () => {
    const whole = highlight(long, "typescript");
    expect(colourAll(long, "typescript").lines).toEqual(whole);
  });

  it("takes no step longer than a task may be", () => {
    const stretches: number[] = [];
    let done = UNCOLOURED;
    while (done.code !== long) {
      done = colourNext(done, long, (code) => {
        stretches.push(code.length);
        return highlight(code, "typescript");
      });
    }
    expect(Math.max(...stretches)).toBeLessThanOrEqual(8_000);
    expect(stretches.length).toBeLessThan(12);
  });

  it("goes on from what it has when the block grows", () => {
    const grown = colourAll(long, "typescript", colourAll(long.slice(0, 9_000), "typescript"));
    expect(grown.lines).toEqual(highlight(long, "typescript"));
  });

  it("goes on without the colour of a comment that is longer than a step", () => {
    const comment = `/*${"\nnote".repeat(4_000)}`;
    const coloured = classesOf(colourAll(comment, "typescript").lines);
    expect(coloured.length).toBeGreaterThan(1_000);
    expect(coloured.length).toBeLessThan(4_001);
  });

  it("leaves very long lines plain", () => {
    const code = `let a;\n${"const b = 1;".repeat(2_000)}\nlet c;`;
    const { lines } = colourAll(code, "typescript");
    expect(classesOf(lines)).not.toContainEqual({ text: "const", className: "hljs-keyword" });
    expect(classesOf(lines).at(-1)).toEqual({ text: "let", className: "hljs-keyword" });
  });
});

describe("languageOf", () => {
  it.each([
    ["ts", "TypeScript", "typescript"],
    ["TSX {1,3}", "TypeScript", "typescript"],
    ["js:app.js", "JavaScript", "javascript"],
    ["c++", "C++", "cpp"],
    ["html", "HTML", "xml"],
    ["toml", "TOML", "ini"],
    ["brainfuck", "brainfuck", undefined],
    ["constructor", "constructor", undefined],
  ])("%s is %s", (info, name, grammar) => {
    expect(languageOf(info)).toEqual(grammar ? { name, grammar } : { name });
  });

  it.each(["", "  ", "text", "plaintext"])("'%s' has no name", (info) => {
    expect(languageOf(info)).toBeUndefined();
  });
});
