import { createHash, randomBytes } from "node:crypto";

/**
 * Keeps bytes under random keys. Keys come from `randomBlobKey` only; any other is a mistake in our own code
 * and throws a RangeError. What the storage itself fails at is the Problem `storage-full` (disk or quota) or
 * `storage-down` (unreachable, broken).
 */
export interface BlobStore {
  /** Resolves once the bytes would survive a loss of power. An existing key is replaced. */
  put(key: string, bytes: Uint8Array, contentType?: string): Promise<void>;
  /** The bytes, or null when there are none under the key. */
  get(key: string): Promise<Uint8Array<ArrayBuffer> | null>;
  /** Deleting what is not there is done already. */
  delete(key: string): Promise<void>;
}

/** A new key: 160 random bits, so it can neither be guessed nor tells whose it is. */
export function randomBlobKey(): string {
  return randomBytes(20).toString("hex");
}

/** The key of what is made from a blob and can be made again: as hard to guess, and found without asking anybody. */
export function derivedBlobKey(key: string, what: "thumbnail"): string {
  return createHash("sha256").update(`${what} of ${key}`).digest("hex").slice(0, 40);
}

/** Throws a RangeError for whatever `randomBlobKey` did not make: above all for paths. */
export function checkBlobKey(key: string): void {
  if (!/^[0-9a-f]{40}$/.test(key)) throw new RangeError("not a blob key");
}
