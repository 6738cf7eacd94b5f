import { type ImageHeader, readHeader } from "./file/header";
import { isPlain } from "./file/pieces";
import { MAX_EDGE } from "./tokens";

/** The rules that browser and server share, so that what one prepares the other leaves as it is. */

/** JPEG quality, of 100: at the model's resolution the eye finds no difference to the original. */
export const JPEG_QUALITY = 85;

/** For photographs so rich that they would be larger than LARGE_PHOTO; in the richness nobody sees the difference. */
const LOWER_QUALITIES = [80, 75];
/** Bytes above which a photograph is tried with the next lower quality: about 0.3 MB are to go up. */
const LARGE_PHOTO = 320_000;

/** A photograph as a JPEG, by an encoder that takes a quality of 100. */
export async function photoJpeg<Bytes extends Uint8Array>(
  encoded: (quality: number) => Promise<Bytes>,
): Promise<Bytes> {
  let jpeg = await encoded(JPEG_QUALITY);
  for (const quality of LOWER_QUALITIES) if (jpeg.length > LARGE_PHOTO) jpeg = await encoded(quality);
  return jpeg;
}

/**
 * Bytes up to which a picture that came without loss (PNG, GIF, …) stays so, even where JPEG were smaller:
 * text keeps its edges, and a photograph in JPEG costs no less.
 */
const LOSSLESS_BYTES = 400 * 1024;

/** Bytes above which even a finished picture is encoded anew: no encoder of ours makes one as large. */
const LARGEST_AS_IS = 2 * 1024 * 1024;

/** Whether to send the lossless one of two encodings of a picture. Sizes in bytes. */
export function keepLossless(losslessBytes: number, jpegBytes: number): boolean {
  return losslessBytes <= Math.max(LOSSLESS_BYTES, jpegBytes);
}

/** Whether a file's pixels came without loss: a screenshot or a drawing rather than a photograph. */
export function isLossless(type: ImageHeader["type"], bytes: Uint8Array): boolean {
  // WebP has both kinds; the fourth letter of the chunk's name tells.
  return type === "image/webp" ? bytes[15] === 0x4c : !LOSSY_TYPES.has(type);
}

const LOSSY_TYPES = new Set<ImageHeader["type"]>(["image/jpeg", "image/avif", "image/heic"]);

/**
 * Whether the file is, by its structure, already what the model sees: a JPEG, PNG or WebP of the model's
 * size with one frame, 8 bits, no CMYK and nothing beside the pixels. That it decodes, and that it is opaque
 * where it has an alpha channel, is for the caller to see.
 */
export function isModelReady(bytes: Uint8Array): boolean {
  const header = readHeader(bytes);
  if (!header || bytes.length > LARGEST_AS_IS || !isPlain(bytes)) return false;
  if (header.width < 1 || header.height < 1 || Math.max(header.width, header.height) > MAX_EDGE) return false;
  if (header.type === "image/png") return (bytes[24] ?? 0) <= 8;
  return header.type === "image/webp" || isOrdinaryJpeg(bytes);
}

/** Whether a PNG or WebP that is model-ready has an alpha channel or a transparent colour. */
export function hasAlphaChannel(bytes: Uint8Array): boolean {
  if (bytes[0] === 0xff) return false;
  // WebP: only the lossless form has the flag, one bit after two sizes of 14 bits.
  if (bytes[0] === 0x52) return bytes[15] === 0x4c && ((bytes[24] ?? 0) & 0x10) !== 0;
  const colourType = bytes[25] ?? 0;
  return colourType >= 4 || indexOfChunk(bytes, "tRNS") >= 0;
}

/** Baseline or progressive, 8 bits, grey or three colours; CMYK and rarer kinds are encoded anew. */
function isOrdinaryJpeg(bytes: Uint8Array): boolean {
  for (let at = 2; at + 9 < bytes.length && bytes[at] === 0xff; ) {
    const marker = bytes[at + 1] ?? 0;
    if (marker >= 0xc0 && marker <= 0xc2)
      return bytes[at + 4] === 8 && (bytes[at + 9] === 1 || bytes[at + 9] === 3);
    at += 2 + (((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0));
  }
  return false;
}

function indexOfChunk(bytes: Uint8Array, name: string): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 8; at + 12 <= bytes.length; at += 12 + view.getUint32(at)) {
    if (String.fromCharCode(...bytes.subarray(at + 4, at + 8)) === name) return at;
  }
  return -1;
}
