import { randomUUID } from "node:crypto";
import { fstatSync, statSync } from "node:fs";
import { open } from "node:fs/promises";
import Database from "better-sqlite3";
import { afterEach, expect, test, vi } from "vitest";
import { environment } from "../environment.ts";
import { database } from "./index.ts";
import { sqliteFile } from "./sqlite-file.ts";
import { WriteAheadLog } from "./sqlite-log.ts";

afterEach(() => void vi.restoreAllMocks());

const file = () => sqliteFile(environment().dataDirectory);
const user = () => ({ id: randomUUID(), email: `${randomUUID()}@example.org`, name: "A person" });

/** What asks the disk to keep a file: stands in for every open file's. */
async function flushing() {
  const handle = await open(process.execPath, "r");
  await handle.close();
  return vi.spyOn(
    Object.getPrototypeOf(handle) as { datasync(this: { fd: number }): Promise<void> },
    "datasync",
  );
}

/** A flush that ends when it is told to, and how many had begun by then. */
async function heldFlushes() {
  const flushes: PromiseWithResolvers<void>[] = [];
  const spy = await flushing();
  spy.mockImplementation(() => {
    const flush = Promise.withResolvers<void>();
    flushes.push(flush);
    return flush.promise;
  });
  return flushes;
}

test("the log is what is flushed, after each write that nothing else waits for", async () => {
  await database().user.create({ data: user() });
  const flushed: number[] = [];
  const spy = await flushing();
  spy.mockImplementation(async function (this: { fd: number }) {
    flushed.push(fstatSync(this.fd).ino);
  });
  await database().user.create({ data: user() });
  await database().$transaction((tx) => tx.user.create({ data: user() }));
  const log = statSync(`${file()}-wal`).ino;
  expect(flushed).toEqual([log, log]);
});

test("nobody is told of success before the disk has it", async () => {
  const flushes = await heldFlushes();
  let told = 0;
  const writes = [1, 2, 3].map(() =>
    database()
      .user.create({ data: user() })
      .then(() => told++),
  );
  await vi.waitFor(() => expect(flushes).toHaveLength(1));
  await database().user.count();
  expect(told).toBe(0);
  // What is committed after a flush has begun needs another.
  while (told < 3) {
    flushes.shift()?.resolve();
    await database().user.count();
  }
  await Promise.all(writes);
});

const failure = () => Object.assign(new Error("EIO: i/o error, fdatasync"), { code: "EIO" });
const logged = () => statSync(`${file()}-wal`).size;

test("after a flush that failed all is brought into the database's file, because the next one would not see the gap", async () => {
  await database().user.create({ data: user() });
  const flushes = await heldFlushes();
  const both = [user(), user()];
  const writes = Promise.all(both.map((data) => database().user.create({ data })));
  const there = () => database().user.count({ where: { id: { in: both.map(({ id }) => id) } } });
  await vi.waitFor(async () => expect([flushes.length, await there()]).toEqual([1, 2]));
  flushes[0]?.reject(failure());
  await writes;
  expect([flushes.length, logged()]).toEqual([1, 0]);
  expect(await there()).toBe(2);
  vi.restoreAllMocks();
  const flush = await flushing();
  await database().user.create({ data: user() });
  expect(flush).toHaveBeenCalledTimes(1);
  expect(logged()).toBeGreaterThan(0);
});

test("while that is not possible whoever waits is told so, and nothing more is written", async () => {
  await database().user.create({ data: user() });
  await database().$queryRawUnsafe("PRAGMA busy_timeout = 20");
  const reading = new Database(file(), { readonly: true });
  reading.exec("BEGIN; SELECT * FROM users");
  const flush = await flushing();
  // As the system reports it: once.
  flush.mockRejectedValueOnce(failure());
  await expect(database().user.create({ data: user() })).rejects.toThrow();
  const refused = user();
  await expect(database().user.create({ data: refused })).rejects.toThrow();
  await expect(database().$transaction((tx) => tx.user.create({ data: refused }))).rejects.toThrow();
  expect(flush).toHaveBeenCalledTimes(1);
  reading.close();
  expect(await database().user.count({ where: { id: refused.id } })).toBe(0);
  await database().user.create({ data: refused });
  expect(await database().user.count({ where: { id: refused.id } })).toBe(1);
});

test("flushes that come while one is under way share the next", async () => {
  const flushes = await heldFlushes();
  const log = new WriteAheadLog(file());
  const first = log.flush();
  await vi.waitFor(() => expect(flushes).toHaveLength(1));
  const [second, third] = [log.flush(), log.flush()];
  flushes[0]?.resolve();
  await first;
  await vi.waitFor(() => expect(flushes).toHaveLength(2));
  flushes[1]?.resolve();
  await Promise.all([second, third]);
  expect(flushes).toHaveLength(2);
  await log.close();
});
