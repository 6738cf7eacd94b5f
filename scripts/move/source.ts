import Database from "better-sqlite3";
import { Trouble } from "../bootstrap/trouble.mjs";

/**
 * Opens the embedded database for this process alone, until it is closed. Throws a Trouble while a server has it open:
 * what that writes meanwhile would be left behind.
 */
export function holdSource(file: string): Database.Database {
  const source = new Database(file, { timeout: 0, fileMustExist: true });
  try {
    // In this mode the file itself is locked, which every open connection stands in the way of, a resting one too.
    source.pragma("locking_mode = EXCLUSIVE");
    source.exec("BEGIN EXCLUSIVE");
    return source;
  } catch (error) {
    source.close();
    if (!String((error as { code?: string }).code).startsWith("SQLITE_BUSY")) throw error;
    throw new Trouble(`${file} is in use. Stop Leeward, then run this again.`);
  }
}

interface ForeignKey {
  table: string;
}

/** The tables with what they hold, those first that others refer to. */
export function tablesOf(source: Database.Database): string[] {
  const names = source
    .prepare(`SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite@_%' ESCAPE '@'
       AND name <> '_prisma_migrations' ORDER BY name`)
    .pluck()
    .all() as string[];
  const ordered = new Set<string>();
  const place = (name: string): void => {
    if (ordered.has(name)) return;
    const keys = source.pragma(`foreign_key_list("${name}")`) as ForeignKey[];
    for (const { table } of keys) if (table !== name) place(table);
    ordered.add(name);
  };
  names.forEach(place);
  return [...ordered];
}
