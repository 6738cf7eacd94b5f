import { cpSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { migrate } from "../../lib/platform/database/migrate.ts";
import { sqliteFile } from "../../lib/platform/database/sqlite-file.ts";
import type { Environment } from "../../lib/platform/environment.ts";
import { root } from "../bootstrap/index.mjs";
import { Trouble } from "../bootstrap/trouble.mjs";
import { heldPostgresql } from "../transfer/postgresql.ts";
import { heldSqlite } from "../transfer/sqlite.ts";
import type { WritableStore } from "../transfer/store.ts";

const MIGRATIONS = join(root, "prisma", "migrations");

type Target = Pick<Environment, "dataDirectory" | "databaseUrl">;

/**
 * The installation's database, with the tables that the backup was made of, for this process alone. Throws a Trouble
 * when it is in use, or when either of the two is of another version.
 */
export async function openTarget(target: Target, migrations: string[]): Promise<WritableStore> {
  const known = readdirSync(join(MIGRATIONS, "sqlite"));
  if (migrations.some((name) => !known.includes(name)))
    throw new Trouble("The backup was made by a newer Leeward. Update this one, then run this again.");
  await makeTables(target, migrations);
  const store = target.databaseUrl
    ? await heldPostgresql(target.databaseUrl)
    : heldSqlite(sqliteFile(target.dataDirectory));
  if ((await store.migrations()).join() === migrations.toSorted().join()) return store;
  await store.close();
  throw new Trouble(
    `The backup was made by an older Leeward than the database here. ${
      target.databaseUrl
        ? "Name a new, empty database in DATABASE_URL"
        : `Move ${sqliteFile(target.dataDirectory)} away`
    }, then run this again.`,
  );
}

/** What the backup has; what is newer is applied to its rows afterwards, as after any update. */
async function makeTables(target: Target, migrations: string[]): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "leeward-migrations-"));
  try {
    for (const engine of ["sqlite", "postgresql"]) {
      for (const name of migrations)
        cpSync(join(MIGRATIONS, engine, name), join(folder, engine, name), { recursive: true });
    }
    await migrate({ ...target, migrations: folder });
  } catch (error) {
    // The database has migrations that the backup does not have; the caller says so.
    if (!/is newer than this version/.test((error as Error).message)) throw error;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
