import Database from "better-sqlite3";
import { sqliteFile } from "../../lib/platform/database/sqlite-file";

/** Suspends somebody, as an administrator will: there is no screen for it yet. */
export function suspend(data: string, userId: string): void {
  const database = new Database(sqliteFile(data));
  const changed = database
    .prepare("UPDATE users SET suspendedAt = ? WHERE id = ?")
    .run(new Date().toISOString(), userId);
  database.close();
  if (changed.changes !== 1) throw new Error("nobody was suspended");
}
