import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { chatBody, startForTest } from "./testing.ts";

let emulator: Awaited<ReturnType<typeof startForTest>>;
beforeAll(async () => {
  emulator = await startForTest({ contextTokens: 2000, bodyLimitBytes: 100_000, maxImages: 2 });
});
afterAll(() => emulator.close());

const user = (content: unknown = "hello") => ({ role: "user", content });
const assistant = (content: unknown = "hello") => ({ role: "assistant", content });
const call = (id: string, name = "get_time") => ({
  id,
  type: "function",
  function: { name, arguments: "{}" },
});
const calls = (...list: object[]) => ({ role: "assistant", content: null, tool_calls: list });
const result = (id: string) => ({ role: "tool", tool_call_id: id, content: "12:00" });

const ALTERNATE =
  "After the optional system message, conversation roles must alternate user/assistant/user/assistant/...";
const COUNT = "Not the same number of function calls and responses";

describe("a conversation", () => {
  test.each<[string, object[], string]>([
    ["two questions in a row", [user(), user()], ALTERNATE],
    ["two answers in a row", [user(), assistant(), assistant(), user()], ALTERNATE],
    ["an answer first", [assistant(), user()], ALTERNATE],
    ["instructions later", [user(), { role: "system", content: "x" }, user()], ALTERNATE],
    ["a result without a call", [user(), assistant(), result("a1B2c3D4e")], ALTERNATE],
    [
      "a question after a result",
      [user(), calls(call("a1B2c3D4e")), result("a1B2c3D4e"), user()],
      "Unexpected role 'user' after role 'tool'",
    ],
    [
      "a call without its result",
      [user(), calls(call("a1B2c3D4e"), call("b1B2c3D4e")), result("a1B2c3D4e")],
      COUNT,
    ],
    ["calls that were stopped", [user(), calls(call("a1B2c3D4e")), user()], COUNT],
    [
      "a second result for a call",
      [user(), calls(call("a1B2c3D4e")), result("a1B2c3D4e"), result("a1B2c3D4e")],
      "Unexpected tool call id a1B2c3D4e in tool results",
    ],
    [
      "a long id",
      [user(), calls(call("call_1234")), result("call_1234")],
      "Tool call id was call_1234 but must be a-z, A-Z, 0-9, with a length of 9.",
    ],
    [
      "a name with a dot",
      [user(), calls(call("a1B2c3D4e", "a.b")), result("a1B2c3D4e")],
      "Function name was a.b but must be a-z, A-Z, 0-9, or contain underscores and dashes, with a maximum length of 64.",
    ],
    [
      "an empty answer",
      [user(), assistant(""), user()],
      "Assistant message must have either content or tool_calls",
    ],
    [
      "an answer at the end",
      [user(), assistant()],
      "Expected last role User or Tool (or Assistant with prefix True) for serving but got assistant",
    ],
    ["nothing at all", [], "Conversation must have at least one message"],
    [
      "a picture in an answer",
      [user(), assistant([{ type: "image_url", image_url: { url: "data:image/png;base64,AA==" } }]), user()],
      "Only text chunks are supported in assistant messages",
    ],
  ])("with %s is refused", async (_, messages, message) => {
    const { status, json } = await emulator.ask(messages);
    expect(status).toBe(400);
    expect(json.error).toEqual({ message, type: "BadRequestError", param: null, code: 400 });
  });

  test("with instructions, calls and their results in order is accepted", async () => {
    const { status } = await emulator.ask([
      { role: "system", content: "x" },
      user(),
      calls(call("a1B2c3D4e"), call("b1B2c3D4e")),
      result("b1B2c3D4e"),
      result("a1B2c3D4e"),
      assistant([{ type: "text", text: "noon" }]),
      user(),
    ]);
    expect(status).toBe(200);
  });
});

const tool = (name: string) => ({ type: "function", function: { name, parameters: {} } });

