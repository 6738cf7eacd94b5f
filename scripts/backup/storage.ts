import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { BlobStore } from "../../lib/platform/blob-store/blob-store.ts";
import { diskBlobStore } from "../../lib/platform/blob-store/disk.ts";
import { s3BlobStore } from "../../lib/platform/blob-store/s3.ts";
import type { Environment } from "../../lib/platform/environment.ts";

/** Where this installation keeps pictures and documents. */
export const blobsOf = ({ s3, dataDirectory }: Environment): BlobStore =>
  s3 ? s3BlobStore(s3) : diskBlobStore(join(dataDirectory, "blobs"));

export const secretFile = ({ dataDirectory }: Environment): string => join(dataDirectory, "secret");

/** What signs sessions and the passes to shares; null where there is none yet. */
export function secretOf(environment: Environment): string | null {
  if (environment.secret) return environment.secret;
  try {
    return readFileSync(secretFile(environment), "utf8").trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}

/** A file's name as the person typed it, who may stand in another folder than npm. */
export const typedFile = (name: string): string => resolve(process.env.INIT_CWD ?? process.cwd(), name);

/** "3 files", "1 file" */
export const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? "" : "s"}`;
