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
