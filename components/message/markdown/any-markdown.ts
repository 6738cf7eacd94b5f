import fc from "fast-check";

// Markdown as a model may write it, for properties that hold of all.

const words = fc.constantFrom(
  "a",
  "wind",
  "sail and sea",
  "x_y",
  "1",
  "é",
  "😀",
  "\\*",
  "&amp;",
  "<br>",
  "5 * 3",
);
const inline = fc.oneof(
  words,
  fc
    .tuple(fc.constantFrom("*", "**", "_", "__", "~~", "`", "``", "***", "~"), words)
    .map(([mark, word]) => mark + word + mark),
  fc.constantFrom(
    "$x_1$",
    "\\(a*b\\)",
    "$$c$$",
    "$",
    "$$",
    "\\(",
    "\\)",
    "[a](https://a.example/b)",
    "[a]",
    "[a][b]",
    "![a](https://a.example/b.png)",
    "![a][b]",
    "<https://a.example>",
    "https://a.example/c_d",
    "[",
    "]",
    "(",
    "|",
    "*",
    "**",
    "`",
    "_",
    "<",
    ">",
    "&",
    "!",
    "\\",
    "~",
    "=",
    "-",
  ),
);
/** One line of inline Markdown, whole or broken. */
export const anyInline = fc.array(inline, { minLength: 1, maxLength: 5 }).map((parts) => parts.join(" "));
const start = fc.constantFrom(
  "",
  "",
  "# ",
  "#",
  "- ",
  "* ",
  "1. ",
  "2) ",
  "> ",
  ">",
  "> - ",
  "- - ",
  "  ",
  "    ",
  "\t",
  "   ",
  "| ",
  "[a]: ",
  "[a]: http://x.example ",
  "- [ ] ",
  "<div>",
  "<!-- ",
  "<x>",
);
const line = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(start, anyInline).map(([before, after]) => before + after) },
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      "",
      "",
      "",
      "   ",
      "---",
      "===",
      "***",
      "$$",
      "$$",
      "\\[",
      "\\]",
      "$$ x_1 $$",
      "```",
      "```ts",
      "~~~",
      "  ```",
      "|-|-|",
      "|---|",
      "| a | b |",
      "| 1 | 2 |",
      "-|-",
      "a | b",
      "-->",
      "</div>",
      '"title"',
      '[b]: <http://y.example> "t',
      "[c",
      "c]: http://z.example",
      "-",
      "1.",
      ">",
    ),
  },
);

/** Documents made of the pieces that Markdown's rules are about, in any order. */
export const anyMarkdown = fc.oneof(
  { weight: 4, arbitrary: fc.array(line, { maxLength: 14 }).map((lines) => lines.join("\n")) },
  { weight: 1, arbitrary: fc.string({ maxLength: 60 }) },
  {
    weight: 1,
    arbitrary: fc.string({ unit: fc.constantFrom(..."*_`~[]()!<>#-=|:&$\\ \n\ta1"), maxLength: 60 }),
  },
);

/** Places to cut a text at. */
export const anyCuts = fc.array(fc.nat(), { maxLength: 12 });

/** `text` as it grows: cut at `cuts`, each piece longer than the one before, the last whole. */
export function growth(whole: string, cuts: readonly number[]): string[] {
  const ends = cuts.map((cut) => cut % (whole.length + 1)).toSorted((a, b) => a - b);
  return [...ends, whole.length].map((end) => whole.slice(0, end));
}

const plainWords = fc
  .array(
    fc.constantFrom(
      "wind",
      "x_y",
      "Segel",
      "2",
      "(so)",
      "R&D",
      "5~10",
      "a < b",
      "no!",
      "café",
      "风",
      "3 * 4",
    ),
    {
      minLength: 1,
      maxLength: 4,
    },
  )
  .map((some) => some.join(" "));
const simple = fc.oneof(
  { weight: 3, arbitrary: plainWords },
  plainWords.map((inner) => `~~${inner}~~`),
  fc.constantFrom("ab", "**x**", "[y](z)", "# no", "<b>", "a_b_c").map((code) => `\`${code}\``),
  plainWords.map((inner) => `[${inner}](https://example.com/a_b?c=d&e=*f*)`),
  plainWords.map((inner) => `![${inner}](https://example.com/a.png "t")`),
  fc.constantFrom("<https://example.com/x>", "https://example.com/a_b", "&copy;", "\\*", "[1]", "\\`"),
);
const run = fc.array(simple, { minLength: 1, maxLength: 3 }).map((pieces) => pieces.join(" "));
const proper = fc
  .array(
    fc.oneof(
      run,
      run.map((inner) => `**${inner}**`),
      run.map((inner) => `*${inner}*`),
    ),
    {
      minLength: 1,
      maxLength: 3,
    },
  )
  .map((pieces) => pieces.join(" "));
const properBlock = fc.oneof(
  proper,
  fc.tuple(fc.integer({ min: 1, max: 4 }), proper).map(([depth, run]) => `${"#".repeat(depth)} ${run}`),
  fc.array(proper, { minLength: 1, maxLength: 3 }).map((runs) => runs.map((run) => `- ${run}`).join("\n")),
  fc
    .array(proper, { minLength: 1, maxLength: 3 })
    .map((runs) => runs.map((run) => `1. ${run}\n   - ${run}`).join("\n")),
  fc.array(proper, { minLength: 1, maxLength: 2 }).map((runs) => runs.map((run) => `> ${run}`).join("\n")),
  fc
    .array(proper, { minLength: 1, maxLength: 2 })
    .map((runs) => runs.map((run) => `- [x] ${run}`).join("\n")),
  fc.tuple(proper, proper).map(([a, b]) => `| ${a} | ${b} |\n|:---|---:|\n| ${b} | ${a} |`),
  fc.constantFrom("```ts\n# a **b** `c`\n| d |\n```", "~~~\n- a\n```\n~~~", "---", "***"),
);
/** Documents without mistakes, as models mostly write them. */
export const properMarkdown = fc
  .array(properBlock, { minLength: 1, maxLength: 4 })
  .map((blocks) => blocks.join("\n\n"));
