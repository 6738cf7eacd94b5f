import { randomUUID } from "node:crypto";
import { copyFileSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, inject } from "vitest";
import { sqliteFile } from "../sqlite-file.ts";
import { databaseOn, onServer } from "./template.ts";

// Runs in each test file before its imports, so that whatever reads the environment finds its own empty
// database and data directory, and no token of the person who runs the tests.

const { folder, server, database } = inject("template");
const id = randomUUID().slice(0, 8);
const dataDirectory = join(folder, id);
const copy = `${database}_${id}`;

mkdirSync(dataDirectory);
for (const name of Object.keys(process.env)) {
  if (/^(IONOS_|LEEWARD_|DATABASE_URL$)/.test(name)) delete process.env[name];
}
process.env.LEEWARD_DATA = dataDirectory;
process.env.NEXTAUTH_SECRET = "a secret of the tests alone, long enough";

if (server) {
  await onServer(server, `CREATE DATABASE ${copy} TEMPLATE ${database}`);
  process.env.DATABASE_URL = databaseOn(server, copy);
} else {
  copyFileSync(sqliteFile(folder), sqliteFile(dataDirectory));
}

afterAll(async () => {
  // Not above: what it loads depends on the environment.
  await (await import("../index.ts")).closeDatabase();
  if (server) await onServer(server, `DROP DATABASE ${copy} WITH (FORCE)`);
  rmSync(dataDirectory, { recursive: true, force: true });
});
