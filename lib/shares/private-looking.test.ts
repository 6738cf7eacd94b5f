import { expect, test } from "vitest";
import { ibanLength } from "./iban";
import { findingsIn } from "./private-looking";

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
  ["no12 and DE89 3704 0044 0532 0130 00 please", ["iban DE89 3704 0044 0532 0130 00"]],
  ["key sk-proj-abcdefghijklmnop1234", ["key sk-proj-abcdefghijklmnop1234"]],
  ["AKIAIOSFODNN7EXAMPLE", ["key AKIAIOSFODNN7EXAMPLE"]],
  [
    "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.abc-def",
    ["key eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.abc-def"],
  ],
  ["password: hunter22!", ["key hunter22!"]],
  ["API_KEY=abcdef123", ["key abcdef123"]],
  ["DB_PASSWORD=hunter22", ["key hunter22"]],
  ["clientSecret: 'abcd-efgh'", ["key abcd-efgh"]],
  ["aws_secret_access_key = abcd/efgh/ijkl", ["key abcd/efgh/ijkl"]],
  ["- **API key:** abcdef123", ["key abcdef123"]],
  ["secret: string99(x", ["key string99(x"]],
  ["**Passwort**: `hunter22`", ["key hunter22"]],
  ["Das WLAN-Passwort: **hunter22**", ["key hunter22"]],
  ["postgres://leeward:hunter22@localhost:5432/db", ["key hunter22"]],
  [
    "IBAN DE89\u00a03704\u00a00044\u00a00532\u00a00130\u00a000",
    ["iban DE89\u00a03704\u00a00044\u00a00532\u00a00130\u00a000"],
  ],
  ["+49\u202f30\u202f901820", ["phone +49\u202f30\u202f901820"]],
  ["0451\u2011123456 or 0451 – 123456", ["phone 0451\u2011123456", "phone 0451 – 123456"]],
  [
    "(415) 555-2671, 415-555-2671, 415.555.2671",
    ["phone (415) 555-2671", "phone 415-555-2671", "phone 415.555.2671"],
  ],
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
  "const token = readToken(); function sign(password: string, secret: process.env.SECRET) {}",
  "from 200-300-400 to 415 555 2671 of 100.200.3000",
  "http://localhost:3000/@ada",
])("%j has nothing that looks private", (text) => {
  expect(found(text)).toEqual([]);
});

test("an IBAN counts by its checksum, and ends with a word", () => {
  expect(ibanLength("FR14 2004 1010 0505 0001 3M02 606")).toBe(33);
  expect(ibanLength("FR14 2004 1010 0505 0001 3M02 607")).toBe(0);
  expect(ibanLength("GB82WEST12345698765432")).toBe(22);
  expect(ibanLength("GB82WEST12345698765432x")).toBe(0);
  expect(ibanLength("DE89 3704 0044 0532 0130 00 thanks")).toBe(27);
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
});

/** As long as a message may be. */
const long = (piece: string) => piece.repeat(Math.ceil(400_000 / piece.length)).slice(0, 399_000);
const lines = Array.from({ length: 1_000 }, (_, index) => `AB10${index.toString(16).padStart(40, "0")}`);

test("69 the longest messages, however they are made, hold nobody up", () => {
  const texts = [
    `DE89${"a".repeat(33)} `,
    "a@b.co ",
    "a",
    "0 ",
    "a.",
    "ab12 ",
    "a@b.",
    "-----BEGIN PRIVATE KEY-----",
    "(0123456 - 12.3.4.5/6a ",
    `eyJ${"a".repeat(50)}.`,
    "password: ",
    "token:*",
    "://a:b",
    "415-555-267 ",
  ].map(long);
  const before = performance.now();
  const counts = [...texts, lines.join("\n")].map((text) => findingsIn(said(text)).length);
  // It took ten seconds and more where one thing could be read in many ways, or each was compared with all.
  expect(performance.now() - before).toBeLessThan(5_000);
  expect(counts[1]).toBe(57_000);
});

test("a private key is one thing, with what stands above it", () => {
  const key = `-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n${"MIIE".repeat(40)}\n-----END RSA PRIVATE KEY-----`;
  expect(found(`Here: ${key} and on`)).toEqual([`key ${key}`]);
});
