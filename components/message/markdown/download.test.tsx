import { describe, expect, it } from "vitest";
import { fileName } from "./download";

describe("the file that a block of code is saved as", () => {
  it.each([
    ["ts", "code.ts"],
    ["python", "code.py"],
    ["sql title=x", "code.sql"],
    ["mermaid", "diagram.mmd"],
    ["", "code.txt"],
    ["html", "code.txt"],
    ["svg", "code.txt"],
    ["../../etc/passwd", "code.txt"],
  ])("%j is %s", (info, name) => expect(fileName(info)).toBe(name));
});
