import fc from "fast-check";
import { NextIntlClientProvider } from "next-intl";
import { act, type ReactElement } from "react";
import { createRoot } from "react-dom/client";
import { renderToStaticMarkup } from "react-dom/server";
import { Markdown } from "./markdown";

/** Texts for tests; the real ones are in lib/i18n/messages. */
const MESSAGES = {
  markdown: {
    code: "Code",
    codeLabel: "Code, {language}",
    copy: "Copy",
    copied: "Copied",
    copyFailed: "Could not copy",
    tableLabel: "Table",
    formula: "Formula",
    wrap: "Wrap long lines",
    download: "Download",
    diagram: "Diagram",
    showSource: "Show the source",
    showDiagram: "Show the diagram",
    diagramFailed: "This diagram could not be drawn.",
    diagramAlt: "Diagram, see its source",
    imageNotLoaded: "Picture not loaded",
  },
};

export const withTexts = (element: ReactElement) => (
  <NextIntlClientProvider locale="en" messages={MESSAGES} timeZone="UTC">
    {element}
  </NextIntlClientProvider>
);

/** What the server renders for `text`. */
export const htmlOf = (text: string, streaming = false): string =>
  renderToStaticMarkup(withTexts(<Markdown text={text} streaming={streaming} />));

/** What a person would read of `html`. */
export function textOf(html: string): string {
  const frame = document.createElement("div");
  frame.innerHTML = html;
  return frame.textContent ?? "";
}

/** A place in the page to draw in as the browser does. */
export function mount(): { frame: HTMLElement; show(text: string, streaming?: boolean): Promise<void> } {
  const frame = document.createElement("div");
  document.body.replaceChildren(frame);
  const root = createRoot(frame);
  return {
    frame,
    show: (text, streaming = false) =>
      acting(() => root.render(withTexts(<Markdown text={text} streaming={streaming} />))),
  };
}

/** Does `work` and all drawing that follows from it. What idle moments bring later is waited for by what it shows. */
export async function acting(work: () => void): Promise<void> {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
  await act(async () => work());
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: false });
}

/** An answer with everything that models write. */
export const SAMPLE = `Here is **what I found** about *sailing* in \`__init__.py\`.

## Getting *started* with \`npm\`

A paragraph with a [link to the **docs**](https://example.com/a_(b)/index.html "The docs"), an address
https://example.com/some_path_here?a=1&b=2, ***both at once***, __also bold__, ~~gone~~ and AT&amp;T &copy; 2026.
Escaped \\*stars\\* and 2 * 3 * 4, snake_case_name, 5~10 and 20~30.

- First point with **bold** text
- Second point with a [link](https://example.com/)
  - Nested *point* with \`code\`
  - Another
- [x] Done
- [ ] To do, see <https://example.org/path>

1. One
2. Two

   A second paragraph of two.
3. Three

\`\`\`ts
export function add(a: number, b: number): number {
  // **not bold** and [not](a link)
  return a + b;
}
\`\`\`

| Name | Value | **Unit** |
| :--- | ---: | :---: |
| alpha | 1 | ms |
| \`beta\` | **2** | [KB](https://example.com) |

> A quote with **bold** and
> a second line.
>
> - and a list

### Result

Setext heading
---

![A chart of the wind](https://example.com/wind.png "Wind")

---

~~~
plain
~~~

Last words, with a [reference][docs] and \`code\` at the *end*.

[docs]: https://example.com/docs "Docs"
`;

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
