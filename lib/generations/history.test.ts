import fc from "fast-check";
import { expect, test, vi } from "vitest";
import { checkConversation } from "@/lib/ionos/emulator/conversation";
import { type ChatMessage, parseChatRequest, textOf as saidIn } from "@/lib/ionos/emulator/request";
import { postOf } from "@/lib/ionos/request";
import { isContinuable, type Message, type Part, textOf } from "@/lib/messages/message";
import { pathTo, without } from "@/lib/messages/tree";
import { begunOf, withGoOn } from "./continuing";
import { legalHistory, modelMessages, type Turn } from "./prompt";

vi.mock("@/lib/images/queries", () => ({
  readImage: async () => ({ bytes: new Uint8Array([1, 2, 3]), contentType: "image/png" }),
}));
vi.mock("@/lib/documents/queries", () => ({ pageTexts: async () => ["A page."] }));

const HISTORIES = 10_000;

/** What a person, the model, or an accident does to a thread; `pick` chooses the message that it happens to. */
const step = fc.record({
  what: fc.constantFrom("ask", "ask", "ask", "edit", "retry", "continue", "remove", "join", "fork"),
  pick: fc.nat(1_000),
  text: fc.constantFrom("Why?", "And then?", "  padded  ", "水 🛥️", "[[fault:x]]"),
  picture: fc.boolean(),
  document: fc.boolean(),
  said: fc.constantFrom("", "", " \n", "An answer.", "Half an ans", "# Title\n\n- a\n- b"),
  status: fc.constantFrom("complete", "stopped", "failed", "interrupted"),
  calls: fc.array(
    fc.record({
      id: fc.constantFrom("a1B2c3D4e", "call_0123456789", "", "z9Y8x7W6v"),
      name: fc.constantFrom("get_weather", "réservé !", "x".repeat(90)),
      result: fc.constantFrom("12 °C", "", null),
    }),
    { maxLength: 3 },
  ),
  /** After the calls; empty: broken off before. */
  more: fc.constantFrom("", "\n", "So it is cold."),
} as const);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

type Tree = Map<string, Message>;

test(`threat 67: of ${HISTORIES} random histories the strict validator refuses none, and each ends in the question`, async () => {
  const property = fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 14 }), async (steps) => {
    const tree = steps.reduce(after, new Map() as Tree);
    const questions = [...tree.values()].filter(({ role }) => role === "user");
    for (const question of questions.slice(-3)) {
      const messages = await conversation(legalHistory(pathTo(tree, question.id)));
      expect(messages.at(-1)?.role).toBe("user");
      expect(saidIn(messages.at(-1) as never)).toContain(textOf(question).trim());
      expect(messages.filter(({ role }) => role === "tool")).toHaveLength(callsIn(messages));
    }
    for (const answer of [...tree.values()].filter(isContinuable).slice(-2)) {
      const question = tree.get(answer.parentId ?? "");
      if (question?.role !== "user") continue;
      const turns = legalHistory(pathTo(tree, question.id));
      await conversation(withGoOn(turns, begunOf(answer.parts).kept));
    }
  });
  await fc.assert(property, { numRuns: HISTORIES });
}, 240_000);

/** The messages as they go over the wire, after the validator has taken them. */
async function conversation(turns: Turn[]) {
  const { body } = await postOf({
    personId: "somebody",
    kind: "chat",
    model: "mistral",
    instructions: "Be brief.",
    messages: await modelMessages({ id: "somebody", role: "member" }, turns),
    temperature: 0.7,
    topP: null,
    maxTokens: 1_000,
    signal: new AbortController().signal,
  });
  const { messages } = parseChatRequest(body);
  checkConversation(messages);
  return messages;
}

test("threat 67: an interrupted call of a tool goes out with a result, and with words before the next question", async () => {
  const call = {
    type: "tool",
    callId: "toolu_1",
    name: "get weather",
    input: { city: "Kiel" },
    result: null,
  } as const;
  const messages = await conversation([
    { role: "user", parts: said("Is it cold?") },
    { role: "assistant", parts: [...said("Let me look."), call] },
    { role: "user", parts: said("Well?") },
  ]);
  expect(messages.map(({ role }) => role)).toEqual([
    "system",
    "user",
    "assistant",
    "tool",
    "assistant",
    "user",
  ]);
  const made = messages[2]?.tool_calls?.[0];
  expect(made?.function).toEqual({ name: "get_weather", arguments: '{"city":"Kiel"}' });
  expect(messages[3]).toMatchObject({
    tool_call_id: made?.id,
    content: expect.stringContaining("interrupted"),
  });
});

const callsIn = (messages: ChatMessage[]): number =>
  messages.reduce((sum, { tool_calls }) => sum + (tool_calls?.length ?? 0), 0);

/** The tree after a step; one that does not fit the message it would happen to changes nothing. */
function after(tree: Tree, did: Step): Tree {
  const all = [...tree.values()];
  const chosen = all[did.pick % Math.max(1, all.length)];
  if (did.what === "ask") return asked(tree, did, chosen?.id ?? null);
  if (!chosen) return tree;
  const { id, role, parentId } = chosen;
  switch (did.what) {
    case "edit":
      return role === "user" ? asked(tree, did, parentId) : tree;
    case "retry":
      return role === "user" ? grown(tree, answer(tree, did, id)) : tree;
    case "continue":
      return isContinuable(chosen)
        ? grown(tree, {
            ...chosen,
            status: did.status,
            parts: said(`${begunOf(chosen.parts).kept}${did.said}`),
          })
        : tree;
    case "remove":
      return without(tree, id, "removed").nodes;
    case "join":
      return without(tree, id, "joined").nodes;
    case "fork":
      return new Map(pathTo(tree, id).map((message) => [message.id, message]));
  }
}

function asked(tree: Tree, did: Step, parentId: string | null): Tree {
  const parts: Part[] = said(did.text);
  if (did.picture)
    parts.unshift({ type: "image", imageId: "i", name: "i.png", width: 8, height: 8, tokens: 2 });
  if (did.document) parts.unshift(DOCUMENT);
  const question = message(tree, { role: "user", parentId, parts });
  const more = grown(tree, question);
  return grown(more, answer(more, did, question.id));
}

function answer(tree: Tree, { said: text, status, calls, more }: Step, parentId: string): Message {
  const called = calls.map(
    ({ id, ...call }): Part => ({ type: "tool", callId: id, input: { city: "Kiel" }, ...call }),
  );
  const parts = [...(text === "" ? [] : said(text)), ...called, ...(more === "" ? [] : said(more))];
  return message(tree, { role: "assistant", parentId, parts, status });
}

let made = 0;
const message = (tree: Tree, rest: Partial<Message>): Message => ({
  id: `m${made++}`,
  parentId: null,
  role: "user",
  parts: [],
  status: "complete",
  failure: null,
  ordinal: tree.size + 1,
  createdAt: "",
  generationId: null,
  usage: null,
  ...rest,
});

const grown = (tree: Tree, one: Message): Tree => new Map(tree).set(one.id, one);
const said = (text: string): Part[] => [{ type: "text", text }];
const DOCUMENT: Part = {
  type: "document",
  documentId: "d",
  name: "d.pdf",
  contentType: "application/pdf",
  pages: 3,
  firstPage: 1,
  lastPage: 1,
  tokens: 4,
};
