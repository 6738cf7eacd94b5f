import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { chatBody, eventsOf, MODEL, startForTest, textIn } from "./testing.ts";

let emulator: Awaited<ReturnType<typeof startForTest>>;
beforeAll(async () => {
  emulator = await startForTest();
});
afterAll(() => emulator.close());

test("lists its models", async () => {
  const response = await fetch(`${emulator.url}/v1/models`);
  expect(await response.json()).toEqual({ object: "list", data: [{ id: MODEL, object: "model" }] });
});

describe("a stream", () => {
  test("has the chunks of the documented wire, in order", async () => {
    const { response, raw, events } = await emulator.stream("[[say:Hi there]]");
    expect(response.headers.get("content-type")).toBe("text/event-stream; charset=utf-8");
    expect(raw.endsWith("data: [DONE]\n\n")).toBe(true);
    const [first, second] = events;
    expect(first).toMatchObject({
      object: "chat.completion.chunk",
      model: MODEL,
      choices: [{ index: 0, delta: { role: "assistant", content: "" }, logprobs: null, finish_reason: null }],
    });
    expect(second).toMatchObject({ choices: [{ delta: { content: "Hi" }, logprobs: null }] });
    expect(events.at(-3)).toMatchObject({
      choices: [{ delta: { content: "" }, finish_reason: "stop", stop_reason: null }],
    });
    expect(events.at(-2)).toMatchObject({ choices: [], usage: { completion_tokens: 2 } });
    expect(textIn(events)).toBe("Hi there");
  });

  test("has no usage unless it was asked for", async () => {
    const { raw } = await emulator.stream("[[say:Hi]]", { stream_options: undefined });
    expect(raw).not.toContain("usage");
    expect(raw).toContain("[DONE]");
  });
});

test("a request that does not stream gets one JSON", async () => {
  const { status, json } = await emulator.ask("[[say:Hi there]]");
  expect(status).toBe(200);
  expect(json).toMatchObject({
    object: "chat.completion",
    model: MODEL,
    choices: [{ message: { role: "assistant", content: "Hi there" }, finish_reason: "stop" }],
  });
  const { usage } = json;
  expect(usage.total_tokens).toBe(usage.prompt_tokens + usage.completion_tokens);
});

describe("the length of an answer", () => {
  test("is 16 tokens when no limit is sent", async () => {
    const { json } = await emulator.ask("Tell me something", { max_tokens: undefined });
    expect(json.usage.completion_tokens).toBe(16);
    expect(json.choices[0]?.finish_reason).toBe("length");
  });

  test("follows max_completion_tokens before max_tokens", async () => {
    const { json } = await emulator.ask("[[pace:50,0,0]]", { max_tokens: 40, max_completion_tokens: 7 });
    expect(json.usage.completion_tokens).toBe(7);
  });

  test("ends before a stop string, wherever the pieces are cut", async () => {
    const { json } = await emulator.ask("[[say:one two three four]]", { stop: ["ree", "zzz"] });
    expect(json.choices[0]).toMatchObject({ message: { content: "one two th" }, finish_reason: "stop" });
  });
});

describe("a scripted answer", () => {
  test("has exactly the tokens asked for, from FIRSTWORD to ENDOFANSWER", async () => {
    const { events } = await emulator.stream("[[pace:2500,0,0]]", { max_tokens: 5000 });
    expect(textIn(events)).toMatch(/^FIRSTWORD answer begins here\.[\s\S]* ENDOFANSWER$/);
    expect(events.filter((event) => textIn([event]) !== "")).toHaveLength(2500);
    expect(events.at(-2)).toMatchObject({ usage: { completion_tokens: 2500 } });
  });

  test("is paced by the wall clock", async () => {
    const startedAt = performance.now();
    await emulator.stream("[[pace:21,100,50]]");
    expect(performance.now() - startedAt).toBeGreaterThan(240);
  });

  test("says a text that spans lines and has brackets", async () => {
    const text = "# Title\n\n- [[a]]\n- `b` ü 🙂";
    expect(textIn((await emulator.stream(`[[say:${text}]]`)).events)).toBe(text);
  });
});

test("POST /hurry ends the pace of what is being answered", async () => {
  const response = await emulator.post({ body: chatBody("[[pace:400,1,0]]", { stream: true }) });
  await fetch(`${emulator.url}/hurry`, { method: "POST" });
  expect(textIn(eventsOf(await response.text()))).toMatch(/^FIRSTWORD.* ENDOFANSWER$/s);
});

describe("a client that goes away", () => {
  test("is counted, and its answer ends", async () => {
    const before = await emulator.stats();
    const abort = new AbortController();
    const body = chatBody("[[pace:900,20,0]]", { stream: true });
    const response = await emulator.post({ body, signal: abort.signal });
    await response.body?.getReader().read();
    await vi.waitFor(async () => expect((await emulator.stats()).active).toBe(1), { timeout: 15_000 });
    abort.abort();
    await vi.waitFor(async () => expect((await emulator.stats()).active).toBe(0), { timeout: 15_000 });
    const { aborted, last } = await emulator.stats();
    expect(aborted).toBe(before.aborted + 1);
    expect(last.at(-1)).toMatchObject({ aborted: true, closed: true, stream: true });
    expect(last.at(-1)?.piecesSent).toBeLessThan(900);
  });
});

describe("the statistics", () => {
  test("tell shapes and never contents", async () => {
    await emulator.ask(
      [
        { role: "system", content: "a very private instruction" },
        { role: "user", content: "a very private question" },
      ],
      { temperature: 0.5 },
    );
    const stats = await emulator.stats();
    expect(JSON.stringify(stats)).not.toContain("private");
    expect(stats.last.at(-1)).toMatchObject({
      path: "/v1/chat/completions",
      status: 200,
      messages: 2,
      roles: ["system", "user"],
      params: { temperature: 0.5, max_tokens: 1000 },
    });
  });

  test("start again after a reset", async () => {
    await emulator.ask("hello");
    await fetch(`${emulator.url}/reset`, { method: "POST" });
    expect(await emulator.stats()).toMatchObject({ seen: 0, aborted: 0, last: [] });
  });
});

test("without the switch there are no faults, scripts or statistics", async () => {
  const plain = await startForTest({ faults: false });
  try {
    const { status, json } = await plain.ask("[[fault:bad-gateway]] [[say:obeyed]]");
    expect(status).toBe(200);
    expect(json.choices[0]?.message.content).toContain("No model is connected");
    expect((await fetch(`${plain.url}/stats`)).status).toBe(404);
    const header = { "x-emulator-fault": "server-error" };
    expect((await plain.post({ body: chatBody("hello"), headers: header })).status).toBe(200);
  } finally {
    await plain.close();
  }
});
