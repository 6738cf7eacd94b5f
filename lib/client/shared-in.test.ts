import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { type SharedIn, takeSharedIn } from "./shared-in";

/** The browser's cache by its address, and its locks: one at a time. */
let kept: Map<string, FormData>;

beforeEach(() => {
  kept = new Map();
  let turn = Promise.resolve();
  vi.stubGlobal("caches", {
    has: async () => kept.size > 0,
    delete: async () => kept.clear(),
    open: async () => ({
      keys: async () => [...kept.keys()].map((url) => ({ url })),
      match: async ({ url }: Request) => kept.has(url) && { formData: async () => kept.get(url) },
      delete: async ({ url }: Request) => kept.delete(url),
    }),
  });
  vi.stubGlobal("navigator", {
    locks: {
      request: (_name: string, work: () => Promise<void>) => {
        const mine = turn.then(work);
        turn = mine.catch(() => {});
        return mine;
      },
    },
  });
});

afterEach(() => vi.unstubAllGlobals());

function share(text: string, at = Date.now()): void {
  const form = new FormData();
  form.set("title", text);
  form.set("text", text);
  form.append("files", new File(["x"], `${text}.png`, { type: "image/png" }));
  kept.set(`http://localhost/share-target/${at}-${text}`, form);
}

const read = ({ text, files }: SharedIn) => [text, ...files.map(({ name }) => name)];

it("gives what was shared to one of two that ask at once, each once", async () => {
  share("One");
  share("Two");
  const taken: string[][] = [];
  const place = async (shared: SharedIn) => void taken.push(read(shared));
  await Promise.all([takeSharedIn(place), takeSharedIn(place)]);
  expect(taken).toEqual([
    ["One", "One.png"],
    ["Two", "Two.png"],
  ]);
  expect(kept.size).toBe(0);
});

it("keeps what could not be placed for the next time", async () => {
  share("One");
  await expect(takeSharedIn(() => Promise.reject(new Error("no room")))).rejects.toThrow("no room");
  expect(kept.size).toBe(1);
  const place = vi.fn(async () => {});
  await takeSharedIn(place);
  expect(place).toHaveBeenCalledOnce();
});

it("lets go of what somebody shared a quarter of an hour ago, and of what cannot be read", async () => {
  share("Old", Date.now() - 15 * 60 * 1000);
  kept.set("http://localhost/share-target/text", new FormData());
  const place = vi.fn(async () => {});
  await takeSharedIn(place);
  expect(place).not.toHaveBeenCalled();
  expect(kept.size).toBe(0);
});
