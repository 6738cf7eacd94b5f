import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anyMarkdown } from "./any-markdown";
import { heldFrom } from "./hold";

const shown = (tail: string) => tail.slice(0, heldFrom(tail));

describe("heldFrom", () => {
  it.each([
    "#",
    "## ",
    "-",
    "- ",
    "* ",
    "1",
    "12.",
    "1. ",
    "> ",
    "> - ",
    "`",
    "``",
    "```",
    "```ts",
    "~~~",
    "---",
    "**",
    "===",
    "- [",
    "- [x",
    "- [x] ",
    "| a",
    "| a | b |",
    "> | a | b |",
    "[a]: htt",
    '[a]: https://a.example "Ti',
    "<di",
    "   ",
  ])("waits after a paragraph while a line is only %s", (line) => {
    expect(shown(`Before\n\n${line}`)).toBe("Before\n\n");
  });

  it.each(["# A", "- a", "1. a", "> a", "*a", "`a", "1a", "--a", "[a] b", "a | b", "- [x] a", "[a]: b c"])(
    "shows a line as soon as it is known: %s",
    (line) => {
      expect(shown(`Before\n\n${line}`)).toBe(`Before\n\n${line}`);
    },
  );

  it("waits for the delimiter row of a table, then shows the rows", () => {
    expect(shown("A\n\n| a | b |\n")).toBe("A\n\n");
    expect(shown("A\n\n| a | b |\n|--")).toBe("A\n\n");
    expect(shown("A\n\n| a | b |\n|---|---|")).toBe("A\n\n");
    expect(shown("A\n\n| a | b |\n|---|---|\n")).toBe("A\n\n| a | b |\n|---|---|\n");
    expect(shown("A\n\n| a | b |\n|---|---|\n| 1")).toBe("A\n\n| a | b |\n|---|---|\n| 1");
  });

  it("shows a line of pipes that is no table", () => {
    expect(shown("| a |\nno")).toBe("| a |\nno");
    expect(shown(`| ${"a".repeat(700)}`)).toBe(`| ${"a".repeat(700)}`);
  });

  it("shows everything in a fence but what may close it", () => {
    expect(shown("```ts\n# a")).toBe("```ts\n# a");
    expect(shown("```ts\n| a")).toBe("```ts\n| a");
    expect(shown("```ts\na\n``")).toBe("```ts\na\n");
    expect(shown("```ts\na\n```")).toBe("```ts\na\n");
    expect(shown("~~~\n```\n# a")).toBe("~~~\n```\n# a");
    expect(shown("- a\n\n  ```\n  # b")).toBe("- a\n\n  ```\n  # b");
  });

  it("waits for the other half of a character", () => {
    expect(shown("a \ud83d")).toBe("a ");
    expect(shown("```\n\ud83d")).toBe("```\n");
  });

  it("holds back no more than the last two lines", () => {
    fc.assert(
      fc.property(anyMarkdown, (tail) => {
        const lines = tail.split("\n");
        expect(shown(tail).length).toBeGreaterThanOrEqual(lines.slice(0, -2).join("\n").length);
      }),
    );
  });
});
