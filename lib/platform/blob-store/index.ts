import "server-only";
import { join } from "node:path";
import { environment } from "@/lib/platform/environment";
import type { BlobStore } from "./blob-store";
import { diskBlobStore } from "./disk";
import { s3BlobStore } from "./s3";

export { type BlobStore, derivedBlobKey, randomBlobKey } from "./blob-store";

let store: BlobStore | undefined;

/** Where this server keeps pictures and documents: the bucket of S3_*, else `blobs` in the data directory. */
export function blobStore(): BlobStore {
  store ??= chosen();
  return store;
}

function chosen(): BlobStore {
  const { s3, dataDirectory } = environment();
  return s3 ? s3BlobStore(s3) : diskBlobStore(join(dataDirectory, "blobs"));
}
