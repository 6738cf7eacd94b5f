import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { ThreadDetail } from "@/lib/threads/thread";
import type { ClientMessage } from "../threads";
import { ThreadRegistry } from "../threads/registry";
import { broughtOf, dropBrought, keepBrought } from "./brought";
import { type Keepable, keepDraft } from "./keeper";
import type { KeptDraft } from "./kept";

let threads: ThreadRegistry;
vi.mock("../stores", () => ({ browserStores: () => ({ threads, personId: "ada" }) }));
/** What this browser keeps, by place. */
const kept = vi.hoisted(() => new Map<string, KeptDraft>());
vi.mock("./kept", () => ({
  readDraft: async (_: string, place: string) => kept.get(place),
  writeDraft: async (_: string, place: string, draft: KeptDraft) => void kept.set(place, draft),
  removeDraft: async (_: string, place: string) => void kept.delete(place),
  removeOldDrafts: async () => {},
}));

beforeEach(() => {
  threads = new ThreadRegistry();
  kept.clear();
  vi.stubGlobal("fetch", () => Promise.reject(new TypeError("offline")));
});
afterEach(() => dropBrought("dog"));

const unsent: ClientMessage = {
  id: "question",
  parentId: null,
  role: "user",
  parts: [{ type: "image", imageId: "dog", name: "dog.png", width: 10, height: 10, tokens: 2 }],
  status: "complete",
  failure: null,
  ordinal: 1,
  createdAt: "2026-01-01T00:00:00.000Z",
  generationId: null,
  usage: null,
  delivery: "unsent",
};
const NOTHING: ThreadDetail = {
  id: "t",
  title: "",
  lastActivityAt: "2026-01-01T00:00:00.000Z",
  running: false,
  headMessageId: null,
  messageCount: 0,
  model: null,
  messages: [],
  queue: [],
};
const composer = (restore: Keepable["restore"] = () => {}): Keepable => ({
  subscribe: () => () => {},
  kept: () => ({ text: "", pictures: [], documents: [] }),
  takeKept: () => {},
  restore,
});

test("a question that was not sent is kept with its picture's bytes, which are there when it is taken back after a reload", async () => {
  const dog = { source: new Blob(["x"], { type: "image/png" }), at: 1_000 };
  keepBrought("dog", dog);
  threads.of("t").add(unsent);
  keepDraft("t", composer());
  await vi.waitFor(() => expect(kept.get("new")?.unsent).toMatchObject([{ brought: [["dog", dog]] }]));

  // The next page knows only what was kept.
  threads = new ThreadRegistry();
  dropBrought("dog");
  let found: unknown;
  keepDraft(
    "other",
    composer(() => (found = broughtOf("dog"))),
  );
  await vi.waitFor(() => expect(found).toEqual(dog));
});

test("what a question is being changed into is kept until it is sent or given up, and is there after a reload", async () => {
  threads.of("t").hydrate(NOTHING);
  keepDraft("t", composer());
  threads.of("t").edits.set("question", "Better");
  await vi.waitFor(() => expect(kept.get("t")?.edits).toEqual([["question", "Better"]]));

  threads = new ThreadRegistry();
  threads.of("t").hydrate(NOTHING);
  keepDraft("t", composer());
  await vi.waitFor(() => expect(threads.of("t").edits.get("question")).toBe("Better"));
  threads.of("t").edits.set("question", null);
  await vi.waitFor(() => expect(kept.has("t")).toBe(false));
});

test("one that waits on the server behind an answer is not taken back: only the answer to it was lost", async () => {
  const draft = { text: "Look", images: [], documents: [] };
  const unsent = [
    { threadId: "t", messageId: "waiting", draft },
    { threadId: "t", messageId: "lost", draft: { ...draft, text: "Lost" } },
  ];
  kept.set("new", { text: "", pictures: [], documents: [], unsent, savedAt: Date.now() });
  vi.stubGlobal("fetch", async () => Response.json({ messages: [], queue: [{ id: "waiting" }] }));
  const restored = vi.fn();
  keepDraft("another", composer(restored));
  await vi.waitFor(() => expect(restored).toHaveBeenCalledWith({ ...draft, text: "Lost" }));
  expect(restored).toHaveBeenCalledTimes(1);
});

test("one that an earlier version kept, without the bytes, comes back all the same", async () => {
  const draft = { text: "Look", images: [], documents: [] };
  kept.set("new", {
    text: "",
    pictures: [],
    documents: [],
    unsent: [{ threadId: "t", messageId: "former", draft }],
    savedAt: Date.now(),
  });
  const restored = vi.fn();
  keepDraft("another", composer(restored));
  await vi.waitFor(() => expect(restored).toHaveBeenCalledWith(draft));
});
