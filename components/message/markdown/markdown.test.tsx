import fc from "fast-check";
import { hydrateRoot } from "react-dom/client";
import { renderToString } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { properMarkdown } from "./any-markdown";
import { Markdown } from "./markdown";
import { acting, htmlOf, mount, SAMPLE, textOf, withTexts } from "./testing";

function draw(text: string): HTMLElement {
  const frame = document.createElement("div");
  frame.innerHTML = htmlOf(text);
  return frame;
}

const texts = (frame: HTMLElement, selector: string) =>
  [...frame.querySelectorAll(selector)].map((element) => element.textContent);

/** The text that is seen, without code: what that holds is meant to look like syntax. */
const prose = (frame: HTMLElement) => texts(frame, ".md > :not(figure)").join("\n");

describe("Markdown while it streams", () => {
  it("never shows half-written syntax", async () => {
    const { frame, show } = mount();
    for (let end = 1; end <= SAMPLE.length; end++) {
      await show(SAMPLE.slice(0, end), true);
      expect(prose(frame)).not.toMatch(/\*\*|~~|```|\]\(|!\[|\| |&amp|:---|^#|\n#/);
      expect(frame.querySelectorAll("img")).toHaveLength(0);
    }
  });

  it("shows at each moment a beginning of what it will show", () => {
    const inked = (html: string) => textOf(html).replace(/\s+/g, "");
    fc.assert(
      fc.property(properMarkdown, (text) => {
        const whole = inked(htmlOf(text));
        for (let end = 1; end <= text.length; end++) {
          const shown = inked(htmlOf(text.slice(0, end), true));
          expect(whole.slice(0, shown.length)).toBe(shown);
        }
      }),
      { numRuns: 5 },
    );
  });

  it("ends as the same elements that a reload would draw", async () => {
    const { frame, show } = mount();
    for (let end = 0; end < SAMPLE.length; end += 7) await show(SAMPLE.slice(0, end), true);
    await show(SAMPLE, true);
    const former = [...frame.querySelectorAll(".md > *")];
    await show(SAMPLE, false);
    expect([...frame.querySelectorAll(".md > *")]).toEqual(former);
    const fresh = mount();
    await fresh.show(SAMPLE);
    expect(frame.innerHTML).toBe(fresh.frame.innerHTML);
  });

  it("takes over what the server drew without drawing it again", async () => {
    const frame = document.createElement("div");
    const page = withTexts(<Markdown text={SAMPLE} />);
    frame.innerHTML = renderToString(page);
    const former = [...frame.querySelectorAll("*")];
    const errors: unknown[] = [];
    await acting(() => void hydrateRoot(frame, page, { onRecoverableError: (error) => errors.push(error) }));
    expect(errors).toEqual([]);
    expect([...frame.querySelectorAll("*")]).toEqual(former);
  });

  it("leaves the elements of earlier blocks alone", async () => {
    const { frame, show } = mount();
    await show("# One\n\nTwo **bold**\n\nThree", true);
    const [heading, paragraph] = frame.querySelectorAll(".md > *");
    const observer = new MutationObserver(() => {});
    if (heading && paragraph) {
      observer.observe(heading, { subtree: true, childList: true, characterData: true, attributes: true });
      observer.observe(paragraph, { subtree: true, childList: true, characterData: true, attributes: true });
    }
    await show("# One\n\nTwo **bold**\n\nThree goes on\n\n- and a list", true);
    expect(observer.takeRecords()).toHaveLength(0);
    expect(frame.querySelector("h3")).toBe(heading);
  });
});

describe("Markdown elements", () => {
  it("puts headings below the heading of the turn", () => {
    const frame = draw("# A\n## B\n### C\n#### D\n##### E\n###### F\n\nG\n===");
    const names = [...frame.querySelectorAll(".md > *")].map((element) => element.localName);
    expect(names).toEqual(["h3", "h4", "h5", "h6", "h6", "h6", "h3"]);
  });

  it("draws marks in text", () => {
    const frame = draw("**a** *b* ***c*** `d **e**` ~~f~~ \\*g\\* 5~10~20 &copy;\nh<br>i");
    expect(texts(frame, "strong")).toEqual(["a", "c"]);
    expect(texts(frame, "em")).toEqual(["b", "c"]);
    expect(texts(frame, "code")).toEqual(["d **e**"]);
    expect(texts(frame, "del")).toEqual(["f"]);
    expect(frame.textContent).toContain("*g* 5~10~20 ©");
    expect(frame.querySelectorAll("br")).toHaveLength(2);
  });

  it("draws lists, nested, numbered from anywhere", () => {
    const frame = draw("3. three\n4. four\n   - inner\n   - other\n\nText\n\n1. one");
    expect(frame.querySelector("ol")?.getAttribute("start")).toBe("3");
    expect(texts(frame, "ol li li")).toEqual(["inner", "other"]);
    expect(frame.querySelectorAll("ol")[1]?.hasAttribute("start")).toBe(false);
  });

  it("draws tasks as boxes that have a name and cannot be changed", () => {
    for (const between of ["\n", "\n\n"]) {
      const frame = draw(`- [x] Buy **bread**${between}- [ ] See [docs](https://example.com)`);
      const boxes = [...frame.querySelectorAll("input")];
      expect(
        boxes.map((box) => [box.type, box.disabled, box.checked, box.getAttribute("aria-label")]),
      ).toEqual([
        ["checkbox", true, true, "Buy bread"],
        ["checkbox", true, false, "See docs"],
      ]);
      expect(texts(frame, "li")).toEqual(["Buy bread", "See docs"]);
    }
  });

  it("draws a table in a region that the keyboard can scroll", () => {
    const frame = draw("| a | b | c |\n|:--|--:|:-:|\n| 1 | **2** | x \\| y |\n| only |");
    const region = frame.querySelector("section");
    expect(region?.tabIndex).toBe(0);
    expect(region?.getAttribute("aria-label")).toBe("Table");
    expect(texts(frame, "th[scope=col]")).toEqual(["a", "b", "c"]);
    expect(texts(frame, "td")).toEqual(["1", "2", "x | y", "only", "", ""]);
    const classes = [...frame.querySelectorAll("th")].map((cell) => cell.className);
    expect(classes).toEqual(["md-left", "md-right", "md-center"]);
  });

  it("gives room to a cell with much text", () => {
    const frame = draw(`| a |\n|--:|\n| ${"word ".repeat(20)} |\n| b |`);
    expect([...frame.querySelectorAll("td")].map((cell) => cell.className)).toEqual([
      "md-right md-long",
      "md-right",
    ]);
  });

  it("draws quotes and rules", () => {
    const frame = draw("> a **b**\n>\n> - c\n\n---\n\nd");
    expect(texts(frame, "blockquote > p")).toEqual(["a b"]);
    expect(texts(frame, "blockquote li")).toEqual(["c"]);
    expect(frame.querySelectorAll("hr")).toHaveLength(1);
  });

  it("lets each outermost block find its direction", () => {
    const frame = draw("مرحبا\n\n- سلام\n\n> اقتباس\n\n| ا |\n|---|\n| ب |\n\n# عنوان");
    const asking = [...frame.querySelectorAll("[dir=auto]")].map((element) => element.localName);
    expect(asking).toEqual(["p", "ul", "blockquote", "table", "h3"]);
  });

  it("opens links beside the conversation, telling where they lead", () => {
    const frame = draw(
      '[a **b**](https://example.com/x "title") https://example.org <c@example.com> [d][e]\n\n[e]: http://e.example',
    );
    const links = [...frame.querySelectorAll("a")];
    expect(links.map(({ href, title, textContent }) => [href, title, textContent])).toEqual([
      ["https://example.com/x", "https://example.com/x", "a b"],
      ["https://example.org/", "https://example.org/", "https://example.org"],
      ["mailto:c@example.com", "mailto:c@example.com", "c@example.com"],
      ["http://e.example/", "http://e.example/", "d"],
    ]);
    for (const link of links) {
      expect(link.target).toBe("_blank");
      expect(link.rel).toBe("noopener noreferrer nofollow ugc");
    }
  });

  it("shows the text of a link that leads nowhere safe", () => {
    const frame = draw("[a](javascript:alert(1)) [b](/settings) [c](data:text/html,x)");
    expect(frame.querySelectorAll("a")).toHaveLength(0);
    expect(frame.textContent).toBe("a b c");
  });

  it("shows a picture as a note with its host", () => {
    const frame = draw("![A *boat* &amp; sail](https://images.example/b.png)");
    expect(frame.querySelector("img")).toBeNull();
    expect(frame.textContent).toContain("Picture not loadedA *boat* & sailimages.example");
    expect(frame.querySelector("a")?.href).toBe("https://images.example/b.png");
    expect(draw("![a](x.png)").querySelector("a")).toBeNull();
    expect(draw("[![a](https://a.example/a.png)](https://b.example)").querySelectorAll("a")).toHaveLength(1);
  });

  it("shows HTML as it is written", () => {
    const frame = draw("<div onclick=x>\n<b>a</b>\n</div>\n\nb <i>c</i> <!-- d -->");
    expect(frame.querySelectorAll("i, b, .md div")).toHaveLength(0);
    expect(frame.textContent).toBe("<div onclick=x><b>a</b></div>b <i>c</i> <!-- d -->");
  });

  it("shows as written what is nested beyond reason", () => {
    const deep = draw(`${"> ".repeat(60)}a ${"*a **b ".repeat(60)}${"** c*".repeat(60)}`);
    expect(deep.textContent).toContain("a");
    expect(deep.querySelectorAll("blockquote").length).toBeLessThan(20);
  });
});
