import { createHash } from "node:crypto";
import { type Archive, ArchiveError, openArchive } from "../../lib/platform/archive/reading.ts";
import { Trouble } from "../bootstrap/trouble.mjs";
import type { Column, RowSource } from "../transfer/store.ts";
import {
  type BackedUp,
  type BackupContents,
  type BackupHead,
  CONTENTS,
  FORMAT,
  HEAD,
  SECRET,
  tablePath,
} from "./format.ts";

/** The head, the list and the secret are small, whatever the backup holds; the list has 150 bytes for a file. */
const LARGEST_LIST = 512 * 1024 * 1024;
const LARGEST_HEAD = 1024 * 1024;

/** A backup whose every byte has been compared with its list. */
export interface Backup {
  head: BackupHead;
  contents: BackupContents;
  secret: string;
  rows: RowSource;
  bytes(path: string): Promise<Buffer>;
  close(): void;
}

/**
 * Opens a backup and reads all of it once, before anything is done with it. Throws a Trouble for what is no backup, is
 * damaged or of a newer version.
 */
export async function openBackup(file: string, note: (text: string) => void): Promise<Backup> {
  const archive = await openArchive(file).catch((error) => explain(error, file));
  try {
    const head = await headOf(archive, file);
    const contents = await verified(archive, note);
    const largest = new Map(contents.files.map(({ path, bytes }) => [path, bytes]));
    const bytes = (path: string) => archive.bytes(path, largest.get(path) ?? 0);
    const secret = (await bytes(SECRET)).toString();
    return { head, contents, secret, bytes, rows: rowsOf(archive, head), close: () => archive.close() };
  } catch (error) {
    archive.close();
    return explain(error, file);
  }
}

async function headOf(archive: Archive, file: string): Promise<BackupHead> {
  if (!archive.sizes.has(HEAD)) throw new Trouble(`${file} is no backup of Leeward.`);
  const head: BackupHead = JSON.parse((await archive.bytes(HEAD, LARGEST_HEAD)).toString());
  if (head.format !== "leeward-backup") throw new Trouble(`${file} is no backup of Leeward.`);
  if (head.version > FORMAT)
    throw new Trouble(`${file} was made by a newer Leeward. Update this one, then run this again.`);
  return head;
}

async function verified(archive: Archive, note: (text: string) => void): Promise<BackupContents> {
  const contents: BackupContents = JSON.parse((await archive.bytes(CONTENTS, LARGEST_LIST)).toString());
  const listed = new Set(contents.files.map(({ path }) => path).concat(CONTENTS));
  if (listed.size !== archive.sizes.size || ![...archive.sizes.keys()].every((path) => listed.has(path)))
    throw new ArchiveError("damaged");
  let done = 0;
  for (const file of contents.files) {
    await compare(archive, file);
    note(`${++done} of ${contents.files.length}`);
  }
  return contents;
}

async function compare(archive: Archive, { path, bytes, sha256 }: BackedUp): Promise<void> {
  const hash = createHash("sha256");
  let read = 0;
  for await (const chunk of archive.read(path)) {
    hash.update(chunk);
    read += chunk.length;
  }
  if (read !== bytes || hash.digest("hex") !== sha256) throw new ArchiveError("damaged");
}

/** The rows as they stand in the file; they hold the columns in its order. */
const rowsOf = (archive: Archive, head: BackupHead): RowSource => ({
  migrations: async () => head.migrations,
  tables: async () => head.tables.map(({ name }) => name),
  columns: async (table) => columnsOf(head, table),
  async *rows(table, columns) {
    const here = columnsOf(head, table);
    const places = columns.map((column) => here.findIndex(({ name }) => name === column.name));
    for await (const line of linesOf(archive.read(tablePath(table)))) {
      const row = JSON.parse(line) as unknown[];
      yield places.map((place) => row[place]);
    }
  },
});

/** Node's readline would end one at U+2028 as well, which may stand in a text. */
async function* linesOf(chunks: AsyncIterable<Buffer>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const chunk of chunks) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split("\n");
    rest = lines.pop() ?? "";
    yield* lines;
  }
}

function columnsOf(head: BackupHead, table: string): Column[] {
  const found = head.tables.find(({ name }) => name === table);
  if (!found) throw new ArchiveError("damaged");
  return found.columns;
}

function explain(error: unknown, file: string): never {
  if ((error as NodeJS.ErrnoException).code === "ENOENT") throw new Trouble(`There is no file ${file}.`);
  if (error instanceof ArchiveError || error instanceof SyntaxError) {
    throw new Trouble(`${file} is damaged or not whole. Nothing was restored from it; take another backup.`);
  }
  throw error;
}
