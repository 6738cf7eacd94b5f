import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startForTest, textIn } from "./testing.ts";

const tools = ["get_time", "search"].map((name) => ({
  type: "function",
  function: { name, description: "x", parameters: { type: "object" } },
}));

let emulator: Awaited<ReturnType<typeof startForTest>>;
beforeAll(async () => {
  emulator = await startForTest();
});
afterAll(() => emulator.close());

const user = (content: string) => ({ role: "user", content });

describe("a marker for an offered tool", () => {
  test("streams the call in pieces", async () => {
    const args = '{"zone":"Europe/Berlin","list":[[1,2]]}';
    const { events } = await emulator.stream(`What time? [[tool:get_time ${args}]]`, { tools });
    const deltas = events.flatMap((event) =>
      event === "[DONE]" ? [] : (event.choices?.[0]?.delta.tool_calls ?? []),
    );
    expect(deltas[0]).toEqual({
      index: 0,
      id: expect.stringMatching(/^[a-zA-Z0-9]{9}$/),
      function: { name: "get_time" },
    });
    expect(deltas.length).toBeGreaterThan(3);
    expect(deltas.map((delta) => delta.function.arguments ?? "").join("")).toBe(args);
    expect(events.at(-3)).toMatchObject({ choices: [{ finish_reason: "tool_calls" }] });
    expect(textIn(events)).toBe("");
  });

  test("makes several calls at once", async () => {
    const { json } = await emulator.ask('[[tool:search {"q":"a"}]] [[tool:get_time]]', { tools });
    const calls = json.choices[0]?.message.tool_calls ?? [];
    expect(calls.map((call) => call.function)).toEqual([
      { name: "search", arguments: '{"q":"a"}' },
      { name: "get_time", arguments: "{}" },
    ]);
    expect(new Set(calls.map((call) => call.id)).size).toBe(2);
    expect(json.choices[0]).toMatchObject({ message: { content: null }, finish_reason: "tool_calls" });
  });

  test("sends the raw text when its JSON is broken", async () => {
    const { json } = await emulator.ask("[[tool:search {broken]]", { tools });
    expect(json.choices[0]?.message.content).toBe('[TOOL_CALLS][{"name": "search", "arguments": {broken}]');
    expect(json.choices[0]?.message.tool_calls).toBeUndefined();
  });
});

test.each([
  ["tools are not offered", {}],
  ["the tool is another", { tools: [tools[1]] }],
  ["tools are switched off", { tools, tool_choice: "none" }],
])("a marker does nothing when %s", async (_, more) => {
  const { json } = await emulator.ask("[[tool:get_time]] please", more);
  expect(json.choices[0]?.message.tool_calls).toBeUndefined();
  expect(json.choices[0]?.message.content).toContain("No model is connected");
});

test.each([
  ["required", "get_time"],
  [{ type: "function", function: { name: "search" } }, "search"],
])("a forced choice calls its tool: %j", async (tool_choice, name) => {
  const { json } = await emulator.ask("hello", { tools, tool_choice });
  expect(json.choices[0]?.message.tool_calls).toMatchObject([{ type: "function", function: { name } }]);
});

describe("after the result", () => {
  const conversation = (content: string) => [
    user(content),
    {
      role: "assistant",
      content: null,
      tool_calls: [{ id: "a1B2c3D4e", type: "function", function: { name: "get_time", arguments: "{}" } }],
    },
    { role: "tool", tool_call_id: "a1B2c3D4e", content: "It is ``` 12:34" },
  ];

  test("the answer quotes it", async () => {
    const { json } = await emulator.ask(conversation("[[tool:get_time]]"), { tools });
    expect(json.choices[0]?.message.content).toContain(
      "The tool `get_time` answered:\n\n````\nIt is ``` 12:34\n````",
    );
  });

  test("a tool can be called again without end", async () => {
    const { json } = await emulator.ask(conversation("[[tool-again:get_time]]"), { tools });
    expect(json.choices[0]?.finish_reason).toBe("tool_calls");
  });

  test("a scripted text follows", async () => {
    const { json } = await emulator.ask(conversation("[[tool:get_time]] [[say:noon]]"), { tools });
    expect(json.choices[0]?.message.content).toBe("noon");
  });
});
