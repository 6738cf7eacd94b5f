import { expect, test } from "vitest";
import { findingsIn, isIban, redacted } from "./private-looking";

const said = (text: string) => ({ ordinal: 3, parts: [{ type: "text" as const, text }] });
const found = (text: string) => findingsIn(said(text)).map(({ kind, value }) => `${kind} ${value}`);

test.each([
  ["Write to ada.lund@example.org.", ["email ada.lund@example.org"]],
  ["Schreiben Sie an jörg@größe.example", ["email jörg@größe.example"]],
  ["Call +49 30 901820 today", ["phone +49 30 901820"]],
  ["Tel. 030/90 18 20-44", ["phone 030/90 18 20-44"]],
  ["(0171) 234 56 78", ["phone (0171) 234 56 78"]],
  ["IBAN DE89 3704 0044 0532 0130 00, thanks", ["iban DE89 3704 0044 0532 0130 00"]],
  ["GB82WEST12345698765432", ["iban GB82WEST12345698765432"]],
  ["key sk-proj-abcdefghijklmnop1234", ["key sk-proj-abcdefghijklmnop1234"]],
  ["AKIAIOSFODNN7EXAMPLE", ["key AKIAIOSFODNN7EXAMPLE"]],
  [
    "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.abc-def",
    ["key eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.abc-def"],
  ],
  ["password: hunter22!", ["key hunter22!"]],
  ["API_KEY=abcdef123", ["key abcdef123"]],
  ["0123456789abcdef0123456789abcdef", ["key 0123456789abcdef0123456789abcdef"]],
])("%j has what looks private", (text, expected) => {
  expect(found(text)).toEqual(expected);
});

test.each([
  "On 03.04.2026 at 10:30, in room 0815",
  "2026-11-23T20:30:00Z",
  "DE89 3704 0044 0532 0130 01 has a wrong digit",
  "0.12345678 and 1,234,567.89 and 100000000",
  "https://example.org/path/that/is/long/enough/to-look-like-a-key",
  "a_very_long_identifier_that_is_a_name_and_no_secret",
  "me@home and @ada",
])("%j has nothing that looks private", (text) => {
  expect(found(text)).toEqual([]);
});

test("an IBAN counts by its checksum", () => {
  expect(isIban("FR14 2004 1010 0505 0001 3M02 606")).toBe(true);
  expect(isIban("FR14 2004 1010 0505 0001 3M02 607")).toBe(false);
});

test("what is blacked out is gone, whatever its length, and the rest stays", () => {
  const message = said("a@example.org, b@example.org and long.name@example.org");
  const [first, , third] = findingsIn(message);
  expect(redacted(message, new Set([first?.key ?? "", third?.key ?? ""]))).toEqual([
    "█████, b@example.org and █████",
  ]);
});

test("a key stands for the same place in whichever part of the message it is", () => {
  const message = {
    ordinal: 7,
    parts: [
      { type: "text" as const, text: "a@example.org" },
      { type: "text" as const, text: "b@example.org" },
    ],
  };
  expect(findingsIn(message).map(({ key }) => key)).toEqual(["7.0", "7.1"]);
  expect(redacted(message, new Set(["7.1"]))).toEqual(["a@example.org", "█████"]);
});

test.each([
  "a".repeat(400_000),
  "0 ".repeat(200_000),
  "-----BEGIN PRIVATE KEY-----".repeat(2_000),
  "a.".repeat(200_000),
])("the longest message, however it is made, is looked through to its end", (text) => {
  expect(Array.isArray(findingsIn(said(text)))).toBe(true);
});
