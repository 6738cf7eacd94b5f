import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import Database from "better-sqlite3";
import { describe, expect, test } from "vitest";
import { archiveOf } from "../../lib/platform/archive/writing.ts";
import { migrate } from "../../lib/platform/database/migrate.ts";
import { sqliteFile } from "../../lib/platform/database/sqlite-file.ts";
import type { Environment } from "../../lib/platform/environment.ts";
import { postgresqlSnapshot } from "../transfer/postgresql.ts";
import { type BackupContents, BLOB_COLUMNS, FORMAT } from "./format.ts";
import { openBackup } from "./reading.ts";
import { restore } from "./restoring.ts";
import { blobsOf } from "./storage.ts";
import { fill, nowhere, nowhereOnServer, rowsIn, snapshotOf } from "./testing/installation.ts";
import { writeBackup } from "./writing.ts";

const server = process.env.TEST_DATABASE_URL;
const SECRET = "a secret that signs sessions, long enough";
const note = () => {};

async function backUp(
  from: Environment,
  store = snapshotOf(from),
): Promise<{ file: string; contents: BackupContents }> {
  const file = join(dirname(from.dataDirectory), "one.backup");
  const contents = await writeBackup({ store, blobs: blobsOf(from), secret: SECRET }, file, note);
  return { file, contents };
}

async function restoreInto(target: Environment, file: string, options = { replace: false }): Promise<void> {
  const backup = await openBackup(file, note);
  try {
    await restore(backup, target, options, note);
  } finally {
    backup.close();
  }
}

async function filled() {
  const from = nowhere();
  const keys = await fill(from);
  return { from, keys, ...(await backUp(from)) };
}

async function expectFiles(target: Environment, keys: string[]): Promise<void> {
  const found = await Promise.all(
    keys.map(async (key) => Buffer.from((await blobsOf(target).get(key)) ?? [])),
  );
  expect(found.map(String)).toEqual(["file 0", "file 1", "file 2", "file 3"]);
}

describe("a backup", () => {
  test("brings every row, every file and the secret into another installation", async () => {
    const { from, keys, file, contents } = await filled();
    expect(contents.missing).toEqual([]);
    const target = nowhere();
    await restoreInto(target, file);
    expect(await rowsIn(snapshotOf(target))).toEqual(await rowsIn(snapshotOf(from)));
    await expectFiles(target, keys);
    expect(readFileSync(join(target.dataDirectory, "secret"), "utf8")).toBe(SECRET);
    // As Prisma writes and compares it: as text.
    const [before, after] = [from, target].map(({ dataDirectory }) => {
      const database = new Database(sqliteFile(dataDirectory), { readonly: true });
      const row = database.prepare("SELECT * FROM shares").get();
      database.close();
      return row;
    });
    expect(after).toEqual(before);
  });

  test.skipIf(!server)("brings it from SQLite to PostgreSQL, and back", async () => {
    const { from, keys, file } = await filled();
    const there = await nowhereOnServer(server ?? "");
    await restoreInto(there, file);
    const before = await rowsIn(snapshotOf(from));
    const onServer = await rowsIn(await postgresqlSnapshot(there.databaseUrl ?? ""));
    expect(sorted(onServer)).toEqual(sorted(before));
    await expectFiles(there, keys);

    const again = await backUp(there, await postgresqlSnapshot(there.databaseUrl ?? ""));
    const back = nowhere();
    await restoreInto(back, again.file);
    expect(sorted(await rowsIn(snapshotOf(back)))).toEqual(sorted(before));
  });

  test("is of one moment, whatever is written meanwhile", async () => {
    const from = nowhere();
    await fill(from);
    const before = await rowsIn(snapshotOf(from));
    const store = snapshotOf(from);
    await store.migrations();
    const writer = new Database(sqliteFile(from.dataDirectory));
    writer.exec("DELETE FROM shares; UPDATE threads SET title = 'Later'");
    writer.close();
    const { file } = await backUp(from, store);
    const target = nowhere();
    await restoreInto(target, file);
    expect(await rowsIn(snapshotOf(target))).toEqual(before);
  });

  test("names every column that names a file", async () => {
    const { from } = await filled();
    const store = snapshotOf(from);
    for (const table of await store.tables()) {
      const names = (await store.columns(table)).map(({ name }) => name).filter((name) => /Key$/.test(name));
      expect(names, table).toEqual(table === "blob_removals" ? ["blobKey"] : (BLOB_COLUMNS[table] ?? []));
    }
    await store.close();
  });

  test("says which files were not there, and is good without them", async () => {
    const from = nowhere();
    const [gone = ""] = await fill(from);
    await blobsOf(from).delete(gone);
    const { file, contents } = await backUp(from);
    expect(contents.missing).toEqual([gone]);
    await restoreInto(nowhere(), file);
  });

  test("leaves nothing behind when it fails, and no file of another is overwritten", async () => {
    const { from, file } = await filled();
    const before = readFileSync(file);
    await expect(backUp(from)).rejects.toThrow("exists already");
    expect(readFileSync(file).equals(before)).toBe(true);
    expect(readdirSync(dirname(file)).sort()).toEqual(["data", "one.backup"]);
  });
});

