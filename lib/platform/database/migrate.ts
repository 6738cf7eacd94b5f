import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { migratePostgresql } from "./migrate-postgresql.ts";
import { migrateSqlite } from "./migrate-sqlite.ts";
import { MigrationError, readMigrations } from "./migrations.ts";
import { sqliteFile } from "./sqlite-file.ts";

export { MigrationError };

interface Target {
  /** Absolute path; the SQLite file is in it when there is no databaseUrl. */
  dataDirectory: string;
  /** `postgresql://…`, or null for the SQLite file. */
  databaseUrl: string | null;
  /** Folder with a folder per engine; the project's own unless a test says otherwise. */
  migrations?: string;
}

/**
 * Applies the migrations that the database does not have yet and returns their names; `onProgress` hears
 * each name before it runs. Runs by Node directly, at every start, and is safe when two processes start at
 * once. Throws a MigrationError with a sentence for the operator; the database is then as it was before
 * the migration that failed.
 */
export async function migrate(
  target: Target,
  onProgress: (name: string) => void = () => {},
): Promise<string[]> {
  const engine = target.databaseUrl ? "postgresql" : "sqlite";
  const known = readMigrations(join(target.migrations ?? projectMigrations(), engine));
  let current = "";
  const report = (name: string) => {
    current = name;
    onProgress(name);
  };
  try {
    return target.databaseUrl
      ? await migratePostgresql(target.databaseUrl, known, report)
      : migrateSqlite(sqliteFile(target.dataDirectory), known, report);
  } catch (error) {
    throw error instanceof MigrationError ? error : sentence(error as NodeJS.ErrnoException, target, current);
  }
}

// Not at the top: import.meta.url is a file's address only where no bundler has been.
function projectMigrations(): string {
  return fileURLToPath(new URL("../../../prisma/migrations", import.meta.url));
}

function sentence(error: NodeJS.ErrnoException, target: Target, current: string): MigrationError {
  const file = sqliteFile(target.dataDirectory);
  const because = (text: string) => new MigrationError(text, { cause: error });
  if (current) {
    return because(
      `The migration ${current} could not be applied: ${error.message}. The database is as it was before it.`,
    );
  }
  if (target.databaseUrl) return because(`PostgreSQL could not be brought up to date: ${error.message}.`);
  if (error.code === "SQLITE_NOTADB" || error.code?.startsWith("SQLITE_CORRUPT")) {
    return because(`${file} is not a database, or is damaged. Restore it from a backup, or move it away.`);
  }
  if (error.code?.startsWith("SQLITE_BUSY")) {
    return because(`${file} is held by another program. Stop that program and start again.`);
  }
  if (error.code === "EACCES" || error.code === "EROFS" || /READONLY|CANTOPEN/.test(error.code ?? "")) {
    return because(
      `${file} cannot be written (${error.code}). Give this user the right to write there, or set LEEWARD_DATA to a folder where it may.`,
    );
  }
  if (error.code === "ENOSPC" || error.code === "SQLITE_FULL") {
    return because(`The disk with ${target.dataDirectory} is full. Make room and start again.`);
  }
  return because(`The database ${file} could not be brought up to date: ${error.message}.`);
}
