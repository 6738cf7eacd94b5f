import { NextIntlClientProvider } from "next-intl";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it, test } from "vitest";
import { Markdown } from "@/components/message/markdown/markdown";
import markdown from "@/lib/i18n/messages/en/markdown.json";
import sharePage from "@/lib/i18n/messages/en/sharePage.json";
import type { Opened } from "@/lib/shares/viewing";
import { Drawn, prepareDrawn } from "./drawn";
import { withNamedRedactions } from "./redactions";

/** What a shared page makes of one answer. */
async function drawn(text: string): Promise<string> {
  const snapshot = {
    by: null,
    messages: [{ role: "assistant" as const, parts: [{ type: "text" as const, text }], at: null }],
  };
  const share = { title: "", snapshot, allowContinue: false, titleInPreview: false };
  const opened: Opened = { state: "open", share };
  const formulas = await prepareDrawn(opened);
  return renderToStaticMarkup(
    <NextIntlClientProvider locale="en" messages={{ markdown, sharePage }} timeZone="UTC">
      <Drawn formulas={formulas}>
        <Markdown text={text} />
      </Drawn>
    </NextIntlClientProvider>,
  );
}

describe("a shared page", () => {
  it("has code in colours, in lists too, and plain where the language is unknown", async () => {
    expect(await drawn("- ```ts\n  const a = 1;\n  ```")).toContain(
      '<span class="hljs-keyword">const</span>',
    );
    expect(await drawn("~~~python\nreturn 1\n~~~")).toContain("hljs-keyword");
    expect(await drawn("```brainfuck\n+++\n```")).toContain("<code>+++</code>");
  });

  it("has formulas set for eyes and ears", async () => {
    const html = await drawn("So $x_1$.");
    expect(html).toContain("<math");
    expect(html).toContain('class="katex-html" aria-hidden="true"');
    const all =
      "# $a$\n\n- [ ] $b$\n  1. $c$\n\n> **$d$**\n\n| $e$ |\n|---|\n| $f$ |\n\n$$\ng\n$$\n\n\\[h\\]";
    expect((await drawn(all)).match(/<math/g)?.length).toBe(8);
    expect(await drawn("So $\\undefined$.")).toContain("<code>$\\undefined$</code>");
  });

  it("colours and sets so much and no more, whatever is in it", async () => {
    const code = "const a = 1;\n".repeat(1_500);
    const many = await drawn(`\`\`\`ts\n${code}\`\`\`\n\n\`\`\`ts\n${code}\`\`\``);
    expect(many.match(/hljs-keyword/g)?.length).toBe(1_500);
    // Of 30,000 characters each of these takes 386 and 20 more.
    const each = Array.from({ length: 80 }, (_, index) => `$${"x+".repeat(190)}y_{${10 + index}}$\n\n`);
    const formulas = await drawn(each.join(""));
    expect(formulas.match(/<math/g)?.length).toBe(73);
    expect(formulas.match(/class="md-formula"/g)?.length).toBe(80);
  });

  it.each([
    "\\href{JaVaScRiPt:alert(1)}{x}",
    "\\htmlData{onclick=alert(1)}{x}",
    "\\htmlStyle{background:url(https://canary.example)}{x}",
    "\\includegraphics{https://canary.example/x.png}",
    "\\text{<img src=x onerror=alert(1)>}",
    "\\text{</annotation><script>alert(1)</script>}",
    "\\def\\a{\\a\\a}\\a",
    `\\newcommand{\\a}{${"x".repeat(60)}}${"\\a".repeat(480)}`,
  ])("threat 31: makes nothing of %j but what is to be read", async (tex) => {
    const frame = document.createElement("div");
    frame.innerHTML = await drawn(`$$${tex}$$`);
    expect(
      frame.querySelector("a, img, script, [onclick], [onerror], [data-onclick], [href], [src]"),
    ).toBeNull();
    expect(frame.querySelector('[style*="url"]')).toBeNull();
    expect(frame.querySelector(".md-formula")).not.toBeNull();
  });
});

describe("what is blacked out", () => {
  const named = '<span role="img" aria-labelledby="redacted">█████</span>';

  test("has a name wherever it is text, and is left alone in attributes", () => {
    expect(withNamedRedactions('<p title="█████">a █████, █████</p>')).toBe(
      `<p title="█████">a ${named}, ${named}</p>`,
    );
  });

  test("is not a longer row of blocks, which somebody drew", () => {
    const bar = "<p>██████████ 100 %</p><p>████</p>";
    expect(withNamedRedactions(bar)).toBe(bar);
  });

  test("is not looked for in a formula, which stays as it is written then", async () => {
    const html = await drawn("So $x = █████$.");
    expect(html).not.toContain("<math");
    expect(withNamedRedactions(html)).toContain(`<code>$x = ${named}$</code>`);
  });
});
