import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { SendMessageInput } from "@/lib/messages/schema";
import { broughtOf, dropBrought, keepBrought } from "../drafts/brought";
import { enqueue } from "./enqueue";
import { ThreadRegistry } from "./registry";
import { resend, send, takeBack } from "./sending";

const threads = new ThreadRegistry();
const list = { get: () => undefined, put: () => {} };
vi.mock("../stores", () => ({ browserStores: () => ({ threads, list, personId: "ada" }) }));
vi.mock("../live", () => ({ live: { watch: () => {}, leave: () => {} } }));
const bringing = vi.hoisted(() => ({ image: vi.fn(), document: vi.fn() }));
vi.mock("../images/prepare", () => ({ prepareImage: async (file: File) => file }));
vi.mock("../images/upload", () => ({ uploadImage: bringing.image }));
vi.mock("../documents/upload", () => ({ uploadDocument: bringing.document }));

const DOG = { id: "dog", name: "dog.png", width: 10, height: 10, tokens: 2 };
const BOOK = {
  type: "document" as const,
  documentId: "book",
  name: "book.pdf",
  contentType: "application/pdf",
  pages: 3,
  firstPage: 2,
  lastPage: 3,
  tokens: 50,
};
const draft = { text: "What is it?", images: [DOG], documents: [BOOK] };
const bytes = { source: new Blob(["x"], { type: "image/png" }), at: Date.now() };

/** What the server has of pictures and documents, and the questions that it was asked. */
let there: Set<string>;
let asked: SendMessageInput[];
let threadId: string;
beforeEach(() => {
  threadId = crypto.randomUUID();
  there = new Set(["dog", "book"]);
  asked = [];
  keepBrought("dog", bytes);
  keepBrought("book", bytes);
  bringing.image.mockImplementation(async (file: File) => {
    there.add("dog again");
    return { ...DOG, id: "dog again", name: file.name };
  });
  bringing.document.mockImplementation(async (file: File) => {
    there.add("book again");
    return { ...BOOK, id: "book again", name: file.name, pageTokens: [10, 20, 30] };
  });
  vi.stubGlobal("fetch", async (path: string, { body }: { body?: string }) => {
    const [, , , id = ""] = decodeURI(path).split("/");
    if (body === undefined) return answer(there.has(id) ? 200 : 404);
    const input: SendMessageInput = JSON.parse(body);
    asked.push(input);
    const ids = [...input.imageIds, ...input.documents.map(({ documentId }) => documentId)];
    return answer(ids.every((id) => there.has(id)) ? 202 : 404, acceptedOf(input));
  });
});
afterEach(() => {
  dropBrought("dog", "book", "dog again", "book again");
  vi.clearAllMocks();
});

const answer = (status: number, body: object = {}) =>
  Response.json(status === 404 ? { error: { code: "not-found" } } : body, { status });

const acceptedOf = (input: SendMessageInput) => {
  const store = threads.of(threadId);
  const accepted = (id: string) => ({ ...store.message(id), delivery: undefined });
  const thread = { id: threadId, title: "", lastActivityAt: "2026-01-01T00:00:00.000Z" };
  return { thread, message: accepted(input.messageId), answer: accepted(input.answerId) };
};

const question = () => threads.of(threadId).message(threads.of(threadId).view.path[0] ?? "");
const delivered = () => vi.waitFor(() => expect(question()?.delivery).toBeUndefined());
const refused = () => vi.waitFor(() => expect(question()?.delivery).toBe("unsent"));

test("a question whose picture and document the server has given up brings them again, with the chosen pages, and is sent", async () => {
  there.clear();
  send(threadId, draft);
  await delivered();
  expect(asked).toHaveLength(2);
  expect(asked[1]).toMatchObject({
    messageId: asked[0]?.messageId,
    imageIds: ["dog again"],
    documents: [{ documentId: "book again", firstPage: 2, lastPage: 3 }],
  });
  expect(question()?.parts).toMatchObject([{ imageId: "dog again" }, { documentId: "book again" }, {}]);
  // Nobody needs the bytes any more.
  expect(["dog", "book", "dog again", "book again"].map(broughtOf)).toEqual(Array(4).fill(undefined));
});

test("only what is gone is brought again", async () => {
  there.delete("book");
  send(threadId, draft);
  await delivered();
  expect(asked[1]).toMatchObject({ imageIds: ["dog"], documents: [{ documentId: "book again" }] });
  expect(bringing.image).not.toHaveBeenCalled();
});

test("where it cannot be brought just now, it can be tried again until it can", async () => {
  there.delete("dog");
  bringing.image.mockRejectedValueOnce(new TypeError("no line"));
  send(threadId, draft);
  await refused();
  const id = question()?.id ?? "";
  resend(threadId, id);
  await delivered();
  expect(question()?.id).toBe(id);
  expect(asked.at(-1)?.imageIds).toEqual(["dog again"]);
});

test("what nobody has any more is said to be gone; taken back, the question has its words still", async () => {
  there.delete("dog");
  dropBrought("dog");
  send(threadId, draft);
  await refused();
  expect(question()?.problem).toMatchObject({ code: "not-found" });
  expect(takeBack(threadId, question()?.id ?? "")).toMatchObject({ text: "What is it?", images: [DOG] });
});

test("a question on its way behind an answer is unsent until the server has it, or has refused it", async () => {
  const unsent = () => threads.of(threadId).unsent();
  const way = enqueue(threadId, draft);
  expect(unsent()).toMatchObject([{ draft }]);
  const id = unsent()[0]?.messageId;
  await way;
  expect(asked[0]?.messageId).toBe(id);
  expect(unsent()).toEqual([]);

  vi.stubGlobal("fetch", () => Promise.reject(new TypeError("offline")));
  const refused = enqueue(threadId, draft);
  expect(unsent()).toHaveLength(1);
  await expect(refused).rejects.toThrow("offline");
  expect(unsent()).toEqual([]);
});

test("a question whose way into the queue was confirmed in vain is put there once, by the same ids", async () => {
  const there = fetch;
  const lost = vi.fn(async (path: string, init: RequestInit) => {
    await there(path, init);
    vi.stubGlobal("fetch", there);
    throw new TypeError("the connection broke");
  });
  vi.stubGlobal("fetch", lost);
  await enqueue(threadId, draft);
  expect(lost).toHaveBeenCalledOnce();
  expect(asked).toHaveLength(2);
  expect(asked[1]).toEqual(asked[0]);
  expect(threads.of(threadId).queue).toHaveLength(1);
});

test("a question that waits behind an answer brings again what the server has given up", async () => {
  there.clear();
  await enqueue(threadId, draft);
  expect(asked.at(-1)).toMatchObject({ imageIds: ["dog again"], documents: [{ documentId: "book again" }] });
  expect(threads.of(threadId).queue).toHaveLength(1);
});
