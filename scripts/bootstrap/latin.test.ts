import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { escapeBeyondLatin, inLatin } from "./latin.mjs";

const run = (source: string): unknown => new Function(`return ${source}`)();
const isLatin = (text: string) => !/[\u0100-\uffff]/.test(text);

describe("a program's letters beyond Latin-1", () => {
  it("mean the same as escapes: in strings, templates, patterns and names, of both halves of a pair", () => {
    for (const source of [
      '"Größe … █ 🐟"',
      "'„so“'",
      "`a` + `… 🐟`",
      '/[Ā-ž…]+/.test("ą…")',
      '/^[🐟-🐡]$/u.test("🐠")',
      '({ ſ: "s" }).ſ',
      '"\\\\" + "…"',
    ]) {
      expect(isLatin(inLatin(source)), source).toBe(true);
      expect(run(inLatin(source)), source).toEqual(run(source));
    }
  });

  it("stay where an escape would be something else", () => {
    for (const source of ['"\\…"', "String.raw`…`", "String.raw`a\\`b…`", "1\u2002+ 1"]) {
      expect(inLatin(source)).toBe(source);
      expect(run(inLatin(source))).toEqual(run(source));
    }
  });

  it("are escaped in the programs of a folder, nothing else is touched", () => {
    const folder = mkdtempSync(join(tmpdir(), "leeward-latin-"));
    writeFileSync(join(folder, "a.js"), '"…"');
    writeFileSync(join(folder, "b.js"), '"é"');
    writeFileSync(join(folder, "c.json"), '"…"');
    escapeBeyondLatin(folder);
    const read = (name: string) => readFileSync(join(folder, name), "utf8");
    expect([read("a.js"), read("b.js"), read("c.json")]).toEqual(['"\\u2026"', '"é"', '"…"']);
    rmSync(folder, { recursive: true });
  });
});
