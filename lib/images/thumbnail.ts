import "server-only";
import { decoding, inDecodeQueue } from "./decoder";

/** Of the square, in pixels: sharp at 240 CSS pixels on a dense screen. */
const EDGE = 480;
const QUALITY = 75;

/**
 * A small WebP of the middle of a picture that we stored ourselves, as it is shown: made to fit whole, a telephone's
 * screenshot would be too narrow to be sharp in a square.
 */
export function thumbnailOf(bytes: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
  return inDecodeQueue(async () => {
    const small = decoding(bytes).resize(EDGE, EDGE, { fit: "cover", withoutEnlargement: true });
    return new Uint8Array(await small.webp({ quality: QUALITY }).toBuffer());
  });
}
