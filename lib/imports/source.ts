import "server-only";
import { open } from "node:fs/promises";
import { type Archive, ArchiveError, openArchive } from "@/lib/platform/archive/reading";
import { elementsOf } from "./elements";
import { LONGEST_THREAD, MOST_ENTRIES, MOST_UNPACKED } from "./limits";

/** An uploaded file, a ZIP or a JSON text, read as if it were a folder. */
export interface Source {
  paths: string[];
  /** The elements of a JSON text; null for one that is too long. Throws a SyntaxError, an ArchiveError. */
  elements(path: string): AsyncGenerator<string | null>;
  /** A whole entry; null where it is not there. Throws an ArchiveError past the limit. */
  bytes(path: string, limit: number): Promise<Buffer | null>;
  close(): void;
}

/** What a JSON text that came alone is called. */
const ALONE = "file.json";

/**
 * Opens it, from when on its name is needed no more: the file may be removed. Throws an ArchiveError. In all, no more
 * than MOST_UNPACKED is read of it.
 */
export async function openSource(file: string): Promise<Source> {
  const source = (await isArchive(file))
    ? inArchive(await openArchive(file, MOST_ENTRIES))
    : await alone(file);
  let left = MOST_UNPACKED;
  const counted = async function* (chunks: AsyncIterable<Buffer>) {
    for await (const chunk of chunks) {
      left -= chunk.length;
      if (left < 0) throw new ArchiveError("inflated");
      yield chunk;
    }
  };
  return {
    paths: source.paths,
    elements: (path) => elementsOf(counted(source.read(path)), LONGEST_THREAD),
    bytes: async (path, limit) => {
      const size = source.sizes.get(path);
      if (size === undefined) return null;
      if (size > limit) throw new ArchiveError("inflated");
      const chunks: Buffer[] = [];
      for await (const chunk of counted(source.read(path))) chunks.push(chunk);
      return Buffer.concat(chunks);
    },
    close: source.close,
  };
}

interface Readable {
  paths: string[];
  sizes: ReadonlyMap<string, number>;
  read(path: string): AsyncIterable<Buffer>;
  close(): void;
}

const inArchive = ({ sizes, read, close }: Archive): Readable => ({
  paths: [...sizes.keys()].filter((path) => !/(^|\/)(__MACOSX|\.)/.test(path)),
  sizes,
  read,
  close,
});

async function alone(file: string): Promise<Readable> {
  const handle = await open(file, "r");
  const { size } = await handle.stat();
  return {
    paths: [ALONE],
    sizes: new Map([[ALONE, size]]),
    read: () => handle.createReadStream({ start: 0, autoClose: false }) as AsyncIterable<Buffer>,
    close: () => void handle.close(),
  };
}

/** How a ZIP begins, and an empty one. */
const ARCHIVES = [0x504b0304, 0x504b0506];

async function isArchive(file: string): Promise<boolean> {
  const handle = await open(file, "r");
  try {
    const { buffer } = await handle.read(Buffer.alloc(4), 0, 4, 0);
    return ARCHIVES.includes(buffer.readUInt32BE(0));
  } finally {
    await handle.close();
  }
}
