import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { migrate } from "../../lib/platform/database/migrate.ts";
import type { Environment } from "../../lib/platform/environment.ts";
import type { Problem } from "../../lib/platform/problem.ts";
import { Trouble } from "../bootstrap/trouble.mjs";
import { copyRows, refuseUsed } from "../transfer/copy.ts";
import type { WritableStore } from "../transfer/store.ts";
import { BLOB_COLUMNS, blobKeyIn } from "./format.ts";
import type { Backup } from "./reading.ts";
import { blobsOf, secretFile } from "./storage.ts";
import { openTarget } from "./target.ts";

/** Files on their way at once. */
const AT_ONCE = 4;

export interface Options {
  /** What is there is deleted for it. */
  replace: boolean;
}

/**
 * Brings a backup into an installation, of whatever engine and storage. Files first, then all rows in one transaction:
 * until its commit the database is as it was. Throws a Trouble.
 */
export async function restore(
  backup: Backup,
  target: Environment,
  { replace }: Options,
  note: (text: string) => void,
): Promise<void> {
  mkdirSync(target.dataDirectory, { recursive: true, mode: 0o700 });
  const store = await openTarget(target, backup.head.migrations);
  try {
    const before = replace ? await blobKeysIn(store) : [];
    if (replace) for (const table of (await store.tables()).reverse()) await store.clear(table);
    else await refuseUsed(store, notEmpty);
    await putFiles(backup, target, note);
    const draft = writeSecret(target, backup.secret);
    await copyRows(backup.rows, store, note);
    await noteRemovable(store, before);
    await store.commit();
    renameSync(draft, secretFile(target));
  } finally {
    await store.close();
    rmSync(draftOf(target), { force: true });
  }
  await migrate(target);
}

const notEmpty = (table: string) =>
  `This installation is not empty: there are rows in "${table}". Restore into another one, or run this with --replace to delete everything that is here.`;

async function putFiles(backup: Backup, target: Environment, note: (text: string) => void): Promise<void> {
  const paths = backup.contents.files.map(({ path }) => path).filter((path) => blobKeyIn(path));
  const blobs = blobsOf(target);
  let done = 0;
  const put = async (path: string) => {
    const key = blobKeyIn(path) ?? "";
    const bytes = await backup.bytes(path);
    // Begun before and broken off: what has arrived is not sent again.
    if (isSame(await blobs.get(key), bytes)) return;
    await blobs.put(key, bytes);
    if (!isSame(await blobs.get(key), bytes)) throw new Error("what arrived is not what was sent");
  };
  const waiting = paths.values();
  const work = async () => {
    for (const path of waiting) {
      await put(path).catch(explain);
      note(`${++done} of ${paths.length} files`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}

const isSame = (there: Uint8Array | null, here: Uint8Array): boolean =>
  there !== null && Buffer.from(there).equals(here);

const draftOf = (target: Environment): string => `${secretFile(target)}.restored`;

/** Beside its place until the rows are there. */
function writeSecret(target: Environment, secret: string): string {
  const draft = draftOf(target);
  writeFileSync(draft, secret, { mode: 0o600 });
  return draft;
}

/** The files of what was replaced: the server removes them after a day, unless a row that came has the same. */
async function noteRemovable(store: WritableStore, keys: string[]): Promise<void> {
  if (keys.length === 0) return;
  const columns = await store.columns("blob_removals");
  const noted = new Set<unknown>();
  for await (const [key] of store.rows("blob_removals", columns)) noted.add(key);
  const now = new Date().toISOString();
  const rows = keys
    .filter((key) => !noted.has(key))
    .map((key) => columns.map(({ name }) => (name === "blobKey" ? key : now)));
  for (const row of rows) await store.insert("blob_removals", columns, [row]);
}

async function blobKeysIn(store: WritableStore): Promise<string[]> {
  const keys = new Set<string>();
  for (const [table, names] of Object.entries({ ...BLOB_COLUMNS, blob_removals: ["blobKey"] })) {
    const columns = (await store.columns(table)).filter(({ name }) => names.includes(name));
    for await (const row of store.rows(table, columns)) for (const key of row) keys.add(key as string);
  }
  return [...keys];
}

/** The store says only that it failed; its own reason stands in the cause. */
function explain(error: unknown): never {
  const { code, cause, message } = error as Problem;
  const reason = (cause as { code?: string } | undefined)?.code ?? code ?? message;
  throw new Trouble(
    `The storage does not take the files (${reason}). The database is as it was. Mend that, then run this again: it goes on.`,
  );
}