describe("a restore", () => {
  test("refuses what was cut off, and writes nothing", async () => {
    const { file } = await filled();
    const whole = readFileSync(file);
    const target = nowhere();
    for (const part of [0, 0.3, 0.7, 0.999]) {
      writeFileSync(`${file}-cut`, whole.subarray(0, Math.floor(whole.length * part)));
      await expect(restoreInto(target, `${file}-cut`)).rejects.toThrow("damaged or not whole");
    }
    expect(() => readdirSync(target.dataDirectory)).toThrow("ENOENT");
  });

  test("refuses what was altered, wherever it matters", async () => {
    const { file } = await filled();
    const whole = readFileSync(file);
    const read = async (name: string) => {
      const { head, contents, secret, close } = await openBackup(name, note);
      close();
      return { head, contents, secret };
    };
    const right = await read(file);
    let refused = 0;
    for (let at = 0; at < whole.length; at += 11) {
      const bytes = Buffer.from(whole);
      bytes[at] = (bytes[at] ?? 0) ^ 0xff;
      writeFileSync(`${file}-altered`, bytes);
      // What ZIP says twice, or of an entry's time, may be wrong; everything that is restored may not.
      const found = await read(`${file}-altered`).catch((error) => String(error));
      if (typeof found === "string") {
        expect(found).toMatch(/damaged or not whole|is no backup of Leeward/);
        refused++;
      } else expect(found).toEqual(right);
    }
    expect(refused).toBeGreaterThan(whole.length / 11 / 2);
  });

  test("refuses a file that is not listed, or another one under a listed name", async () => {
    const { file } = await filled();
    const own = await openBackup(file, note);
    const entries = await Promise.all(
      own.contents.files.map(async ({ path }) => ({ path, body: await own.bytes(path), compress: false })),
    );
    own.close();
    const list = { path: "contents.json", body: JSON.stringify(own.contents), compress: false };
    const forged = async (all: typeof entries) => {
      const name = `${file}-forged`;
      writeFileSync(name, await bytesOf([...all, list]));
      await expect(openBackup(name, note)).rejects.toThrow("damaged or not whole");
    };
    await forged([...entries, { path: "blobs/more", body: Buffer.from("x"), compress: false }]);
    await forged(entries.slice(0, -1));
    await forged(
      entries.map((entry) => (entry.path === "secret" ? { ...entry, body: Buffer.from("mine") } : entry)),
    );
  });

  test("refuses a newer format, newer tables, and what is no backup at all", async () => {
    const { file } = await filled();
    const own = await openBackup(file, note);
    own.close();
    const named = async (head: object) => {
      const name = `${file}-named`;
      writeFileSync(
        name,
        await bytesOf([{ path: "backup.json", body: JSON.stringify(head), compress: false }]),
      );
      return openBackup(name, note);
    };
    await expect(named({ ...own.head, version: FORMAT + 1 })).rejects.toThrow("made by a newer Leeward");
    await expect(named({ format: "another" })).rejects.toThrow("is no backup of Leeward");
    await expect(openBackup(`${file}-nowhere`, note)).rejects.toThrow("There is no file");
    const newer = { ...own, head: { ...own.head, migrations: ["20990101000000_future"] } };
    await expect(restore(newer, nowhere(), { replace: false }, note)).rejects.toThrow(
      "made by a newer Leeward",
    );
  });

  test("refuses an installation with something in it, unless told to replace it", async () => {
    const { from, keys, file } = await filled();
    const target = nowhere();
    const [old = ""] = await fill(target, 2);
    const before = await rowsIn(snapshotOf(target));
    await expect(restoreInto(target, file)).rejects.toThrow("is not empty");
    expect(await rowsIn(snapshotOf(target))).toEqual(before);

    await restoreInto(target, file, { replace: true });
    const { blob_removals: removals, ...after } = await rowsIn(snapshotOf(target));
    const { blob_removals: _, ...wanted } = await rowsIn(snapshotOf(from));
    expect(after).toEqual(wanted);
    await expectFiles(target, keys);
    // What was replaced goes as everything does that no row names.
    expect(removals?.flat()).toContain(old);
  });

  test("asks for a stopped server", async () => {
    const { file } = await filled();
    const target = nowhere();
    await migrate(target);
    const running = new Database(sqliteFile(target.dataDirectory));
    running.prepare("SELECT * FROM users").all();
    await expect(restoreInto(target, file)).rejects.toThrow("is in use. Stop Leeward");
    running.close();
    await restoreInto(target, file);
  });

  test("broken off among the rows, leaves a database as it was, and can be repeated", async () => {
    const { from, file } = await filled();
    const target = nowhere();
    const backup = await openBackup(file, note);
    const dying = {
      ...backup,
      rows: {
        ...backup.rows,
        rows: (table: string, columns: Parameters<typeof backup.rows.rows>[1]) => {
          if (table === "shares") throw new Error("killed");
          return backup.rows.rows(table, columns);
        },
      },
    };
    await expect(restore(dying, target, { replace: false }, note)).rejects.toThrow("killed");
    backup.close();
    expect(Object.values(await rowsIn(snapshotOf(target))).flat()).toEqual([]);
    // Nor is the secret left lying about.
    expect(readdirSync(target.dataDirectory).filter((name) => name.startsWith("secret"))).toEqual([]);
    await restoreInto(target, file);
    expect(await rowsIn(snapshotOf(target))).toEqual(await rowsIn(snapshotOf(from)));
  });

  test("that meets storage without room says so, and the database is as it was", async () => {
    const { file } = await filled();
    const target = nowhere();
    mkdirSync(target.dataDirectory, { recursive: true });
    writeFileSync(join(target.dataDirectory, "blobs"), "in the way");
    await expect(restoreInto(target, file)).rejects.toThrow("The storage does not take the files");
    expect(Object.values(await rowsIn(snapshotOf(target))).flat()).toEqual([]);
    rmSync(join(target.dataDirectory, "blobs"));
    await restoreInto(target, file);
  });

  test("takes a backup of an older version, and brings it up to date", async () => {
    const from = nowhere();
    const known = readdirSync("prisma/migrations/sqlite").filter((name) => /^\d/.test(name));
    const first = known[0] ?? "";
    const folder = join(dirname(from.dataDirectory), "migrations", "sqlite", first);
    mkdirSync(folder, { recursive: true });
    copyFileSync(join("prisma/migrations/sqlite", first, "migration.sql"), join(folder, "migration.sql"));
    await migrate({ ...from, migrations: dirname(dirname(folder)) });
    const old = new Database(sqliteFile(from.dataDirectory));
    old.exec("INSERT INTO users (id, email, name) VALUES ('u', 'a@b.c', 'Ann')");
    old.close();
    const { file } = await backUp(from);

    const target = nowhere();
    await restoreInto(target, file);
    const store = snapshotOf(target);
    expect(await store.migrations()).toEqual(known);
    expect((await rowsIn(store)).users).toHaveLength(1);

    const newer = nowhere();
    await migrate(newer);
    await expect(restoreInto(newer, file)).rejects.toThrow("made by an older Leeward");
  });
});

const sorted = (tables: Record<string, unknown[][]>) =>
  Object.fromEntries(
    Object.entries(tables).map(([name, rows]) => [name, rows.map((row) => JSON.stringify(row)).sort()]),
  );

async function bytesOf(
  entries: { path: string; body: string | Buffer; compress: boolean }[],
): Promise<Buffer> {
  const chunks: Buffer[] = [];
  const all = (async function* () {
    yield* entries;
  })();
  for await (const chunk of archiveOf(all)) chunks.push(chunk);
  return Buffer.concat(chunks);
}
