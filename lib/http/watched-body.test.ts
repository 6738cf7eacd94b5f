import { expect, test, vi } from "vitest";
import { watchedBody } from "./watched-body";

const megabyte = new Uint8Array(1024 * 1024).map((_, index) => index % 251);

test("all bytes come as they are", async () => {
  const body = watchedBody(megabyte, async () => true);
  expect(Buffer.compare(await new Response(body).bytes(), megabyte)).toBe(0);
});

test("a download that is running when it is taken back is broken off", async () => {
  let shared = true;
  const reader = watchedBody(megabyte, async () => shared, 5).getReader();
  const first = await reader.read();
  expect(first.value?.byteLength).toBeLessThan(megabyte.length / 4);
  shared = false;
  await expect(reader.closed).rejects.toThrow("taken back");
  await expect(reader.read()).rejects.toThrow("taken back");
});

test("a check that fails is a no", async () => {
  const reader = watchedBody(megabyte, () => Promise.reject(new Error("database")), 5).getReader();
  await reader.read();
  await expect(reader.closed).rejects.toThrow("taken back");
});

test("asks nothing of a body that nobody reads, as of one that answers HEAD", async () => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
  const mayGoOn = vi.fn(async () => true);
  const body = watchedBody(new Uint8Array(10), mayGoOn);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(mayGoOn).not.toHaveBeenCalled();
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
  expect(new Uint8Array(await new Response(body).arrayBuffer())).toHaveLength(10);
});