describe("a parameter", () => {
  test.each<[string, object, RegExp]>([
    [
      "129 tools",
      { tools: Array.from({ length: 129 }, (_, i) => tool(`t${i}`)) },
      /'tools': array too long.* 128,/,
    ],
    ["5 stop strings", { stop: ["a", "b", "c", "d", "e"] }, /'stop': array too long.* 4,/],
    ["a temperature below 0", { temperature: -0.1 }, /^temperature must be in \[0, 2\], got -0.1\.$/],
    ["a temperature above 2", { temperature: 2.1 }, /^temperature must be/],
    ["top_p 0", { top_p: 0 }, /^top_p must be in \(0, 1\], got 0\.$/],
    ["no tokens", { max_tokens: 0 }, /^max_tokens must be at least 1, got 0\.$/],
    ["many choices", { n: 128 }, /^n must be 1, got 128\.$/],
    ["a choice of no tools", { tool_choice: "auto" }, /`tools` must be set/],
    [
      "a choice of another tool",
      { tools: [tool("a")], tool_choice: { type: "function", function: { name: "b" } } },
      /does not match/,
    ],
    ["a wrong type", { temperature: "hot" }, /body\.temperature/],
    ["an unknown role", { messages: [{ role: "developer", content: "x" }] }, /body\.messages\.0\.role/],
  ])("of %s is refused", async (_, parameters, message) => {
    const { status, json } = await emulator.ask("hello", parameters as Record<string, unknown>);
    expect(status).toBe(400);
    expect(json.error.message).toMatch(message);
  });

  test("with 128 tools and 4 stop strings is accepted", async () => {
    const tools = Array.from({ length: 128 }, (_, i) => tool(`t${i}`));
    const wide = await startForTest();
    expect((await wide.ask("hello", { tools, stop: ["§", "$", "%", "&"] })).status).toBe(200);
    await wide.close();
  });
});

test("an unknown model is a 404", async () => {
  const { status, json } = await emulator.ask("hello", { model: "gpt-9" });
  expect(status).toBe(404);
  const message = "The model `gpt-9` does not exist.";
  expect(json.error).toEqual({ message, type: "NotFoundError", param: "model", code: 404 });
});

describe("the context", () => {
  test("is full of input", async () => {
    const { status, json } = await emulator.ask("x".repeat(9000), { max_tokens: 100 });
    expect(status).toBe(400);
    expect(json.error.message).toBe(
      "This model's maximum context length is 2000 tokens. However, your request has 2253 input tokens. Please reduce the length of the input messages. None",
    );
  });

  test("has no room for the output", async () => {
    const { json } = await emulator.ask("x".repeat(400), { max_tokens: 1900 });
    expect(json.error.message).toBe(
      "'max_tokens' or 'max_completion_tokens' is too large: 1900. This model's maximum context length is 2000 tokens and your request has 103 input tokens (1900 > 2000 - 103). None",
    );
  });
});

test("a body over the limit is a 413", async () => {
  const response = await emulator.post({ body: chatBody("x".repeat(100_001)) });
  expect(response.status).toBe(413);
  expect(await response.text()).toBe("Request Entity Too Large");
});

test.each([["{}"], ["null"], ["[]"], ["no json"], [`${"[".repeat(40_000)}${"]".repeat(40_000)}`]])(
  "a broken body (case %#) is a 400",
  async (body) => {
    expect((await emulator.post({ body })).status).toBe(400);
  },
);

test("another address is a 404", async () => {
  expect((await fetch(`${emulator.url}/v1/embeddings`, { method: "POST" })).status).toBe(404);
});

test("older servers answer in their own envelope", async () => {
  const older = await startForTest({ envelope: "vllm-old" });
  const { json } = await older.ask([assistant(), user()]);
  expect(json).toEqual({
    object: "error",
    message: ALTERNATE,
    type: "BadRequestError",
    param: null,
    code: 400,
  });
  await older.close();
});
