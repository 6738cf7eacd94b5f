import { migrate } from "../../lib/platform/database/migrate.ts";
import { Trouble } from "../bootstrap/trouble.mjs";
import { copyRows, refuseUsed } from "../transfer/copy.ts";
import { heldPostgresql } from "../transfer/postgresql.ts";
import type { Store } from "../transfer/store.ts";

/**
 * Copies every row to an empty PostgreSQL, in one transaction, and compares what arrived: all of it is there
 * afterwards, or nothing. Returns how many rows. Throws a Trouble when the database there is in use or not empty.
 */
export async function moveDatabase(
  source: Store,
  dataDirectory: string,
  databaseUrl: string,
  note: (text: string) => void,
): Promise<number> {
  await migrate({ dataDirectory, databaseUrl });
  const target = await heldPostgresql(databaseUrl);
  try {
    if ((await source.migrations()).join() !== (await target.migrations()).join()) {
      throw new Trouble(
        "The data directory is of another version. Unset DATABASE_URL, start Leeward once, stop it, and run this again.",
      );
    }
    await refuseUsed(
      target,
      (table) =>
        `The database of DATABASE_URL is not empty: there are rows in "${table}". Name an empty one.`,
    );
    const rows = await copyRows(source, target, note);
    await target.commit();
    return rows;
  } finally {
    await target.close();
  }
}
