import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startForTest } from "../testing.ts";

let emulator: Awaited<ReturnType<typeof startForTest>>;
beforeAll(async () => {
  emulator = await startForTest({ faults: false });
});
afterAll(() => emulator.close());

async function answer(messages: string | object[], more = {}): Promise<string> {
  const { json } = await emulator.ask(messages, more);
  return json.choices[0]?.message.content ?? "";
}

describe("the demo's answer", () => {
  test.each([
    ["How tall is the Eiffel Tower?", "a question", "**6 words**"],
    ["Hello!", "a greeting", "**1 word**"],
    ["Please translate this into French: good day", "a request to translate", "**7 words**"],
  ])("to %j says what arrived and answers nothing", async (question, kind, words) => {
    const text = await answer(question);
    expect(text).toContain("**No model is connected.**");
    expect(text).toContain(kind);
    expect(text).toContain(words);
    expect(text).toContain("IONOS_API_TOKEN");
    expect(text).not.toMatch(/\d{3} ?m\b|bonjour/i);
  });

  test.each([
    ["Wie hoch ist der Eiffelturm?", "eine Frage", "**5 Wörter**"],
    ["Hallo", "eine Begrüßung", "**1 Wort**"],
    ["Fasse diesen Text bitte zusammen", "eine Bitte um eine Zusammenfassung", "**5 Wörter**"],
  ])("to %j is German", async (question, kind, words) => {
    const text = await answer(question);
    expect(text).toContain("**Es ist kein Modell verbunden.**");
    expect(text).toContain(kind);
    expect(text).toContain(words);
  });

  test("is a table when a table is asked for", async () => {
    expect(await answer("Show me a table of cities")).toMatch(
      /\| Received \| Value \|\n\| :--- \| ---: \|\n\| Your/,
    );
    expect(await answer("Zeige mir eine Tabelle")).toContain("| Empfangen | Wert |");
  });

  test("counts documents, and takes their words for nobody's question", async () => {
    const id = "1b4e28ba-2fa1-41d2-883f-0016d3cca427";
    const document = `<<<document ${id} "Brief.txt", pages 1 to 1 of 1.\nWie hoch ist das?\nend of document ${id}>>>`;
    const text = await answer(`${document}\n\nHow tall is it?`);
    expect(text).toContain("**4 words**");
    expect(text).toContain("Documents in it: **1**");
  });

  test("is code when code is asked for", async () => {
    const text = await answer("Write a function in Python");
    const json = /```json\n([\s\S]+?)\n```/.exec(text)?.[1] ?? "";
    expect(JSON.parse(json)).toMatchObject({ kind: "code", words: 5, messages: 1, images: 0 });
  });

  test("is of a readable length and gets shorter later", async () => {
    const first = await answer("What is the capital of Peru?");
    const turn = { role: "user", content: "And of Chile?" };
    const second = await answer([turn, { role: "assistant", content: first }, turn]);
    const words = (text: string) => text.split(/\s+/).length;
    expect(words(first)).toBeGreaterThan(60);
    expect(words(first)).toBeLessThan(150);
    expect(words(second)).toBeLessThan(words(first));
    expect(second).toContain("3 messages");
  });

  test("is JSON when JSON is asked for", async () => {
    const text = await answer("What is it?", { response_format: { type: "json_object" } });
    expect(JSON.parse(text)).toMatchObject({ demo: true, model: null });
  });
});

describe("a title", () => {
  const system = { role: "system", content: "Write a short title for this conversation." };

  test.each([
    ["how do I repot a large monstera without hurting it?", "How do I repot a large"],
    ["[[fault:silence]] # **Plan** for *Monday*", "Plan for Monday"],
    ["User: rate my garden", "Rate my garden"],
  ])("of %j is its first words", async (content, title) => {
    expect(await answer([system, { role: "user", content }])).toBe(title);
  });

  test.each([
    ["Write a short title.", "Conversation"],
    ["Schreibe einen kurzen Titel für das Gespräch.", "Gespräch"],
  ])("of a conversation without words (%s) is %s", async (content, title) => {
    expect(
      await answer([
        { role: "system", content },
        { role: "user", content: "?!" },
      ]),
    ).toBe(title);
  });

  test("is asked for by a small limit, too", async () => {
    const terse = { role: "system", content: "Title, 5 words, no quotes." };
    const user = { role: "user", content: "hello world" };
    expect(await answer([terse, user], { max_tokens: 32 })).toBe("Hello world");
    expect(await answer([terse, user], { max_tokens: 1000 })).toContain("No model is connected");
  });
});
