// npm run backup [FILE]: everything of this installation in one file, while the server runs or not.
import { existsSync, statSync } from "node:fs";
import { sqliteFile } from "../../lib/platform/database/sqlite-file.ts";
import { type Environment, environment } from "../../lib/platform/environment.ts";
import { loadEnvironment } from "../bootstrap/environment.mjs";
import { root } from "../bootstrap/index.mjs";
import { step } from "../bootstrap/progress.mjs";
import { main, Trouble } from "../bootstrap/trouble.mjs";
import { postgresqlSnapshot } from "../transfer/postgresql.ts";
import { sqliteSnapshot } from "../transfer/sqlite.ts";
import type { Store } from "../transfer/store.ts";
import { openBackup } from "./reading.ts";
import { blobsOf, counted, secretOf, typedFile } from "./storage.ts";
import { writeBackup } from "./writing.ts";

await main(async () => {
  loadEnvironment(root);
  const here = environment();
  const file = typedFile(
    process.argv[2] ?? `leeward-${new Date().toISOString().slice(0, 19).replaceAll(":", "")}.backup`,
  );
  if (existsSync(file)) throw new Trouble(`${file} exists already. Choose another name.`);
  const secret = secretOf(here);
  const store = await openStore(here);
  if (!secret)
    throw new Trouble("This installation has no secret yet. Start Leeward once, then run this again.");
  const contents = await step("Writing the backup", (note) =>
    writeBackup({ store, blobs: blobsOf(here), secret }, file, note),
  );
  const backup = await step("Reading it back", (note) => openBackup(file, note));
  backup.close();
  if (contents.missing.length > 0) {
    console.log(
      `${counted(contents.missing.length, "file")} could not be found: deleted by their owners a moment ago, or lost before.`,
    );
  }
  const blobs = contents.files.filter(({ path }) => path.startsWith("blobs/")).length;
  console.log(
    `${file} holds ${counted(contents.rows, "row")} and ${counted(blobs, "file")} (${megabytes(statSync(file).size)}), read back and compared.`,
  );
  console.log(
    "It holds everybody's conversations and the secret that signs sessions: keep it where only you can read it. Your .env, with the model's token, is not in it.",
  );
});

async function openStore({ databaseUrl, dataDirectory }: Environment): Promise<Store> {
  if (databaseUrl) {
    const store = await postgresqlSnapshot(databaseUrl);
    if ((await store.migrations()).length > 0) return store;
    await store.close();
    throw new Trouble("There is nothing to back up in the database of DATABASE_URL.");
  }
  const file = sqliteFile(dataDirectory);
  if (!existsSync(file)) throw new Trouble(`There is nothing to back up in ${dataDirectory}.`);
  return sqliteSnapshot(file);
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
