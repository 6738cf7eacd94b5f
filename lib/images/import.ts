import "server-only";
import { type FetchRefusal, FetchRefused, guardedFetch } from "@/lib/platform/guarded-fetch";
import type { Actor } from "@/lib/users/actor";
import { acceptImage } from "./commands";
import { readHeader } from "./file/header";
import { nameOfAddress } from "./name";
import { refused } from "./refusals";
import { type ImageDetails, type ImageRefusal, LARGEST_UPLOAD } from "./schema";

/** Milliseconds until a picture must be here, redirects included. */
const LONGEST_IMPORT = 20_000;

/**
 * Fetches a picture from the open internet and takes it in as if it had been uploaded. Throws `image-refused` with
 * the reason and the name, and what acceptImage throws.
 */
export async function importImage(actor: Actor, address: string): Promise<ImageDetails> {
  const { bytes, url } = await fetched(address);
  const name = nameOfAddress(url.href);
  const format = BROWSER_READS[readHeader(bytes)?.type ?? ""];
  if (format) throw refused("attach-instead", { format, name });
  return acceptImage(actor, { name, bytes });
}

/** Formats that are made into another when they are attached, and that nobody here reads. By their names. */
const BROWSER_READS: Partial<Record<string, string>> = { "image/heic": "HEIC", "image/bmp": "BMP" };

async function fetched(address: string) {
  try {
    return await guardedFetch(address, {
      accept: "image/jpeg,image/png,image/webp,image/avif,image/gif,image/tiff;q=0.9,image/*;q=0.5",
      // Many servers know no better than that these are bytes; what they are is seen when they are here.
      wanted: (type) => /^(image\/|application\/octet-stream$|binary\/|$)/.test(type),
      limit: LARGEST_UPLOAD,
      timeoutMs: LONGEST_IMPORT,
    });
  } catch (error) {
    if (!(error instanceof FetchRefused)) throw error;
    throw refused(REASONS[error.reason], { limit: LARGEST_UPLOAD, name: nameOfAddress(address) }, error);
  }
}

const REASONS: Record<FetchRefusal, ImageRefusal> = {
  "bad-address": "address-invalid",
  "private-address": "address-private",
  unreachable: "address-unreachable",
  "too-slow": "address-unreachable",
  "too-large": "too-many-bytes",
  "too-many-redirects": "address-unreachable",
  "bad-status": "address-empty",
  "unwanted-type": "not-an-image",
};
