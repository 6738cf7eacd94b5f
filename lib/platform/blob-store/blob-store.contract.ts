import { describe, expect, test } from "vitest";
import { type BlobStore, randomBlobKey } from "./blob-store";

const bytes = (text: string) => new TextEncoder().encode(text);
/** A Buffer or a plain Uint8Array may come back; only the bytes matter. */
const read = async (store: BlobStore, key: string) => {
  const found = await store.get(key);
  return found && new Uint8Array(found);
};

/** What every BlobStore keeps to; run by each implementation's own test. */
export function blobStoreContract(name: string, make: () => Promise<BlobStore>): void {
  describe(`${name} as a BlobStore`, () => {
    test("gives back what was put", async () => {
      const store = await make();
      const key = randomBlobKey();
      await store.put(key, bytes("a picture"), "image/png");
      expect(await read(store, key)).toEqual(bytes("a picture"));
    });

    test("keeps every byte value, and none at all", async () => {
      const store = await make();
      const all = Uint8Array.from({ length: 1024 }, (_, i) => i % 256);
      const [full, empty] = [randomBlobKey(), randomBlobKey()];
      await Promise.all([store.put(full, all), store.put(empty, new Uint8Array())]);
      expect(await read(store, full)).toEqual(all);
      expect((await read(store, empty))?.byteLength).toBe(0);
    });

    test("has null for what was never put or is deleted", async () => {
      const store = await make();
      const key = randomBlobKey();
      expect(await store.get(key)).toBeNull();
      await store.put(key, bytes("gone soon"));
      await store.delete(key);
      expect(await store.get(key)).toBeNull();
    });

    test("deletes what is not there without complaint", async () => {
      const store = await make();
      await expect(store.delete(randomBlobKey())).resolves.toBeUndefined();
    });

    test("replaces, and other keys stay", async () => {
      const store = await make();
      const [one, two] = [randomBlobKey(), randomBlobKey()];
      await store.put(one, bytes("first"));
      await store.put(two, bytes("other"));
      await store.put(one, bytes("second, longer"));
      expect(await read(store, one)).toEqual(bytes("second, longer"));
      expect(await read(store, two)).toEqual(bytes("other"));
    });

    test("many at once do not mix", async () => {
      const store = await make();
      const keys = Array.from({ length: 40 }, randomBlobKey);
      await Promise.all(keys.map((key) => store.put(key, bytes(key.repeat(500)))));
      const found = await Promise.all(keys.map((key) => read(store, key)));
      expect(found).toEqual(keys.map((key) => bytes(key.repeat(500))));
    });

    test.each([
      "",
      "../../../etc/passwd",
      "..%2f..%2fetc",
      "/etc/passwd",
      "ab/cdef",
      "C:\\windows",
      "incoming",
      `${"a".repeat(39)}/`,
      `${"a".repeat(40)}\0`,
      `${"a".repeat(40)}\n`,
      "A".repeat(40),
    ])("refuses the key %j, whatever is asked", async (key) => {
      const store = await make();
      await expect(store.put(key, bytes("x"))).rejects.toThrow(RangeError);
      await expect(store.get(key)).rejects.toThrow(RangeError);
      await expect(store.delete(key)).rejects.toThrow(RangeError);
    });
  });
}
