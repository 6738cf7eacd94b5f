import type { Readable } from "node:stream";
import { crc32 } from "node:zlib";
import { type Entry, openPromise, type ZipFile } from "yauzl";

/** Why an archive cannot be read. */
export class ArchiveError extends Error {
  override name = "ArchiveError";
  readonly reason: "damaged" | "too-many-entries" | "inflated";
  constructor(reason: ArchiveError["reason"], cause?: unknown) {
    super(reason, { cause });
    this.reason = reason;
  }
}

export interface Archive {
  /** What each entry says it unpacks to, in bytes, by path; folders are left out. No path leads out of the archive. */
  sizes: ReadonlyMap<string, number>;
  /** An entry's bytes, its checksum compared at the end. Throws an ArchiveError, also for a path that is not there. */
  read(path: string): AsyncGenerator<Buffer>;
  /** All of them together. Throws `inflated` past the limit, before or while it unpacks. */
  bytes(path: string, limit: number): Promise<Buffer>;
  close(): void;
}

/**
 * Opens a ZIP by its directory, which stands at its end: one that is not whole is refused here. Nothing is unpacked
 * but what is asked for, and to no more than its directory says. Throws an ArchiveError.
 */
export async function openArchive(file: string, mostEntries = Number.POSITIVE_INFINITY): Promise<Archive> {
  const zip = await readable(() => openPromise(file, { lazyEntries: true, autoClose: false }));
  try {
    const entries = await readable(() => entriesOf(zip, mostEntries));
    const read = (path: string) => contents(zip, entries.get(path));
    return {
      sizes: new Map([...entries].map(([path, entry]) => [path, entry.uncompressedSize])),
      read,
      bytes: (path, limit) => gather(read(path), entries.get(path)?.uncompressedSize ?? 0, limit),
      close: () => zip.close(),
    };
  } catch (error) {
    zip.close();
    throw error;
  }
}

async function entriesOf(zip: ZipFile, most: number): Promise<Map<string, Entry>> {
  if (zip.entryCount > most) throw new ArchiveError("too-many-entries");
  const entries = new Map<string, Entry>();
  for await (const entry of zip.eachEntry()) {
    if (entry.fileName.endsWith("/")) continue;
    // Which of two would be meant?
    if (entries.has(entry.fileName)) throw new ArchiveError("damaged");
    entries.set(entry.fileName, entry);
  }
  return entries;
}

async function* contents(zip: ZipFile, entry: Entry | undefined): AsyncGenerator<Buffer> {
  if (!entry) throw new ArchiveError("damaged");
  const stream: Readable = await readable(() => zip.openReadStreamPromise(entry));
  let sum = 0;
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      sum = crc32(chunk, sum);
      yield chunk;
    }
  } catch (error) {
    throw asArchiveError(error);
  } finally {
    stream.destroy();
  }
  if (sum !== entry.crc32) throw new ArchiveError("damaged");
}

async function gather(chunks: AsyncIterable<Buffer>, declared: number, limit: number): Promise<Buffer> {
  if (declared > limit) throw new ArchiveError("inflated");
  const all: Buffer[] = [];
  for await (const chunk of chunks) all.push(chunk);
  return Buffer.concat(all);
}

async function readable<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw asArchiveError(error);
  }
}

/** What the file system says is no fault of the archive. */
function asArchiveError(error: unknown): unknown {
  const { code, syscall } = error as NodeJS.ErrnoException;
  return error instanceof ArchiveError || (code && syscall) ? error : new ArchiveError("damaged", error);
}
