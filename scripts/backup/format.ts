import type { Column } from "../transfer/store.ts";

// A backup is a ZIP with, in this order: backup.json (BackupHead), database/<table>.ndjson (a row a line, as an array
// in the order of the columns), blobs/<key>, secret, contents.json (BackupContents, of all before it).

/** Counted up when an older program could not restore what a newer one wrote. */
export const FORMAT = 1;

export const HEAD = "backup.json";
export const SECRET = "secret";
export const CONTENTS = "contents.json";
export const tablePath = (table: string) => `database/${table}.ndjson`;
export const blobPath = (key: string) => `blobs/${key}`;
export const blobKeyIn = (path: string): string | null => /^blobs\/([0-9a-f]{40})$/.exec(path)?.[1] ?? null;

export interface BackupHead {
  format: "leeward-backup";
  version: number;
  /** ISO 8601, UTC. */
  createdAt: string;
  /** Names of the migrations that made the tables, in order. */
  migrations: string[];
  /** Those first that others refer to. */
  tables: { name: string; columns: Column[] }[];
}

/** `sha256` hexadecimal, of the bytes. */
export interface BackedUp {
  path: string;
  bytes: number;
  sha256: string;
}

export interface BackupContents {
  files: BackedUp[];
  /** Rows of all tables. */
  rows: number;
  /** Keys of blobs that a row names and that were not there: deleted by their owner meanwhile, or lost before. */
  missing: string[];
}

/** Columns that name a blob which the row needs. What is made from blobs is not kept: it is made again. */
export const BLOB_COLUMNS: Record<string, string[]> = {
  images: ["blobKey"],
  documents: ["blobKey", "textKey"],
  share_images: ["blobKey"],
};
