import { request as httpRequest } from "node:http";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { FAULTS } from "./faults.ts";
import { chatBody, eventsOf, MODEL, startForTest, textIn } from "./testing.ts";

const SAID = "Grüße 🙂 an *alle*, in | many | pieces";

let emulator: Awaited<ReturnType<typeof startForTest>>;
beforeAll(async () => {
  emulator = await startForTest();
});
afterAll(() => emulator.close());

const faulty = (name: string) => emulator.stream(`[[fault:${name}]] [[say:${SAID}]]`);
const finishes = (events: ReturnType<typeof eventsOf>) =>
  events.filter((event) => event !== "[DONE]" && event.choices?.[0]?.finish_reason);

test("every fault has a name of its own and a description", () => {
  expect(new Set(FAULTS.map((fault) => fault.name)).size).toBe(FAULTS.length);
  expect(FAULTS.filter((fault) => fault.description.length < 10)).toEqual([]);
});

describe("a refused request", () => {
  test.each<[string, number, string | RegExp]>([
    [
      "context-full",
      400,
      "This model's maximum context length is 40960 tokens. However, your request has 46809 input tokens. Please reduce the length of the input messages. None",
    ],
    [
      "context-full-new",
      400,
      /^You passed 46809 input tokens and requested 4096 output tokens\. However, the model's context length is only 40960 tokens/,
    ],
    ["output-too-large", 400, /^'max_tokens' or 'max_completion_tokens' is too large: 32000\. /],
    ["bad-image", 400, /^cannot identify image file <_io\.BytesIO object at 0x7f[0-9a-f]+>$/],
    ["too-many-images", 400, "At most 4 image(s) may be provided in one prompt."],
    ["unknown-model", 404, `The model \`${MODEL}\` does not exist.`],
    [
      "no-tools",
      400,
      '"auto" tool choice requires --enable-auto-tool-choice and --tool-call-parser to be set',
    ],
  ])("%s", async (name, status, message) => {
    const { response, raw } = await faulty(name);
    expect(response.status).toBe(status);
    const { error } = JSON.parse(raw);
    expect(error.code).toBe(status);
    if (typeof message === "string") expect(error.message).toBe(message);
    else expect(error.message).toMatch(message);
  });

  test("context-full-old has the older envelope", async () => {
    const error = JSON.parse((await faulty("context-full-old")).raw);
    expect(error.object).toBe("error");
    expect(error.message).toContain(
      "you requested 122946 tokens (112946 in the messages, 10000 in the completion)",
    );
  });

  test.each<[string, number, string, RegExp]>([
    ["body-too-large", 413, "text/html", /413 Request Entity Too Large/],
    ["unauthorized", 401, "application/json", /paas-auth-1/],
    ["server-error", 500, "text/plain", /^Internal Server Error$/],
    ["bad-gateway", 502, "text/html", /502 Bad Gateway/],
    ["gateway-timeout", 504, "text/html", /504 Gateway Time-out/],
    ["html-200", 200, "text/html", /^<html>/],
  ])("%s comes from the gateway", async (name, status, type, body) => {
    const { response, raw } = await faulty(name);
    expect(response.status).toBe(status);
    expect(response.headers.get("content-type")).toBe(type);
    expect(raw).toMatch(body);
  });

  test("rate-limited says when to come back", async () => {
    const { response } = await faulty("rate-limited");
    expect(response.status).toBe(429);
    expect(response.headers.get("retry-after")).toBe("2");
    expect((await faulty("rate-limited:7")).response.headers.get("retry-after")).toBe("7");
  });

  test("reset destroys the socket before any header, and is not the client's doing", async () => {
    const { aborted } = await emulator.stats();
    await expect(faulty("reset")).rejects.toThrow("fetch failed");
    await vi.waitFor(async () => expect((await emulator.stats()).active).toBe(0), { timeout: 15_000 });
    expect((await emulator.stats()).aborted).toBe(aborted);
  });
});

