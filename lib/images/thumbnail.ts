import "server-only";
import { decoding, inDecodeQueue } from "./decoder";

/** Longest side in pixels: sharp at 240 CSS pixels on a dense screen. */
const EDGE = 480;
const QUALITY = 75;

/** A small WebP of a picture that we stored ourselves. */
export function thumbnailOf(bytes: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
  return inDecodeQueue(async () => {
    const small = decoding(bytes).resize(EDGE, EDGE, { fit: "inside", withoutEnlargement: true });
    return new Uint8Array(await small.webp({ quality: QUALITY }).toBuffer());
  });
}
