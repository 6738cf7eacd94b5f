import { join } from "node:path";

/** Where the embedded database is kept. */
export function sqliteFile(dataDirectory: string): string {
  return join(dataDirectory, "leeward.db");
}
