import { createWriteStream, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { afterAll, expect, test } from "vitest";
import { openArchive } from "./reading";
import { archiveOf, type NewEntry } from "./writing";

const folder = mkdtempSync(join(tmpdir(), "leeward-archive-"));
afterAll(() => rmSync(folder, { recursive: true }));
let files = 0;

async function written(entries: NewEntry[] | AsyncIterable<NewEntry>): Promise<string> {
  const file = join(folder, `${files++}.zip`);
  await pipeline(
    archiveOf(
      (async function* () {
        yield* entries;
      })(),
    ),
    createWriteStream(file),
  );
  return file;
}

const LETTER = { path: "a/letter.txt", body: "ahoy ".repeat(10_000), compress: true };

test("gives back what was put in, packed or not", async () => {
  const bytes = Buffer.from(Array.from({ length: 5_000 }, (_, index) => index % 251));
  const chunks = (async function* () {
    yield bytes;
    yield bytes;
  })();
  const archive = await openArchive(await written([LETTER, { path: "b", body: chunks, compress: false }]));
  expect([...archive.sizes]).toEqual([
    ["a/letter.txt", 50_000],
    ["b", 10_000],
  ]);
  expect((await archive.bytes("a/letter.txt", 50_000)).toString()).toBe(LETTER.body);
  expect((await archive.bytes("b", 10_000)).equals(Buffer.concat([bytes, bytes]))).toBe(true);
  await expect(archive.bytes("a/letter.txt", 49_999)).rejects.toMatchObject({ reason: "inflated" });
  await expect(archive.bytes("c", 10)).rejects.toMatchObject({ reason: "damaged" });
  archive.close();
});

test("one that is cut off, or is none, is refused when it is opened", async () => {
  const file = await written([LETTER]);
  truncateSync(file, readFileSync(file).length - 5);
  await expect(openArchive(file)).rejects.toMatchObject({ reason: "damaged" });
  writeFileSync(file, "Dear Sir or Madam");
  await expect(openArchive(file)).rejects.toMatchObject({ reason: "damaged" });
  await expect(openArchive(join(folder, "nowhere"))).rejects.toMatchObject({ code: "ENOENT" });
});

test("a changed byte is found when the entry is read", async () => {
  const file = await written([{ ...LETTER, compress: false }]);
  const bytes = readFileSync(file);
  bytes[200] = 1;
  writeFileSync(file, bytes);
  const archive = await openArchive(file);
  await expect(archive.bytes(LETTER.path, 50_000)).rejects.toMatchObject({ reason: "damaged" });
  archive.close();
});

test.each(["../up.txt", "/etc/passwd", "C:/windows"])("the path %s leads nowhere", async (path) => {
  const safe = path.replace(/^\.\.|^\/e|^C:/, "xx");
  const file = await written([{ path: safe, body: "x", compress: false }]);
  const bytes = readFileSync(file).toString("latin1").replaceAll(safe, path);
  writeFileSync(file, Buffer.from(bytes, "latin1"));
  await expect(openArchive(file)).rejects.toMatchObject({ reason: "damaged" });
});

test("two entries of one name, and more entries than are wanted, are refused", async () => {
  await expect(openArchive(await written([LETTER, LETTER]))).rejects.toMatchObject({ reason: "damaged" });
  const file = await written(["1", "2", "3"].map((path) => ({ path, body: "", compress: false })));
  await expect(openArchive(file, 2)).rejects.toMatchObject({ reason: "too-many-entries" });
});

test("what an entry says that it unpacks to is what it may unpack to", async () => {
  const file = await written([LETTER]);
  const bytes = readFileSync(file);
  // The size in the directory, which is what counts.
  bytes.writeUInt32LE(100, bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 0x01, 0x02])) + 24);
  writeFileSync(file, bytes);
  const archive = await openArchive(file);
  await expect(archive.bytes(LETTER.path, 1_000)).rejects.toMatchObject({ reason: "damaged" });
  archive.close();
});

test("holds no entry's bytes once they are written", async () => {
  setFlagsFromString("--expose-gc");
  const collect: () => void = runInNewContext("gc");
  const held: number[] = [];
  const many = (async function* (): AsyncGenerator<NewEntry> {
    for (let index = 0; index < 120; index++) {
      if (index % 40 === 39) {
        collect();
        held.push(process.memoryUsage().arrayBuffers);
      }
      yield { path: `${index}`, body: Buffer.alloc(1_000_000, index), compress: false };
    }
  })();
  await written(many);
  const [first = 0, , last = 0] = held;
  // 80 MB came between them.
  expect(last - first).toBeLessThan(40_000_000);
});

test("a failure while it is made breaks it off", async () => {
  const failing = (async function* () {
    yield LETTER;
    throw new Error("the disk is gone");
  })();
  await expect(written(failing)).rejects.toThrow("the disk is gone");
});

test("when nobody takes the rest, nothing more is asked for", async () => {
  let asked = 0;
  let ended: () => void = () => {};
  const end = new Promise<void>((done) => {
    ended = done;
  });
  const endless = (async function* (): AsyncGenerator<NewEntry> {
    try {
      for (;;) yield { path: `${asked++}`, body: Buffer.alloc(100_000), compress: false };
    } finally {
      ended();
    }
  })();
  for await (const _chunk of archiveOf(endless)) break;
  await end;
  expect(asked).toBeLessThan(20);
});
