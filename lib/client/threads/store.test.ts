import { describe, expect, it, test, vi } from "vitest";
import type { Message } from "@/lib/messages/message";
import type { ThreadStart } from "@/lib/threads/thread";
import { ThreadStore } from "./store";

const message = (ordinal: number, more: Partial<Message> = {}): Message => ({
  id: `m${ordinal}`,
  parentId: ordinal === 1 ? null : `m${ordinal - 1}`,
  role: ordinal % 2 === 1 ? "user" : "assistant",
  parts: [{ type: "text", text: `Number ${ordinal}` }],
  status: "complete",
  failure: null,
  ordinal,
  createdAt: "2026-01-01T00:00:00.000Z",
  generationId: null,
  usage: null,
  ...more,
});

/** Ten messages of which the last three have been brought. */
const start = (): ThreadStart => ({
  id: "t",
  title: "Long",
  lastActivityAt: "2026-01-01T00:00:00.000Z",
  running: false,
  headMessageId: "m10",
  messageCount: 10,
  model: null,
  queue: [],
  messages: [8, 9, 10].map((ordinal) => message(ordinal)),
  outline: [1, 2, 3, 4, 5, 6, 7].map((ordinal) => {
    const { id, parentId } = message(ordinal);
    return { id, parentId, ordinal };
  }),
});

test("an answer whose end came before its beginning was confirmed stands before those that are asked for later", () => {
  const store = new ThreadStore("t");
  const unknown = Number.MAX_SAFE_INTEGER;
  store.add(message(1), { ...message(2), status: "running", ordinal: unknown });
  store.change("m2", { status: "complete" });
  store.confirm(message(2, { status: "running", parts: [] }));
  store.add({ ...message(3), id: "again", parentId: "m1", role: "assistant", ordinal: unknown });
  store.confirm({ ...message(3), id: "again", parentId: "m1", role: "assistant" });
  expect(store.view.siblings.get("again")).toMatchObject({ position: 2, count: 2 });
  expect(store.message("m2")?.parts).toEqual([{ type: "text", text: "Number 2" }]);
});

test("an answer that another device goes on with is being written again, whatever was known of it", () => {
  const store = new ThreadStore("t");
  const { outline: _, ...detail } = start();
  const read = (more: Partial<Message>) =>
    store.hydrate({ ...detail, messages: [message(9), message(10, more)] });
  read({ status: "stopped", generationId: "first" });
  read({ status: "running", generationId: "second" });
  expect(store.view.runningId).toBe("m10");
  expect(store.message("m10")?.generationId).toBe("second");
  // Its word that broke off is written anew, so that what is here may be further than what is there.
  read({ status: "running", generationId: "third", parts: [{ type: "text", text: "Number" }] });
  expect(store.message("m10")?.parts).toEqual([{ type: "text", text: "Number" }]);
});

describe("text that comes in a burst", () => {
  const text = Array.from({ length: 1_300 }, (_, index) => `word${index} `).join("");
  const end = { type: "end", sequence: 3, status: "complete", failure: null, usage: null } as const;

  /** A store with an answer that all of this text has come for in one moment, and how long it was each time. */
  function burst() {
    const store = new ThreadStore("t");
    store.add(message(1), { ...message(2), parts: [], status: "running" });
    const lengths: number[] = [];
    const shown = () => {
      const part = store.message("m2")?.parts[0];
      return part?.type === "text" ? part.text : "";
    };
    store.onMessage("m2", () => lengths.push(shown().length));
    store.apply("m2", { type: "text", sequence: 1, delta: "First " });
    store.apply("m2", { type: "text", sequence: 2, delta: text });
    return { store, lengths, shown };
  }

  it("is drawn over some frames, whole and in order, and has ended only then", async () => {
    const { store, lengths, shown } = burst();
    store.apply("m2", end);
    expect(store.message("m2")?.status).toBe("running");
    await vi.waitFor(() => expect(store.message("m2")?.status).toBe("complete"), { timeout: 10_000 });
    expect(shown()).toBe(`First ${text}`);
    const steps = lengths.map((length, index) => length - (lengths[index - 1] ?? 0));
    expect(Math.max(...steps)).toBeLessThanOrEqual(1_000);
    expect(Math.min(...steps)).toBeGreaterThanOrEqual(0);
  });

  it("is not doubled when the whole answer comes in another way meanwhile", async () => {
    const { store, shown } = burst();
    store.apply("m2", end);
    const whole = `First ${text}`;
    store.confirm(message(1), message(2, { parts: [{ type: "text", text: whole }] }));
    store.add(message(3), { ...message(4), parts: [], status: "running" });
    store.apply("m4", { type: "text", sequence: 1, delta: "a" });
    store.apply("m4", { type: "text", sequence: 2, delta: "b" });
    await vi.waitFor(() => expect(store.message("m4")?.parts).toEqual([{ type: "text", text: "ab" }]));
    expect(shown()).toBe(whole);
    expect(store.message("m2")?.status).toBe("complete");
  });
});

describe("a thread of which only the end has been brought", () => {
  it("has its whole path, and tells what is missing, the nearest first", () => {
    const store = new ThreadStore("t");
    store.hydrate(start());
    expect(store.view.path).toHaveLength(10);
    expect(store.view.from).toBe(7);
    expect(store.lacking(3)).toEqual(["m5", "m6", "m7"]);
    store.bring([5, 6, 7].map((ordinal) => message(ordinal)));
    expect(store.view.from).toBe(4);
    expect(store.lacking(9)).toEqual(["m1", "m2", "m3", "m4"]);
  });

  it("keeps what was brought when its page comes again", () => {
    const store = new ThreadStore("t");
    store.hydrate(start());
    store.bring([5, 6, 7].map((ordinal) => message(ordinal)));
    store.hydrate(start());
    expect(store.view.from).toBe(4);
    expect(store.message("m6")?.parts).toEqual([{ type: "text", text: "Number 6" }]);
  });

  it("brings an answer again that was being written when it was last seen", () => {
    const store = new ThreadStore("t");
    store.hydrate(start());
    store.bring([message(7, { status: "running", parts: [] })]);
    store.hydrate(start());
    expect(store.lacking(1)).toEqual(["m7"]);
  });

  it("goes on at its end, and loses nothing of what is on its way", () => {
    const store = new ThreadStore("t");
    store.hydrate(start());
    store.add({ ...message(11), delivery: "sending" });
    store.hydrate(start());
    expect(store.view.path.at(-1)).toBe("m11");
    expect(store.view.from).toBe(7);
  });

  it("is whole once it has been read whole", () => {
    const store = new ThreadStore("t");
    store.hydrate(start());
    const { outline: _, ...detail } = start();
    store.hydrate({ ...detail, messages: Array.from({ length: 10 }, (_, index) => message(index + 1)) });
    expect(store.view.from).toBe(0);
    expect(store.lacking(5)).toEqual([]);
  });
});
