import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { UpstreamFailure } from "./failure";
import { type WireEvent, WireReader } from "./wire";

const encoder = new TextEncoder();
const chunk = (delta: object, finish: string | null = null) =>
  `data: ${JSON.stringify({ id: "c", object: "chat.completion.chunk", choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`;
const USAGE =
  'data: {"id":"c","choices":[],"usage":{"prompt_tokens":3,"total_tokens":5,"completion_tokens":2}}\n\n';
const DONE = "data: [DONE]\n\n";

function read(...pieces: (string | Uint8Array)[]): WireEvent[] {
  const events: WireEvent[] = [];
  const reader = new WireReader((event) => events.push(event));
  for (const piece of pieces) reader.push(typeof piece === "string" ? encoder.encode(piece) : piece);
  reader.end();
  return events;
}

const textOf = (events: WireEvent[]) =>
  events.map((event) => (event.type === "text" ? event.text : "")).join("");
const codeOf = (attempt: () => unknown) => {
  try {
    attempt();
  } catch (error) {
    return error instanceof UpstreamFailure ? error.failure.code : error;
  }
  return "no failure";
};

const whole =
  chunk({ role: "assistant", content: "" }) +
  chunk({ content: "Grüße, 世界 🌊" }) +
  chunk({}, "stop") +
  USAGE +
  DONE;

describe("the wire reader", () => {
  it("reads text, finish and usage", () => {
    expect(read(whole).map((event) => event.type)).toEqual(["text", "finish", "usage", "done"]);
  });

  it("threat 70: gives the same however the bytes are cut", () => {
    const bytes = encoder.encode(whole);
    const expected = read(whole);
    for (let at = 0; at <= bytes.length; at++) {
      expect(read(bytes.subarray(0, at), bytes.subarray(at))).toEqual(expected);
    }
    fc.assert(
      fc.property(fc.array(fc.nat(bytes.length)), (cuts) => {
        const at = [0, ...cuts.sort((a, b) => a - b), bytes.length];
        const pieces = at.slice(1).map((end, i) => bytes.subarray(at[i], end));
        expect(read(...pieces)).toEqual(expected);
      }),
    );
  });

  it("threat 70: any text arrives as it was sent, with CRLF and comments between", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: "grapheme" })), fc.boolean(), (texts, crlf) => {
        const body =
          texts.map((text) => `: keep-alive\n\n${chunk({ content: text })}`).join("") +
          chunk({}, "stop") +
          DONE;
        expect(textOf(read(crlf ? body.replaceAll("\n", "\r\n") : body))).toBe(texts.join(""));
      }),
    );
  });

  it("threat 70: broken UTF-8 becomes replacement characters, not an error", () => {
    const [before = "", after = ""] = chunk({ content: "a?b" }).split("?");
    const events = read(encoder.encode(before), new Uint8Array([0xff]), encoder.encode(after), DONE);
    expect(textOf(events)).toBe("a\ufffdb");
  });

  it("threat 71: empty or null choices, a second finish and a second usage count once", () => {
    const odd = 'data: {"choices":[]}\n\ndata: {"choices":null}\n\ndata: {"choices":[{"delta":null}]}\n\n';
    const events = read(
      odd,
      chunk({ content: "x" }),
      chunk({}, "stop"),
      chunk({}, "stop"),
      USAGE,
      USAGE,
      DONE,
    );
    expect(events.map((event) => event.type)).toEqual(["text", "finish", "usage", "done"]);
  });

  it("threat 71: a finish without usage and without [DONE] is an end", () => {
    expect(read(chunk({ content: "x" }), chunk({}, "stop")).map((event) => event.type)).toEqual([
      "text",
      "finish",
    ]);
  });

  it("drops unknown events and fields", () => {
    const odd = 'event: ping\nid: 7\nretry: 5\n\nevent: ping\ndata: pong\n\nevent: x\ndata: {"type":"x"}\n\n';
    expect(textOf(read(odd, chunk({ content: "x", mood: 1 }), DONE))).toBe("x");
    expect(textOf(read(`event: message\n${chunk({ content: "y" })}`, DONE))).toBe("y");
  });

  it("says cut off when the stream ends without an end", () => {
    expect(codeOf(() => read(chunk({ content: "x" })))).toBe("cut-off");
  });

  it("threat 64: an error in the stream is that error, in each of the three envelopes", () => {
    const full =
      "This model's maximum context length is 40960 tokens. However, your request has 46809 input tokens.";
    expect(codeOf(() => read(`data: {"error":{"message":"${full}","code":400}}\n\n${DONE}`))).toBe(
      "context-full",
    );
    expect(codeOf(() => read(`data: {"object":"error","message":"x","code":500}\n\n`))).toBe("upstream-busy");
    expect(codeOf(() => read(`data: {"httpStatus":401,"messages":[{"message":"no"}]}\n\n`))).toBe(
      "token-refused",
    );
  });

  it("threat 64: HTML with status 200 and malformed JSON are garbled", () => {
    expect(codeOf(() => read("<html>\n<body>maintenance</body></html>"))).toBe("upstream-garbled");
    expect(codeOf(() => read('data: {"choices": [\n\n'))).toBe("upstream-garbled");
    expect(codeOf(() => read("data: 7\n\n"))).toBe("upstream-garbled");
  });

  it("refuses a line without end", () => {
    expect(codeOf(() => read("x".repeat(600_000), "x".repeat(600_000)))).toBe("upstream-garbled");
  });
});
