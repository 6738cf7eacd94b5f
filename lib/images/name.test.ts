import fc from "fast-check";
import { expect, test } from "vitest";
import { cleanName, fileNameOf } from "./name";

test.each([
  ["Möwe über dem Hafen.jpg", "Möwe über dem Hafen.jpg"],
  ["../../etc/passwd", "passwd"],
  ["C:\\Users\\ada\\cat.png", "cat.png"],
  ["a\0b\r\nSet-Cookie: x.png", "a b Set-Cookie: x.png"],
  ["evil\u202egnp.exe", "evil gnp.exe"],
  ["..", ""],
  ["", ""],
  ["photos/", ""],
  ["family 👩‍👩‍👧.png", "family 👩‍👩‍👧.png"],
  ["u\u0308.png", "ü.png"],
  ["\ud800.png", "\ufffd.png"],
])("%j is kept as %j", (name, kept) => {
  expect(cleanName(name)).toBe(kept);
});

test("a long name is cut, its ending kept", () => {
  const name = cleanName(`${"👋".repeat(300)}.jpeg`);
  expect([...name]).toHaveLength(120);
  expect(name.endsWith("👋….jpeg")).toBe(true);
  expect([...cleanName("x".repeat(500))]).toHaveLength(120);
});

test("whatever the name, it is short, well-formed and no path", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 400 }), (name) => {
      const kept = cleanName(name);
      expect([...kept].length).toBeLessThanOrEqual(120);
      expect(kept.isWellFormed()).toBe(true);
      expect(kept).not.toMatch(/[/\\\p{Cc}]/u);
      expect(cleanName(kept)).toBe(kept);
    }),
  );
});

test("the header is URI-encoded; a malformed one is no name", () => {
  expect(fileNameOf(new Headers({ "x-file-name": encodeURIComponent("Möwe 1.jpg") }))).toBe("Möwe 1.jpg");
  expect(fileNameOf(new Headers({ "x-file-name": "100%.jpg" }))).toBe("");
  expect(fileNameOf(new Headers())).toBe("");
});
