import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createRequire } from "node:module";
import { expect, test } from "vitest";
import { environment } from "../environment.ts";
import { database } from "./index.ts";
import { sqliteFile } from "./sqlite-file.ts";

const user = () => ({ id: randomUUID(), email: `${randomUUID()}@example.org`, name: "A person" });

test("both connections write ahead, enforce foreign keys and wait for others", async () => {
  // What begins with SELECT is asked of the reading connection, anything else of the writing one.
  const reading = await database().$queryRaw`
    SELECT journal_mode, synchronous, foreign_keys, timeout, query_only
    FROM pragma_journal_mode, pragma_synchronous, pragma_foreign_keys, pragma_busy_timeout, pragma_query_only`;
  const writing = await database().$queryRaw`
    WITH settings AS (SELECT * FROM pragma_query_only)
    SELECT journal_mode, synchronous, foreign_keys, timeout, query_only
    FROM pragma_journal_mode, pragma_synchronous, pragma_foreign_keys, pragma_busy_timeout, settings`;
  // NORMAL, because the log is flushed beside the event loop: sqlite-log.test.ts.
  const NORMAL = 1;
  const settings = { journal_mode: "wal", synchronous: NORMAL, foreign_keys: 1, timeout: 5000 };
  expect(Object.values((reading as object[])[0] ?? {}).map(plain)).toEqual([...Object.values(settings), 1]);
  expect(Object.values((writing as object[])[0] ?? {}).map(plain)).toEqual([...Object.values(settings), 0]);
});

test("a transaction waits while another process writes", async () => {
  const driver = createRequire(import.meta.url).resolve("better-sqlite3");
  const program = `
    const connection = require(${JSON.stringify(driver)})(${JSON.stringify(sqliteFile(environment().dataDirectory))});
    connection.exec("BEGIN IMMEDIATE");
    console.log("held");
    setTimeout(() => connection.exec("COMMIT"), 300);`;
  const other = spawn(process.execPath, ["-e", program], { stdio: ["ignore", "pipe", "inherit"] });
  const ended = once(other, "exit");
  await once(other.stdout, "data");
  const written = await database().$transaction(async (tx) => {
    await tx.user.count();
    return tx.user.create({ data: user() });
  });
  await ended;
  expect(await database().user.count({ where: { id: written.id } })).toBe(1);
});

test("reads go on while a transaction is open", async () => {
  const reads = await database().$transaction(async (tx) => {
    await tx.user.create({ data: user() });
    return Promise.all([database().user.findMany(), database().thread.count()]);
  });
  expect(reads[1]).toBe(0);
});

function plain(value: unknown): unknown {
  return typeof value === "bigint" ? Number(value) : value;
}
