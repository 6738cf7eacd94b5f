import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { chatBody, startForTest } from "./emulator/testing";
import { UpstreamFailure } from "./failure";
import { streamed } from "./stream";
import { type CallLimits, callLimits } from "./watchdog";
import type { WireEvent } from "./wire";

let emulator: Awaited<ReturnType<typeof startForTest>>;
beforeAll(async () => {
  emulator = await startForTest();
});
afterAll(() => emulator.close());

async function stream(
  question: string,
  limits: Partial<CallLimits> = {},
  signal = new AbortController().signal,
  seen: (event: WireEvent) => void = () => {},
) {
  const events: WireEvent[] = [];
  const body = JSON.stringify(chatBody(question, { stream: true, stream_options: { include_usage: true } }));
  const post = {
    url: `${emulator.url}/v1/chat/completions`,
    headers: { "content-type": "application/json" },
    body,
  };
  let thrown: unknown;
  await streamed(post, { ...callLimits(), ...limits }, signal, (event) => {
    events.push(event);
    seen(event);
  }).catch((error: unknown) => {
    thrown = error;
  });
  const text = events.map((event) => (event.type === "text" ? event.text : "")).join("");
  const code = thrown instanceof UpstreamFailure ? thrown.failure.code : thrown;
  return { text, code, types: events.map(({ type }) => type) };
}

const active = async () => (await emulator.stats()).active;

describe("a streamed answer", () => {
  it("is whole, with its usage and one end", async () => {
    const { text, code, types } = await stream("[[say:Grüße, 世界]]");
    expect({ text, code }).toEqual({ text: "Grüße, 世界", code: undefined });
    expect(types.filter((type) => type !== "text")).toEqual(["finish", "usage", "done"]);
  });

  it("threat 59: closes the upstream's connection when it is given up, and keeps what came", async () => {
    const stop = new AbortController();
    const reason = new Error("enough");
    const { text, code } = await stream("[[pace:2000,50,0]]", {}, stop.signal, () => stop.abort(reason));
    expect(code).toBe(reason);
    expect(text).toContain("FIRSTWORD");
    await vi.waitFor(async () => expect(await active()).toBe(0));
  });

  it("asks nothing when it is given up before", async () => {
    const before = (await emulator.stats()).seen;
    expect((await stream("[[say:x]]", {}, AbortSignal.abort("late"))).code).toBe("late");
    expect((await emulator.stats()).seen).toBe(before);
  });

  it.each<[string, string, Partial<CallLimits>]>([
    ["no-first-token", "[[fault:slow-first-byte:5000]] [[say:x]]", { firstEventMs: 100 }],
    ["no-first-token", "[[fault:keepalive-only:20]] [[say:x]]", { firstEventMs: 200 }],
    ["silent", "[[fault:silence]] [[say:one two three four five six seven]]", { silenceMs: 200 }],
    ["too-long", "[[pace:2000,50,0]]", { totalMs: 300 }],
    ["too-long", "[[fault:huge]]", { totalBytes: 50_000 }],
    ["cut-off", "[[fault:reset-in-middle]] [[say:one two three four]]", {}],
    ["upstream-unreachable", "[[fault:reset]] [[say:x]]", {}],
    ["upstream-garbled", "[[fault:html-200]] [[say:x]]", {}],
  ])("threat 66: ends with %s for %s, and leaks no connection", async (code, question, limits) => {
    expect((await stream(question, limits)).code).toBe(code);
    await vi.waitFor(async () => expect(await active()).toBe(0));
  });
});
