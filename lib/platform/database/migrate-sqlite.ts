import { randomUUID } from "node:crypto";
import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import Database from "better-sqlite3";
import { type AppliedMigration, type Migration, MigrationError, pendingMigrations } from "./migrations.ts";

// Prisma's own table, to the letter, so that "prisma migrate deploy" and this migrator agree.
const TABLE = `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
    "id"                    TEXT PRIMARY KEY NOT NULL,
    "checksum"              TEXT NOT NULL,
    "finished_at"           DATETIME,
    "migration_name"        TEXT NOT NULL,
    "logs"                  TEXT,
    "rolled_back_at"        DATETIME,
    "started_at"            DATETIME NOT NULL DEFAULT current_timestamp,
    "applied_steps_count"   INTEGER UNSIGNED NOT NULL DEFAULT 0
)`;

/**
 * Brings the SQLite file up to date and returns the names of what it applied. Each migration is one
 * transaction that holds the write lock from its start, so of two processes one waits (30 s at most) and
 * then finds the work done.
 */
export function migrateSqlite(
  file: string,
  known: Migration[],
  onProgress: (name: string) => void,
): string[] {
  mkdirSync(dirname(file), { recursive: true });
  const connection = open(file);
  try {
    const done: string[] = [];
    while (pendingMigrations(known, appliedIn(connection)).length > 0) {
      const name = applyNext(connection, known, onProgress);
      if (name) done.push(name);
    }
    return done;
  } finally {
    connection.close();
  }
}

function open(file: string): Database.Database {
  const connection = new Database(file, { timeout: 30_000 });
  connection.pragma("journal_mode = WAL");
  connection.pragma("synchronous = FULL");
  // With foreign keys on, dropping a table first deletes its rows, and with them, by cascade, the rows of
  // other tables: and SQLite changes a table by making a new one and dropping the old. They are checked
  // below instead. The pragma does nothing inside a transaction, so it stands here.
  connection.pragma("foreign_keys = OFF");
  return connection;
}

function appliedIn(connection: Database.Database): AppliedMigration[] {
  const table = connection.prepare("SELECT 1 FROM sqlite_master WHERE name = '_prisma_migrations'").get();
  if (!table) return [];
  const rows = connection.prepare(
    "SELECT migration_name, checksum, finished_at, rolled_back_at FROM _prisma_migrations",
  );
  return rows.all() as AppliedMigration[];
}

/** Null when another process was faster. */
function applyNext(
  connection: Database.Database,
  known: Migration[],
  onProgress: (name: string) => void,
): string | null {
  connection.exec("BEGIN IMMEDIATE");
  try {
    const [next] = pendingMigrations(known, appliedIn(connection));
    if (next) {
      onProgress(next.name);
      const startedAt = Date.now();
      connection.exec(TABLE);
      connection.exec(next.sql);
      checkForeignKeys(connection, next);
      record(connection, next, startedAt);
    }
    connection.exec("COMMIT");
    return next?.name ?? null;
  } catch (error) {
    if (connection.inTransaction) connection.exec("ROLLBACK");
    throw error;
  }
}

function checkForeignKeys(connection: Database.Database, migration: Migration): void {
  const broken = connection.pragma("foreign_key_check") as { table: string; parent: string }[];
  const [first] = broken;
  if (!first) return;
  throw new MigrationError(
    `The migration ${migration.name} was not applied: it would leave ${broken.length} rows without what they refer to (the first in ${first.table}, referring to ${first.parent}). The database is as it was before.`,
  );
}

/** Times as milliseconds, which is what Prisma's engine writes in SQLite. */
function record(connection: Database.Database, migration: Migration, startedAt: number): void {
  connection
    .prepare(
      "INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count) VALUES (?, ?, ?, ?, ?, 1)",
    )
    .run(randomUUID(), migration.checksum, migration.name, startedAt, Date.now());
}
