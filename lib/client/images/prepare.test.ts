import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { expectImage, prepareImage } from "./prepare";

/** Workers that were started and never answer, as with a picture that takes long. */
let started: { ended: boolean }[];

beforeEach(() => {
  started = [];
  vi.stubGlobal(
    "Worker",
    class extends EventTarget {
      ended = false;
      constructor() {
        super();
        started.push(this);
      }
      postMessage() {
        this.dispatchEvent(new MessageEvent("message", { data: { ready: true } }));
      }
      terminate() {
        this.ended = true;
      }
    },
  );
  vi.stubGlobal("OffscreenCanvas", class {});
});

afterEach(() => vi.unstubAllGlobals());

const picture = () => new File(["x"], "a.heic", { type: "image/heic" });

it("ends the worker of a picture that is taken out meanwhile", async () => {
  const abort = new AbortController();
  const prepared = prepareImage(picture(), abort.signal);
  await vi.waitFor(() => expect(started).toHaveLength(1));
  abort.abort();
  await expect(prepared).rejects.toBe(abort.signal.reason);
  expect(started).toMatchObject([{ ended: true }]);
});

it("starts none for a picture that was taken out while it waited, and gives its turn on", async () => {
  const aborts = Array.from({ length: 4 }, () => new AbortController());
  const prepared = aborts.map(({ signal }) => prepareImage(picture(), signal).catch(() => "out"));
  await vi.waitFor(() => expect(started).toHaveLength(2));
  aborts[2]?.abort();
  aborts[0]?.abort();
  await vi.waitFor(() => expect(started).toHaveLength(3));
  expect(started.map(({ ended }) => ended)).toEqual([true, false, false]);
  for (const abort of aborts) abort.abort();
  expect(await Promise.all(prepared)).toEqual(["out", "out", "out", "out"]);
});

it("has one worker ready for a picture that is expected, which the first takes", async () => {
  expectImage();
  expectImage();
  expect(started).toHaveLength(1);
  // It has loaded long before, and says so to nobody.
  (started[0] as unknown as Worker).postMessage(null);
  const aborts = [new AbortController(), new AbortController()];
  const prepared = aborts.map(({ signal }) => prepareImage(picture(), signal).catch(() => "out"));
  await vi.waitFor(() => expect(started).toHaveLength(2));
  aborts[0]?.abort();
  await vi.waitFor(() => expect(started.map(({ ended }) => ended)).toEqual([true, false]));
  aborts[1]?.abort();
  expect(await Promise.all(prepared)).toEqual(["out", "out"]);
});

it("ends the worker of an expected picture that does not come", () => {
  vi.useFakeTimers();
  expectImage();
  vi.advanceTimersByTime(59_000);
  expect(started).toMatchObject([{ ended: false }]);
  vi.advanceTimersByTime(2_000);
  expect(started).toMatchObject([{ ended: true }]);
  vi.useRealTimers();
});
