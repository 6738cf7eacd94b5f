// npm run move: takes what the data directory holds to the PostgreSQL of DATABASE_URL and the bucket of S3_*, whichever
// of them is set. Every link, password and picture works as before: nothing is renamed. The originals stay untouched.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { sqliteFile } from "../../lib/platform/database/sqlite-file.ts";
import { environment } from "../../lib/platform/environment.ts";
import { loadEnvironment } from "../bootstrap/environment.mjs";
import { root } from "../bootstrap/index.mjs";
import { step } from "../bootstrap/progress.mjs";
import { main, Trouble } from "../bootstrap/trouble.mjs";
import { heldSqlite } from "../transfer/sqlite.ts";
import { moveDatabase } from "./database.ts";
import { moveFiles } from "./files.ts";

await main(async () => {
  loadEnvironment(root);
  const { dataDirectory, databaseUrl, s3 } = environment();
  if (!databaseUrl && !s3) {
    throw new Trouble(
      "Set where it goes first, in .env: DATABASE_URL for the database, S3_* for pictures and documents (docs/settings.md).",
    );
  }
  const file = sqliteFile(dataDirectory);
  const blobs = join(dataDirectory, "blobs");
  if (!existsSync(file) && !existsSync(blobs))
    throw new Trouble(`There is nothing to move in ${dataDirectory}.`);
  const source = existsSync(file) ? heldSqlite(file) : null;
  try {
    // Files first: rows that are there name blobs that are there.
    if (s3) {
      const files = await step("Copying pictures and documents", (note) => moveFiles(blobs, s3, note));
      console.log(`${files} files are in the bucket ${s3.bucket}, each compared with its original.`);
    }
    if (databaseUrl && source) {
      const rows = await step("Copying the database", (note) =>
        moveDatabase(source, dataDirectory, databaseUrl, note),
      );
      console.log(`${rows} rows are in PostgreSQL, each compared with its original.`);
    }
  } finally {
    await source?.close();
  }
  console.log(`Start Leeward again. Keep ${dataDirectory} as a backup; its file "secret" is needed still.`);
});
