import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Something about the migrations that a person has to decide; the message says what to do. */
export class MigrationError extends Error {
  override name = "MigrationError";
}

export interface Migration {
  /** Folder name, `20250101120000_what_it_does`: the order of names is the order of migrations. */
  name: string;
  sql: string;
  /** sha256 of the file, in hex, as Prisma keeps it. */
  checksum: string;
}

/** The columns of Prisma's own table that decide what is still to be done. */
export interface AppliedMigration {
  migration_name: string;
  checksum: string;
  finished_at: unknown;
  rolled_back_at: unknown;
}

/** The migrations of a folder in the order in which they apply. */
export function readMigrations(directory: string): Migration[] {
  return readdirSync(directory, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
    .map((name) => {
      const file = readFileSync(join(directory, name, "migration.sql"));
      return { name, sql: file.toString("utf8"), checksum: checksumOf(file) };
    });
}

/**
 * What is still to be applied, in order. Throws a MigrationError when the database and the program do not
 * belong together: a half-done or unknown migration in the database, or a file changed after it ran.
 */
export function pendingMigrations(known: Migration[], table: AppliedMigration[]): Migration[] {
  const applied = table.filter((row) => row.rolled_back_at === null);
  const unfinished = applied.find((row) => row.finished_at === null);
  if (unfinished) {
    throw new MigrationError(
      `The migration ${unfinished.migration_name} was begun by another program and never finished. Restore the database from a backup, or repair it and run "prisma migrate resolve".`,
    );
  }
  const unknown = applied.find((row) => !known.some((migration) => migration.name === row.migration_name));
  if (unknown) {
    throw new MigrationError(
      `The database is newer than this version of Leeward: it has the migration ${unknown.migration_name}, which this version does not know. Start the newer version, or restore a backup from before the update.`,
    );
  }
  const checksums = new Map(applied.map((row) => [row.migration_name, row.checksum]));
  const changed = known.find(({ name, checksum }) => (checksums.get(name) ?? checksum) !== checksum);
  if (changed) {
    throw new MigrationError(
      `The migration ${changed.name} was changed after it had been applied to this database. Put the file prisma/migrations/…/${changed.name}/migration.sql back as it was, and write a new migration instead.`,
    );
  }
  return known.filter(({ name }) => !checksums.has(name));
}

function checksumOf(file: Buffer): string {
  return createHash("sha256").update(file).digest("hex");
}
