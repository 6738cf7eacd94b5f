import { describe, expect, it } from "vitest";
import { spoken, wordsIn } from "./spoken";

describe("spoken", () => {
  it("leaves the marks of Markdown out", () => {
    expect(
      spoken("## Result\n\nThe **highest** month is `August`, see [the chart](https://example.org/a)."),
    ).toBe("Result The highest month is August, see the chart.");
  });

  it("reads lists, quotes, code and tables as plain text", () => {
    expect(spoken("- one\n- two\n\n> said\n\n```ts\nlet a = 1;\n```")).toBe("one two said let a = 1;");
    expect(spoken("| a | b |\n|---|---|\n| 1 | 2 |")).toContain("1, 2");
  });

  it("keeps what only looks like a mark", () => {
    expect(spoken("2 * 3 is 6, and 1 - 1 is 0")).toBe("2 * 3 is 6, and 1 - 1 is 0");
  });
});

describe("wordsIn", () => {
  it("counts words, none in nothing", () => {
    expect(wordsIn("  three short words ")).toBe(3);
    expect(wordsIn("")).toBe(0);
  });
});
