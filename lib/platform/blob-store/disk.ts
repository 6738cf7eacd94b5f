import { randomBytes } from "node:crypto";
import { mkdir, open, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Problem } from "../problem.ts";
import { type BlobStore, checkBlobKey } from "./blob-store.ts";

/** Milliseconds after which a half-written file can only be the rest of a killed process. */
const ABANDONED_AFTER = 60 * 60 * 1000;

/** Blobs as files under `root`: `ab/cdef…`, readable by this user only. */
export function diskBlobStore(root: string): BlobStore {
  const incoming = join(root, "incoming");
  const pathOf = (key: string) => {
    checkBlobKey(key);
    return join(root, key.slice(0, 2), key.slice(2));
  };
  let swept: Promise<void> | undefined;

  return {
    async put(key, bytes) {
      const path = pathOf(key);
      await stored(async () => {
        await mkdir(incoming, { recursive: true, mode: 0o700 });
        swept ??= sweep(incoming);
        await swept;
        await writeWhole(path, join(incoming, randomBytes(12).toString("hex")), bytes);
      });
    },
    async get(key) {
      const path = pathOf(key);
      return stored(() => readFile(path).catch(nullWhenMissing)) as Promise<Uint8Array<ArrayBuffer> | null>;
    },
    async delete(key) {
      const path = pathOf(key);
      await stored(() => rm(path, { force: true }));
    },
  };
}

/** Aside first, then into place by renaming: a reader sees all of it or nothing, and so does a crash. */
async function writeWhole(path: string, temporary: string, bytes: Uint8Array): Promise<void> {
  try {
    await writeThrough(temporary, bytes);
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    await rename(temporary, path);
    await syncDirectory(dirname(path));
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => {});
    throw error;
  }
}

async function writeThrough(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, "wx", 0o600);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** The rename is only as lasting as the directory's own entry. Windows cannot open a directory. */
async function syncDirectory(path: string): Promise<void> {
  if (process.platform === "win32") return;
  const directory = await open(path, "r");
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}

async function sweep(incoming: string): Promise<void> {
  for (const name of await readdir(incoming)) {
    const path = join(incoming, name);
    const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Number.POSITIVE_INFINITY }));
    if (mtimeMs < Date.now() - ABANDONED_AFTER) await rm(path, { force: true });
  }
}

function nullWhenMissing(error: unknown): null {
  if (codeOf(error) === "ENOENT") return null;
  throw error;
}

/** A full disk is something that can be mended; whatever else the file system refuses is one thing to people. */
async function stored<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const code = codeOf(error);
    if (!code) throw error;
    throw new Problem(code === "ENOSPC" || code === "EDQUOT" ? "storage-full" : "storage-down", {}, error);
  }
}

function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException | null)?.code;
}
