import Database from "better-sqlite3";
import { sqliteFile } from "../../lib/platform/database/sqlite-file";

/** Makes somebody an administrator: otherwise only an installation's first person is one. */
export function makeAdministrator(data: string, userId: string): void {
  const database = new Database(sqliteFile(data));
  const changed = database.prepare("UPDATE users SET role = 'administrator' WHERE id = ?").run(userId);
  database.close();
  if (changed.changes !== 1) throw new Error("nobody was made an administrator");
}
