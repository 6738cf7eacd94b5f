import { mkdir, mkdtemp, readdir, rm, stat, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { randomBlobKey } from "./blob-store";
import { blobStoreContract } from "./blob-store.contract";
import { diskBlobStore } from "./disk";

const root = await mkdtemp(join(tmpdir(), "leeward-blobs-"));
afterAll(() => rm(root, { recursive: true, force: true }));

const fresh = () => mkdtemp(join(root, "store-"));
const picture = new TextEncoder().encode("picture");

blobStoreContract("The disk", async () => diskBlobStore(await fresh()));

test("leaves one file, readable by its user only, and nothing half-written", async () => {
  const directory = await fresh();
  const key = randomBlobKey();
  await diskBlobStore(directory).put(key, picture);
  const file = await stat(join(directory, key.slice(0, 2), key.slice(2)));
  expect(file.mode & 0o077).toBe(0);
  expect(await readdir(join(directory, "incoming"))).toEqual([]);
});

test("another start reads what the last one kept", async () => {
  const directory = await fresh();
  const key = randomBlobKey();
  await diskBlobStore(directory).put(key, picture);
  expect(Buffer.from((await diskBlobStore(directory).get(key)) ?? [])).toEqual(Buffer.from(picture));
});

test("sweeps what a killed process left half-written, but not what is being written", async () => {
  const directory = await fresh();
  const incoming = join(directory, "incoming");
  await mkdir(incoming);
  await writeFile(join(incoming, "old"), "half");
  await writeFile(join(incoming, "new"), "half");
  await utimes(join(incoming, "old"), new Date(0), new Date(0));
  await diskBlobStore(directory).put(randomBlobKey(), picture);
  expect(await readdir(incoming)).toEqual(["new"]);
});

test("a disk that fails is storage-down, and nothing is left behind", async () => {
  const directory = await fresh();
  const key = randomBlobKey();
  // A file where the key's directory should be: mkdir fails with EEXIST, as root too.
  await writeFile(join(directory, key.slice(0, 2)), "in the way");
  const store = diskBlobStore(directory);
  await expect(store.put(key, picture)).rejects.toMatchObject({ code: "storage-down", status: 503 });
  await expect(store.get(key)).rejects.toMatchObject({ code: "storage-down" });
  expect(await readdir(join(directory, "incoming"))).toEqual([]);
});
