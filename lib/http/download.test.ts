import { Readable } from "node:stream";
import { expect, test, vi } from "vitest";
import { download } from "./download";

const FILE = { name: "Größe.zip", contentType: "application/zip" };

test("a file is begun when somebody reads it, and ended with them", async () => {
  const made: Readable[] = [];
  const body = () => {
    const each = Readable.from(["a", "b"], { objectMode: false });
    made.push(each);
    return each;
  };
  const mayGoOn = vi.fn(async () => true);
  // What answers HEAD.
  const unread = download(body, FILE, mayGoOn);
  expect(unread.headers.get("content-disposition")).toContain("UTF-8''Gr%C3%B6%C3%9Fe.zip");
  await new Promise((done) => setImmediate(done));
  expect(made).toEqual([]);

  expect(await download(body, FILE, mayGoOn).text()).toBe("ab");
  const left = download(body, FILE, mayGoOn).body?.getReader();
  await left?.read();
  await left?.cancel();
  await vi.waitFor(() => expect(made.map(({ destroyed }) => destroyed)).toEqual([true, true]));
});

test("what is taken back breaks off", async () => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
  const endless = () => new Readable({ read: () => {} });
  const answer = download(endless, FILE, () => Promise.reject(new Error("suspended")));
  const read = answer.body?.getReader().read();
  const broken = expect(read).rejects.toThrow("taken back");
  await vi.advanceTimersByTimeAsync(5_000);
  await broken;
  vi.useRealTimers();
});
