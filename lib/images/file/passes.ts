import { MOST_PIXELS } from "../schema";
import type { ImageHeader } from "./header";
import { piecesOf } from "./pieces";

/**
 * Most pixels of a picture that must be decoded whole: progressive JPEGs take 7 bytes a pixel, GIFs 5, AVIFs 17,
 * where others are read line by line. A browser makes them small before it sends them.
 */
const MOST_PIXELS_AT_ONCE = 16_000_000;

/** Most pixels of such a picture that the server decodes. */
export const mostPixelsOf = (bytes: Uint8Array, type: ImageHeader["type"]): number =>
  isDecodedWhole(bytes, type) ? MOST_PIXELS_AT_ONCE : MOST_PIXELS;

/**
 * Whether a decoder can give a picture's first line only when it holds all of them: AVIF and GIF always, a JPEG
 * or PNG that is stored in passes from coarse to fine. The others are read line by line at little memory.
 */
function isDecodedWhole(bytes: Uint8Array, type: ImageHeader["type"]): boolean {
  // The header's last byte is the way of interlacing.
  if (type === "image/png") return bytes[28] !== 0;
  if (type === "image/jpeg") return !isOnePass(bytes);
  return type === "image/avif" || type === "image/gif";
}

/** Whether a JPEG holds four inks, as for printing, which browsers turn into colours by a rule of thumb. */
export function isFourInks(bytes: Uint8Array, type: ImageHeader["type"]): boolean {
  if (type !== "image/jpeg") return false;
  const frame = piecesOf(bytes)?.pieces.find(({ start }) => FRAMES.has(bytes[start + 1] ?? 0));
  return frame !== undefined && bytes[frame.start + 9] === 4;
}

const FRAMES = new Set([0xc0, 0xc1, 0xc2]);

/** Sequential and in a single scan; what cannot be followed counts as not. */
function isOnePass(bytes: Uint8Array): boolean {
  const markers = piecesOf(bytes)?.pieces.map(({ start }) => bytes[start + 1]) ?? [];
  const scans = markers.filter((marker) => marker === 0xda);
  return scans.length === 1 && markers.some((marker) => marker === 0xc0 || marker === 0xc1);
}
