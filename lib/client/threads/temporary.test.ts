import { expect, onTestFinished, test, vi } from "vitest";
import type { GenerationEvent } from "@/lib/generations/schema";
import { textOf } from "@/lib/messages/message";
import { enqueue } from "./enqueue";
import { ThreadRegistry } from "./registry";
import { goOn, send } from "./sending";

const threads = new ThreadRegistry();
vi.mock("../stores", () => ({ browserStores: () => ({ threads, personId: "ada" }) }));
vi.mock("../live", () => ({ live: { watch: () => {}, leave: () => {} } }));

const draft = (text: string) => ({ text, images: [], documents: [] });
const usage = (outputTokens: number) => ({
  inputTokens: 1,
  outputTokens,
  imageTokens: 0,
  source: "reported" as const,
  durationMs: 1,
  firstTokenMs: 1,
  model: "m",
});

/** A temporary conversation whose answers come from the network all at once, as through a proxy that holds them back. */
function conversation(...answers: GenerationEvent[][]) {
  const store = threads.of(crypto.randomUUID());
  store.temporary = true;
  const asked: { role: string; text: string }[][] = [];
  const fetched = vi.fn(async (_path: string, { body }: { body: FormData }) => {
    asked.push(JSON.parse(String(body.get("conversation"))).messages);
    const events = answers.shift() ?? [];
    return new Response(events.map((event) => `${JSON.stringify(event)}\n`).join(""));
  });
  vi.stubGlobal("fetch", fetched);
  onTestFinished(() => void vi.unstubAllGlobals());
  const last = () => store.message(store.view.path.at(-1) ?? "");
  const said = () => textOf(last() ?? { parts: [] });
  return { store, asked, last, said };
}

const end = (status: "complete" | "failed", sequence: number): GenerationEvent => ({
  type: "end",
  sequence,
  status,
  failure: status === "failed" ? { code: "cut-off" } : null,
  usage: usage(10),
});

test("an answer that came at once is whole while it is still being drawn, and what waits follows it", async () => {
  const long = "word ".repeat(1_000);
  const { store, last, said, asked } = conversation(
    [
      { type: "text", sequence: 1, delta: "Now " },
      { type: "text", sequence: 2, delta: long },
      end("complete", 3),
    ],
    [{ type: "text", sequence: 1, delta: "Second." }, end("complete", 2)],
  );
  const seen = new Set<string | undefined>();
  store.onView(() => seen.add(last()?.status));
  send(store.id, draft("One"));
  await enqueue(store.id, draft("Two"));
  await vi.waitFor(() => expect(said()).toBe("Second."));
  const first = store.message(store.view.path[1] ?? "");
  await vi.waitFor(() => expect(first && textOf(store.message(first.id) ?? first)).toBe(`Now ${long}`));
  expect(asked).toHaveLength(2);
  expect([...seen]).not.toContain("failed");
});

test("an answer that broke off goes on in its place, and tells what all of it took", async () => {
  const { store, last, said, asked } = conversation(
    [{ type: "text", sequence: 1, delta: "It is interes" }, end("failed", 2)],
    [
      { type: "snapshot", sequence: 0, parts: [{ type: "text", text: "It is " }] },
      { type: "text", sequence: 1, delta: "interesting." },
      end("complete", 2),
    ],
  );
  send(store.id, draft("One"));
  await vi.waitFor(() => expect(last()?.status).toBe("failed"));
  const id = last()?.id ?? "";
  goOn(store.id, id);
  await vi.waitFor(() => expect(last()?.status).toBe("complete"));
  expect(last()).toMatchObject({ id, failure: null, usage: { outputTokens: 20 } });
  expect(said()).toBe("It is interesting.");
  expect(asked[1]?.map(({ role, text }) => [role, text])).toEqual([
    ["user", "One"],
    ["assistant", "It is interes"],
  ]);
});

test("going on that brings nothing leaves the answer as it was, and says why", async () => {
  const { store, last, said } = conversation(
    [{ type: "text", sequence: 1, delta: "It is interes" }, end("failed", 2)],
    [{ type: "snapshot", sequence: 0, parts: [{ type: "text", text: "It is " }] }],
  );
  send(store.id, draft("One"));
  await vi.waitFor(() => expect(last()?.status).toBe("failed"));
  const id = last()?.id ?? "";
  goOn(store.id, id);
  await vi.waitFor(() => expect(last()?.status).toBe("failed"));
  expect(said()).toBe("It is interes");
  vi.stubGlobal("fetch", () => Promise.reject(new TypeError("offline")));
  goOn(store.id, id);
  await vi.waitFor(() => expect(last()?.problem).toMatchObject({ code: "offline" }));
  expect(last()).toMatchObject({ id, status: "failed" });
  expect(said()).toBe("It is interes");
});
