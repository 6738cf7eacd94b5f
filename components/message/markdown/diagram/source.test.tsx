import { describe, expect, it } from "vitest";
import { plainSource } from "./source";

describe("threat 30: a diagram does not choose its own settings", () => {
  it.each([
    ['%%{init: {"securityLevel":"loose"}}%%\ngraph TD\nA-->B', "graph TD\nA-->B"],
    ["graph TD\n%%{ init:\n{'themeCSS': '*{}'}\n}%%\nA-->B", "graph TD\n\nA-->B"],
    ["%%{ini%%{x}%%t: {}}%%graph TD", "t: {}}%%graph TD"],
    ["%%%%{x}%%{init: {}}%%\ngraph TD", "\ngraph TD"],
    ["graph TD\nA-->B\n%%{init: never closed", "graph TD\nA-->B\n"],
    ["---\nconfig:\n  securityLevel: loose\n---\ngraph TD\nA-->B", "graph TD\nA-->B"],
    ["  \r\n---\r\ntitle: T\r\n---\r\ngraph TD", "graph TD"],
  ])("%j", (code, plain) => {
    const source = plainSource(code);
    expect(source?.trim()).toBe(plain.trim());
    expect(source).not.toMatch(/%%\{|securityLevel/);
  });

  it("is left as it is otherwise, and not drawn when it is too long or empty", () => {
    expect(plainSource("graph TD\n%% a comment\nA --- B")).toBe("graph TD\n%% a comment\nA --- B");
    expect(plainSource("x".repeat(20_001))).toBeNull();
    expect(plainSource("%%{init: {}}%%")).toBeNull();
  });
});
