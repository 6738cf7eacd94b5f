import fc from "fast-check";
import { expect, test } from "vitest";
import { EventParser, type ServerEvent } from "./event-parser";

function parsed(bytes: Uint8Array, cuts: number[] = []): ServerEvent[] {
  const events: ServerEvent[] = [];
  const parser = new EventParser((event) => events.push(event));
  const at = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  for (const [index, end] of at.slice(1).entries()) parser.push(bytes.subarray(at[index], end));
  return events;
}

const encode = (text: string) => new TextEncoder().encode(text);

test("types, ids that last, several lines of data, and what only says that the line is alive", () => {
  const text =
    ':\n\nevent: build\ndata: "b"\n\nid: 7\ndata:{"a":1}\n\ndata: one\ndata: two\n\nevent: nothing\n\ndata: last\nretry: 5\n\n';
  expect(parsed(encode(text))).toEqual([
    { type: "build", data: '"b"', id: "" },
    { type: "message", data: '{"a":1}', id: "7" },
    { type: "message", data: "one\ntwo", id: "7" },
    { type: "message", data: "last", id: "7" },
  ]);
});

test("an event that has not ended is none", () => {
  expect(parsed(encode("data: half\n"))).toEqual([]);
});

test("threat 70: cut at any byte, and with any ends of lines, it is the same text", () => {
  const line = fc.string({ unit: "grapheme" }).map((text) => text.replace(/[\r\n]/g, ""));
  fc.assert(
    fc.property(
      fc.array(line, { minLength: 1, maxLength: 5 }),
      fc.constantFrom("\n", "\r\n", "\r"),
      fc.array(fc.nat(), { maxLength: 8 }),
      (lines, end, cuts) => {
        const text = lines.map((data, id) => `id: ${id}${end}data: ${data}${end}${end}`).join("");
        // A return at the very end may yet be half of a line's end: something follows.
        const events = parsed(encode(`${text}:${end}`), cuts);
        expect(events).toEqual(lines.map((data, id) => ({ type: "message", data, id: String(id) })));
      },
    ),
  );
});
