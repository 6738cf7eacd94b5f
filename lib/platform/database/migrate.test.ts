import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { expect, test } from "vitest";
import { migrate } from "./migrate.ts";
import { sqliteFile } from "./sqlite-file.ts";
import { emptyDatabase } from "./testing/empty-database.ts";

const PARENTS = `CREATE TABLE parents (id INTEGER PRIMARY KEY);
  CREATE TABLE children (id INTEGER PRIMARY KEY, parent INTEGER NOT NULL REFERENCES parents (id) ON DELETE CASCADE);
  INSERT INTO parents VALUES (1); INSERT INTO children VALUES (10, 1);`;

test("remaking a table, as SQLite has to for most changes, keeps the rows that refer to it", async () => {
  const { target, write, query } = await emptyDatabase();
  write("1_parents", PARENTS);
  write(
    "2_remake",
    `PRAGMA foreign_keys=OFF;
     CREATE TABLE new_parents (id INTEGER PRIMARY KEY, name TEXT);
     INSERT INTO new_parents (id) SELECT id FROM parents;
     DROP TABLE parents;
     ALTER TABLE new_parents RENAME TO parents;
     PRAGMA foreign_keys=ON;`,
  );
  await migrate(target);
  expect(await query("SELECT id FROM children")).toEqual([{ id: 10 }]);
});

test("a migration that would leave rows without their parent is refused and undone", async () => {
  const { target, write, query } = await emptyDatabase();
  write("1_parents", PARENTS);
  write("2_orphans", "DELETE FROM parents;");
  await expect(migrate(target)).rejects.toThrow("would leave 1 rows without what they refer to");
  expect(await query("SELECT id FROM parents")).toEqual([{ id: 1 }]);
});

test("the file is in WAL mode from the start", async () => {
  const { target, write, query } = await emptyDatabase();
  write("1_parents", PARENTS);
  await migrate(target);
  expect(await query("PRAGMA journal_mode")).toEqual([{ journal_mode: "wal" }]);
});

test("what is not a database is left alone, with a sentence", async () => {
  const dataDirectory = mkdtempSync(join(process.env.LEEWARD_DATA ?? "", "other-"));
  writeFileSync(sqliteFile(dataDirectory), "This is a letter, and it is longer than a header. ".repeat(20));
  await expect(migrate({ dataDirectory, databaseUrl: null })).rejects.toThrow(
    "is not a database, or is damaged",
  );
});

test("a place that cannot be written is named, with what to do", async () => {
  const dataDirectory = mkdtempSync(join(process.env.LEEWARD_DATA ?? "", "folder-"));
  mkdirSync(sqliteFile(dataDirectory));
  await expect(migrate({ dataDirectory, databaseUrl: null })).rejects.toThrow("LEEWARD_DATA");
});

test("a server that does not answer is named without its password", async () => {
  const port = await unusedPort();
  const databaseUrl = `postgresql://someone:verysecret@127.0.0.1:${port}/leeward`;
  const error = await migrate({ dataDirectory: "unused", databaseUrl }).catch((thrown) => thrown);
  expect(error.message).toContain(`leeward at 127.0.0.1:${port} (connect ECONNREFUSED`);
  expect(error.message).toContain("DATABASE_URL");
  expect(error.message).not.toContain("verysecret");
});

function unusedPort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}
