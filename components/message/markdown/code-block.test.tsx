import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { acting, htmlOf, mount } from "./testing";

const CODE = 'const wind = "west"; // a note\nsail(wind, 12);';
const fenced = (info: string, code = CODE) => `\`\`\`${info}\n${code}\n\`\`\``;

// happy-dom's observer never reports; without one a block counts as on screen.
beforeEach(() => void vi.stubGlobal("IntersectionObserver", undefined));
afterEach(() => void vi.unstubAllGlobals());

/** Idle moments are far apart on a busy machine. */
const soon = (look: () => void) => vi.waitFor(look, { timeout: 30_000 });
const codeOf = (frame: Element) => frame.querySelector("pre code");
const coloursOf = (frame: Element) =>
  [...frame.querySelectorAll("pre span")].map((span) => [span.className, span.textContent]);

describe("a block of code", () => {
  it("names its language and can be scrolled by keyboard", () => {
    const frame = document.createElement("div");
    frame.innerHTML = htmlOf(`${fenced("ts")}\n\n${fenced("")}\n\n${fenced("brainfuck title=x")}`);
    const regions = [...frame.querySelectorAll("section")];
    expect(regions.map((region) => [region.getAttribute("aria-label"), region.tabIndex, region.dir])).toEqual(
      [
        ["Code, TypeScript", 0, "ltr"],
        ["Code", 0, "ltr"],
        ["Code, brainfuck", 0, "ltr"],
      ],
    );
    const heads = [...frame.querySelectorAll(".md-code-head > span:first-child")];
    expect(heads.map((head) => head.textContent)).toEqual(["TypeScript", "Code", "brainfuck"]);
    expect(codeOf(frame)?.textContent).toBe(CODE);
  });

  it("gets colours that change nothing of its text", async () => {
    const { frame, show } = mount();
    await show(fenced("ts"));
    await soon(() => expect(coloursOf(frame)).toContainEqual(["hljs-string", '"west"']));
    expect(coloursOf(frame)).toContainEqual(["hljs-keyword", "const"]);
    expect(codeOf(frame)?.textContent).toBe(CODE);
  });

  it("colours whole lines while it grows, and the rest at its end", async () => {
    const { frame, show } = mount();
    await show("```ts\nconst a = 1;\nconst b", true);
    await soon(() => expect(coloursOf(frame)).toContainEqual(["hljs-number", "1"]));
    expect(coloursOf(frame).filter(([, text]) => text === "const")).toHaveLength(1);
    expect(codeOf(frame)?.textContent).toBe("const a = 1;\nconst b");
    await show("```ts\nconst a = 1;\nconst b = 2;\n```\n", true);
    await soon(() => expect(coloursOf(frame)).toContainEqual(["hljs-number", "2"]));
  });

  it("drops the colours when the text becomes another", async () => {
    const { frame, show } = mount();
    await show(fenced("ts"));
    await soon(() => expect(coloursOf(frame).length).toBeGreaterThan(0));
    await show(fenced("ts", "let other = 1"));
    expect(codeOf(frame)?.textContent).toBe("let other = 1");
    await soon(() => expect(coloursOf(frame)).toContainEqual(["hljs-keyword", "let"]));
  });

  it("waits with colours until it comes near the screen", async () => {
    const seen: IntersectionObserverCallback[] = [];
    const observe = vi.fn();
    vi.stubGlobal(
      "IntersectionObserver",
      class {
        observe = observe;
        unobserve = vi.fn();
        constructor(callback: IntersectionObserverCallback) {
          seen.push(callback);
        }
      },
    );
    const { frame, show } = mount();
    await show(fenced("ts"));
    expect(observe).toHaveBeenCalledOnce();
    const entry = { isIntersecting: true, target: observe.mock.calls[0]?.[0] } as IntersectionObserverEntry;
    expect(coloursOf(frame)).toHaveLength(0);
    seen[0]?.([entry], {} as IntersectionObserver);
    await soon(() => expect(coloursOf(frame).length).toBeGreaterThan(0));
  });

  it("stays plain in a language nobody knows", async () => {
    const { frame, show } = mount();
    await show(`${fenced("brainfuck")}\n\n${fenced("ts")}`);
    await soon(() => expect(coloursOf(frame).length).toBeGreaterThan(0));
    expect(codeOf(frame)?.querySelectorAll("span")).toHaveLength(0);
  });
});

describe("the copy button", () => {
  const copyButton = (frame: Element) => [...frame.querySelectorAll("button")].at(-1);
  const click = (frame: Element) => acting(() => copyButton(frame)?.click());

  it("copies the code and says so", async () => {
    const writeText = vi.fn(async (_text: string) => {});
    vi.stubGlobal("navigator", { clipboard: { writeText } });
    const { frame, show } = mount();
    await show(fenced("ts"));
    expect(copyButton(frame)?.textContent).toBe("Copy");
    expect(frame.querySelector("[role=status]")?.textContent).toBe("");
    await click(frame);
    expect(writeText).toHaveBeenCalledWith(CODE);
    expect(frame.querySelector("[role=status]")?.textContent).toBe("Copied");
    expect(copyButton(frame)?.textContent).toBe("Copied");
  });

  it("copies without the Clipboard API, which plain HTTP does not have", async () => {
    vi.stubGlobal("navigator", {});
    let copied: string | undefined;
    const execCommand = vi.fn(() => {
      copied = document.querySelector("textarea")?.value;
      return true;
    });
    Object.assign(document, { execCommand });
    const { frame, show } = mount();
    await show(fenced("ts"));
    await click(frame);
    expect(copied).toBe(CODE);
    expect(document.querySelector("textarea")).toBeNull();
    expect(frame.querySelector("[role=status]")?.textContent).toBe("Copied");
  });

  it("says when it could not", async () => {
    vi.stubGlobal("navigator", { clipboard: { writeText: () => Promise.reject(new Error("denied")) } });
    Object.assign(document, { execCommand: () => false });
    const { frame, show } = mount();
    await show(fenced("ts"));
    await click(frame);
    expect(frame.querySelector("[role=status]")?.textContent).toBe("Could not copy");
  });
});