describe("a stream that breaks", () => {
  test("error-in-middle", async () => {
    const { response, events } = await faulty("error-in-middle");
    expect(response.status).toBe(200);
    expect(SAID.startsWith(textIn(events))).toBe(true);
    expect(events.at(-2)).toMatchObject({ error: { type: "InternalServerError", code: 500 } });
    expect(events.at(-1)).toBe("[DONE]");
    expect(finishes(events)).toEqual([]);
  });

  test("error-200", async () => {
    const { response, events } = await faulty("error-200");
    expect(response.status).toBe(200);
    expect(events).toMatchObject([{ error: { code: 500 } }, "[DONE]"]);
  });

  test("cut-without-done ends cleanly, but too early", async () => {
    const { events } = await faulty("cut-without-done");
    const text = textIn(events);
    expect(text.length).toBeGreaterThan(0);
    expect(text.length).toBeLessThan(SAID.length);
    expect(finishes(events)).toEqual([]);
    expect(events).not.toContain("[DONE]");
  });

  test("reset-in-middle breaks while it is read", async () => {
    const question = "[[fault:reset-in-middle]] [[pace:20,0,0]]";
    const response = await emulator.post({ body: chatBody(question, { stream: true }) });
    expect(response.status).toBe(200);
    await expect(response.text()).rejects.toThrow("terminated");
  });

  test.each([
    ["silence", "FIRSTWORD"],
    ["keepalive-only:20", ": keep-alive\n\n: keep-alive\n\n"],
  ])("%s keeps the socket open and ends only with the client", async (name, expected) => {
    const abort = new AbortController();
    const body = chatBody(`[[fault:${name}]] [[pace:100,0,0]]`, { stream: true });
    const response = await emulator.post({ body, signal: abort.signal });
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    let text = "";
    while (!text.includes(expected)) text += (await reader?.read())?.value ?? "";
    expect(text).not.toContain('finish_reason":"');
    await vi.waitFor(async () => expect((await emulator.stats()).active).toBe(1), { timeout: 15_000 });
    abort.abort();
    await vi.waitFor(async () => expect((await emulator.stats()).active).toBe(0), { timeout: 15_000 });
    const record = (await emulator.stats()).last.at(-1);
    expect(record).toMatchObject({ aborted: true, piecesSent: name === "silence" ? 5 : 0 });
  });
});

describe("a stream of a strange shape", () => {
  test.each([
    "crlf",
    "utf8-split",
    "byte-by-byte",
    "empty-choices",
    "null-choices",
    "unknown-event",
    "no-usage",
    "no-done",
    "no-finish",
    "double-finish",
  ])("%s still has the whole text", async (name) => {
    expect(textIn((await faulty(name)).events)).toBe(SAID);
  });

  test("malformed-sse has broken JSON in the middle and then goes on", async () => {
    const { raw } = await faulty("malformed-sse");
    const broken = raw.indexOf('"del\n\nthis line has no field');
    expect(broken).toBeGreaterThan(raw.indexOf('"content":"Gr'));
    expect(raw.indexOf('"finish_reason":"stop"')).toBeGreaterThan(broken);
    expect(() => eventsOf(raw)).toThrow(SyntaxError);
  });

  test("crlf has no bare line feed", async () => {
    expect((await faulty("crlf")).raw).not.toMatch(/[^\r]\n/);
  });

  test("empty-choices and null-choices come in the middle", async () => {
    for (const [name, choices] of [
      ["empty-choices", []],
      ["null-choices", null],
    ] as const) {
      const { events } = await faulty(name);
      const at = events.findIndex((event) => event !== "[DONE]" && !event.usage && !event.choices?.length);
      expect(events[at]).toMatchObject({ choices });
      expect(textIn(events.slice(at))).not.toBe("");
    }
  });

  test("no-usage, no-done, no-finish and double-finish are what they say", async () => {
    expect((await faulty("no-usage")).raw).not.toContain('"usage"');
    expect((await faulty("no-done")).raw).not.toContain("[DONE]");
    expect(finishes((await faulty("no-finish")).events)).toHaveLength(0);
    expect(finishes((await faulty("double-finish")).events)).toHaveLength(2);
  });

  test("unknown-event has an event name, an id and a retry", async () => {
    expect((await faulty("unknown-event")).raw).toContain(
      'id: 7\nretry: 100\nevent: ping\ndata: {"type":"ping"}',
    );
  });

  test("byte-by-byte sends bytes alone, utf8-split only those of multibyte characters", async () => {
    const alone = await chunksOf("byte-by-byte");
    expect(Math.max(...alone.map((chunk) => chunk.length))).toBe(1);
    const split = await chunksOf("utf8-split");
    expect(Math.max(...split.map((chunk) => chunk.length))).toBeGreaterThan(50);
    const high = split.filter((chunk) => chunk.some((byte) => byte >= 0x80));
    expect(high.every((chunk) => chunk.length === 1)).toBe(true);
    // ü and ß have two bytes each, the emoji four.
    expect(high).toHaveLength(8);
  });
});

