import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { link, open, rm } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { archiveOf, type NewEntry } from "../../lib/platform/archive/writing.ts";
import type { BlobStore } from "../../lib/platform/blob-store/blob-store.ts";
import { Trouble } from "../bootstrap/trouble.mjs";
import type { Column, Store } from "../transfer/store.ts";
import {
  type BackedUp,
  type BackupContents,
  type BackupHead,
  BLOB_COLUMNS,
  blobPath,
  CONTENTS,
  FORMAT,
  HEAD,
  SECRET,
  tablePath,
} from "./format.ts";

/** Lines are written together up to this length, UTF-16 code units: each piece costs, however small. */
const WRITTEN_AT_ONCE = 64 * 1024;

export interface Installation {
  /** Closed as soon as its rows are read. */
  store: Store;
  blobs: BlobStore;
  secret: string;
}

/** Writes everything of an installation to a new file, which is there when it is whole. Throws a Trouble where one is. */
export async function writeBackup(
  installation: Installation,
  file: string,
  note: (text: string) => void,
): Promise<BackupContents> {
  const draft = `${file}.${process.pid}.part`;
  const contents: BackupContents = { files: [], rows: 0, missing: [] };
  try {
    const out = createWriteStream(draft, { flags: "wx", mode: 0o600 });
    await pipeline(archiveOf(entriesOf(installation, contents, note)), out);
    await settle(draft, file);
  } finally {
    await rm(draft, { force: true });
  }
  return contents;
}

/** On the disk for good, then under its name, unless that is taken. */
async function settle(draft: string, file: string): Promise<void> {
  const written = await open(draft, "r+");
  await written.sync();
  await written.close();
  await link(draft, file).catch((error) => {
    throw error.code === "EEXIST" ? new Trouble(`${file} exists already. Choose another name.`) : error;
  });
}

async function* entriesOf(
  { store, blobs, secret }: Installation,
  contents: BackupContents,
  note: (text: string) => void,
): AsyncGenerator<NewEntry> {
  const counted = (path: string, body: NewEntry["body"], compress: boolean): NewEntry => ({
    path,
    compress,
    body: hashed(body, (bytes, sha256) => contents.files.push({ path, bytes, sha256 })),
  });
  const head = await headOf(store);
  yield counted(HEAD, JSON.stringify(head, null, 2), true);
  const keys = new Set<string>();
  for (const { name, columns } of head.tables) {
    note(name);
    yield counted(tablePath(name), linesOf(store, { name, columns, keys, contents }), true);
  }
  // Files after rows: a server that goes on writing adds files, and keeps for a day what rows no longer name.
  await store.close();
  let done = 0;
  for (const key of keys) {
    const bytes = await blobs.get(key);
    if (bytes) yield counted(blobPath(key), bytes, false);
    else contents.missing.push(key);
    note(`${++done} of ${keys.size} files`);
  }
  yield counted(SECRET, secret, false);
  yield { path: CONTENTS, body: JSON.stringify(contents), compress: true };
}

async function headOf(store: Store): Promise<BackupHead> {
  const tables: BackupHead["tables"] = [];
  const migrations = await store.migrations();
  for (const name of await store.tables()) tables.push({ name, columns: await store.columns(name) });
  return {
    format: "leeward-backup",
    version: FORMAT,
    createdAt: new Date().toISOString(),
    migrations,
    tables,
  };
}

interface Reading {
  name: string;
  columns: Column[];
  keys: Set<string>;
  contents: BackupContents;
}

async function* linesOf(store: Store, { name, columns, keys, contents }: Reading): AsyncGenerator<string> {
  const places = (BLOB_COLUMNS[name] ?? []).map((key) => columns.findIndex((column) => column.name === key));
  let lines = "";
  for await (const row of store.rows(name, columns)) {
    for (const place of places) if (row[place]) keys.add(row[place] as string);
    contents.rows++;
    lines += `${JSON.stringify(row)}\n`;
    if (lines.length < WRITTEN_AT_ONCE) continue;
    yield lines;
    lines = "";
  }
  yield lines;
}

async function* hashed(
  body: NewEntry["body"],
  done: (bytes: BackedUp["bytes"], sha256: string) => void,
): AsyncGenerator<Buffer> {
  const hash = createHash("sha256");
  let bytes = 0;
  const chunks = typeof body === "string" || body instanceof Uint8Array ? [body] : body;
  for await (const chunk of chunks) {
    const buffer = Buffer.from(chunk as string);
    hash.update(buffer);
    bytes += buffer.length;
    yield buffer;
  }
  done(bytes, hash.digest("hex"));
}
