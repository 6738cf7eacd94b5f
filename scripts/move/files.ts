import { readdirSync } from "node:fs";
import { join } from "node:path";
import { diskBlobStore } from "../../lib/platform/blob-store/disk.ts";
import { s3BlobStore } from "../../lib/platform/blob-store/s3.ts";
import type { S3Environment } from "../../lib/platform/environment.ts";
import type { Problem } from "../../lib/platform/problem.ts";
import { Trouble } from "../bootstrap/trouble.mjs";

/** Files on their way at once. */
const AT_ONCE = 4;

/**
 * Copies every blob under `blobs` to the bucket under the same key and reads each back. What is there already is not
 * sent again, so a copy that was broken off goes on. Returns how many there are.
 */
export async function moveFiles(
  blobs: string,
  bucket: S3Environment,
  note: (text: string) => void,
): Promise<number> {
  const from = diskBlobStore(blobs);
  const to = s3BlobStore(bucket);
  const keys = keysIn(blobs);
  let done = 0;
  const copy = async (key: string): Promise<void> => {
    const bytes = await from.get(key);
    if (!bytes) throw new Trouble(`The file of ${key} cannot be read from ${blobs}.`);
    if (isSame(await to.get(key), bytes)) return;
    await to.put(key, bytes);
    if (!isSame(await to.get(key), bytes))
      throw new Trouble(`What arrived in the bucket under ${key} is not what was sent.`);
  };
  const waiting = keys.values();
  const work = async () => {
    for (const key of waiting) {
      await copy(key).catch(explain);
      note(`${++done} of ${keys.length}`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return keys.length;
}

/** The keys of `ab/cdef…`; what is half written stands under "incoming" and is no blob. */
function keysIn(blobs: string): string[] {
  return listed(blobs)
    .filter((folder) => /^[0-9a-f]{2}$/.test(folder))
    .flatMap((folder) => listed(join(blobs, folder)).map((name) => folder + name))
    .filter((key) => /^[0-9a-f]{40}$/.test(key));
}

function listed(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}

const isSame = (there: Uint8Array | null, here: Uint8Array): boolean =>
  there !== null && Buffer.from(there).equals(here);

/** The store says only that it failed; its own reason stands in the cause. */
function explain(error: unknown): never {
  if (error instanceof Trouble) throw error;
  const { code, cause } = error as Problem;
  const reason = (cause as { code?: string; message?: string } | undefined)?.code ?? code;
  throw new Trouble(
    `The bucket does not take the files (${reason}). Check S3_*, then run this again: it goes on.`,
  );
}