/** The HTTP chunks as they were written: fetch would be free to join them. */
function chunksOf(fault: string): Promise<Buffer[]> {
  const body = JSON.stringify(chatBody(`[[say:${SAID}]]`, { stream: true }));
  const headers = { "x-emulator-fault": fault };
  return new Promise((resolve, reject) => {
    const url = `${emulator.url}/v1/chat/completions`;
    const request = httpRequest(url, { method: "POST", headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () => resolve(chunks));
    });
    request.on("error", reject);
    request.end(body);
  });
}

test("slow-first-byte sends no headers for a while", async () => {
  const startedAt = performance.now();
  const { events } = await faulty("slow-first-byte:120");
  expect(performance.now() - startedAt).toBeGreaterThan(110);
  expect(textIn(events)).toBe(SAID);
});

test("huge knows no limit", async () => {
  const { events } = await emulator.stream("[[fault:huge:20000]]", { max_tokens: 10 });
  expect(textIn(events).length).toBeGreaterThan(50_000);
  expect(events.at(-2)).toMatchObject({ usage: { completion_tokens: 20_000 } });
});

describe("a fault is chosen", () => {
  test("by a header", async () => {
    const headers = { "x-emulator-fault": "bad-gateway" };
    expect((await emulator.post({ body: chatBody("hello"), headers })).status).toBe(502);
  });

  test("by a marker in the last user message only", async () => {
    const messages = [
      { role: "user", content: "[[fault:bad-gateway]]" },
      { role: "assistant", content: "[[fault:bad-gateway]]" },
      { role: "user", content: "[[say:fine, [[fault:bad-gateway]] is text here]]" },
    ];
    expect((await emulator.stream(messages)).response.status).toBe(200);
  });

  test("once for each text", async () => {
    const status = async (text: string) => (await emulator.stream(text)).response.status;
    expect(await status("[[fault:bad-gateway:once]] a")).toBe(502);
    expect(await status("[[fault:bad-gateway:once]] a")).toBe(200);
    expect(await status("[[fault:bad-gateway:once]] b")).toBe(502);
  });

  test("for the title alone", async () => {
    const user = { role: "user", content: "[[fault:server-error:title]] hello there" };
    const system = { role: "system", content: "Write a short title for this conversation." };
    expect((await emulator.stream([user])).response.status).toBe(200);
    expect((await emulator.stream([system, user])).response.status).toBe(500);
    const plain = { role: "user", content: "[[fault:server-error]] hello there" };
    expect((await emulator.stream([system, plain])).response.status).toBe(200);
  });
});

describe("without streaming", () => {
  test.each<[string, (body: string) => unknown, unknown]>([
    ["error-200", (body) => JSON.parse(body).error.code, 500],
    ["null-choices", (body) => JSON.parse(body).choices, null],
    ["empty-choices", (body) => JSON.parse(body).choices, []],
    ["no-usage", (body) => JSON.parse(body).usage, undefined],
    ["malformed-sse", (body) => body.startsWith("{") && !body.endsWith("}"), true],
  ])("%s has its likeness", async (name, read, expected) => {
    const response = await emulator.post({ body: chatBody(`[[fault:${name}]]`) });
    expect(response.status).toBe(200);
    expect(read(await response.text())).toEqual(expected);
  });

  test("cut-without-done breaks off", async () => {
    const response = await emulator.post({ body: chatBody("[[fault:cut-without-done]]") });
    await expect(response.text()).rejects.toThrow();
  });
});
