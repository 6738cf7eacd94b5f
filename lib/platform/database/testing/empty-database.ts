import { randomUUID } from "node:crypto";
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import pg from "pg";
import { inject, onTestFinished } from "vitest";
import { sqliteFile } from "../sqlite-file.ts";
import { databaseOn, onServer } from "./template.ts";

/** A database with nothing in it, on the engine of this run, and a folder of migrations to fill. */
export async function emptyDatabase() {
  const { server } = inject("template");
  const folder = mkdtempSync(join(process.env.LEEWARD_DATA ?? "", "empty-"));
  const name = `leeward_test_empty_${randomUUID().replaceAll("-", "")}`;
  if (server) {
    await onServer(server, `CREATE DATABASE ${name}`);
    onTestFinished(() => onServer(server, `DROP DATABASE ${name} WITH (FORCE)`));
  }
  const databaseUrl = server && databaseOn(server, name);
  const target = { dataDirectory: join(folder, "data"), databaseUrl, migrations: join(folder, "migrations") };
  return {
    target,
    engine: databaseUrl ? ("postgresql" as const) : ("sqlite" as const),
    query: (sql: string) =>
      databaseUrl ? queryServer(databaseUrl, sql) : queryFile(target.dataDirectory, sql),
    /** Writes a migration, the same for both engines. */
    write: (migration: string, sql: string) => {
      for (const engine of ["sqlite", "postgresql"]) {
        mkdirSync(join(target.migrations, engine, migration), { recursive: true });
        writeFileSync(join(target.migrations, engine, migration, "migration.sql"), sql);
      }
    },
  };
}

// biome-ignore lint/suspicious/noExplicitAny: rows of whatever a test asks for
type Row = Record<string, any>;

async function queryServer(databaseUrl: string, sql: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

async function queryFile(dataDirectory: string, sql: string): Promise<Row[]> {
  const connection = new Database(sqliteFile(dataDirectory));
  try {
    const statement = connection.prepare(sql);
    if (statement.reader) return statement.all() as Row[];
    statement.run();
    return [];
  } finally {
    connection.close();
  }
}
