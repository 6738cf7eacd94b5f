import { randomUUID } from "node:crypto";
import pg from "pg";
import { type AppliedMigration, type Migration, MigrationError, pendingMigrations } from "./migrations.ts";

// Prisma's own table, to the letter, so that "prisma migrate deploy" and this migrator agree.
const TABLE = `CREATE TABLE IF NOT EXISTS _prisma_migrations (
    id                      VARCHAR(36) PRIMARY KEY NOT NULL,
    checksum                VARCHAR(64) NOT NULL,
    finished_at             TIMESTAMPTZ,
    migration_name          VARCHAR(255) NOT NULL,
    logs                    TEXT,
    rolled_back_at          TIMESTAMPTZ,
    started_at              TIMESTAMPTZ NOT NULL DEFAULT now(),
    applied_steps_count     INTEGER NOT NULL DEFAULT 0
)`;

/** The advisory lock that Prisma's engine takes as well: neither migrates while the other does. */
const LOCK = 72707369;

/**
 * Brings the PostgreSQL database up to date and returns the names of what it applied, each migration in a
 * transaction. Of two processes one waits for the other and then finds the work done.
 */
export async function migratePostgresql(
  databaseUrl: string,
  known: Migration[],
  onProgress: (name: string) => void,
): Promise<string[]> {
  const client = await connect(databaseUrl);
  try {
    if (pendingMigrations(known, await appliedIn(client)).length === 0) return [];
    await client.query("SELECT pg_advisory_lock($1)", [LOCK]);
    const pending = pendingMigrations(known, await appliedIn(client));
    for (const migration of pending) {
      onProgress(migration.name);
      await apply(client, migration);
    }
    return pending.map(({ name }) => name);
  } finally {
    // Ends the session, and with it the lock.
    await client.end();
  }
}

async function connect(databaseUrl: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 10_000 });
  // A connection that breaks while idle says so by an event, which would end the process; the query that
  // follows fails with the same reason.
  client.on("error", () => {});
  try {
    await client.connect();
    return client;
  } catch (error) {
    const where = `${client.database ?? "the database"} at ${client.host}:${client.port}`;
    const reason = (error as Error).message || (error as NodeJS.ErrnoException).code;
    throw new MigrationError(
      `PostgreSQL does not let us in to ${where} (${reason}). Check that it runs and that DATABASE_URL is right, or unset DATABASE_URL to use the built-in database.`,
      { cause: error },
    );
  }
}

async function appliedIn(client: pg.Client): Promise<AppliedMigration[]> {
  const table = await client.query("SELECT to_regclass('_prisma_migrations') IS NOT NULL AS there");
  if (!table.rows[0].there) return [];
  const rows = await client.query(
    "SELECT migration_name, checksum, finished_at, rolled_back_at FROM _prisma_migrations",
  );
  return rows.rows;
}

async function apply(client: pg.Client, migration: Migration): Promise<void> {
  const startedAt = new Date();
  try {
    await client.query("BEGIN");
    await client.query(TABLE);
    await client.query(migration.sql);
    await client.query(
      "INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count) VALUES ($1, $2, $3, $4, clock_timestamp(), 1)",
      [randomUUID(), migration.checksum, migration.name, startedAt],
    );
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  }
}
