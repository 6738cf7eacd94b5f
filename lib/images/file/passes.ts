import { MOST_PIXELS } from "../schema";
import { avifBytesPerPixel } from "./av1";
import type { ImageHeader } from "./header";
import { indexOf } from "./letters";
import { piecesOf } from "./pieces";
import { readTiffBands } from "./tiff";

/** Most bytes that decoding one picture may hold. A browser makes pictures small before it sends them. */
const MOST_HELD = 125_000_000;

/** Bytes for a pixel of what is decoded whole: measured of progressive JPEGs; GIFs take 5. */
const HELD_WHOLE = 7.5;
/** The same of a WebP: without loss, and as a frame that is laid upon another. */
const HELD_LOSSLESS = 4;
const HELD_FRAME = 9;
/** Of an AVIF, beside twice what its colours take as they lie in the file. */
const HELD_OF_AVIF = 12;
/** Beside the pixels of an interlaced PNG. */
const HELD_BESIDE = 2;

/** How many lines are held, as measured, where a picture is read line by line. */
const HELD_LINES = 2_000;
/** A TIFF's tiles or planes are held this many times: packed out, and put together. */
const HELD_TIMES = 1.5;
/** Rows of a strip up to which the decoder reads all of it; of higher ones it reads the lines. */
const LOW_STRIP = 128;

/** What the decoder says of a picture before it decodes it. `height`: as it lies in the file, not upright. */
export interface Decodable {
  height: number;
  bytesPerPixel: number;
}

/** Most pixels of such a picture that the server decodes. `decodable`: where only the decoder can tell. */
export function mostPixelsOf(bytes: Uint8Array, type: ImageHeader["type"], decodable?: Decodable): number {
  const held = heldByPixel(bytes, type, decodable);
  return Math.min(MOST_PIXELS, held > 0 ? Math.floor(MOST_HELD / held) : MOST_PIXELS);
}

/**
 * Bytes that a decoder holds for each pixel. Many: where it can give the first line only when it has all of them, as
 * of AVIF and GIF always, of a JPEG or PNG that is stored in passes from coarse to fine, of a WebP without loss.
 * None: where it makes the picture smaller while it reads.
 */
function heldByPixel(bytes: Uint8Array, type: ImageHeader["type"], decodable?: Decodable): number {
  if (type === "image/jpeg") return isOnePass(bytes) ? 0 : HELD_WHOLE;
  if (type === "image/webp") return heldOfWebp(bytes);
  if (type === "image/png") {
    // The header's last byte is the way of interlacing.
    if (bytes[28] !== 0) return Math.max(HELD_WHOLE, HELD_BESIDE + (decodable?.bytesPerPixel ?? 0));
    return decodable ? heldLines(decodable) : 0;
  }
  if (type === "image/tiff") return decodable ? heldLines(decodable) + heldBands(bytes, decodable) : 0;
  return type === "image/avif" ? HELD_OF_AVIF + 2 * avifBytesPerPixel(bytes) : HELD_WHOLE;
}

/** By chunks' names wherever they stand: a decoder may find them however deep. */
function heldOfWebp(bytes: Uint8Array): number {
  if (indexOf(bytes, "ANMF") >= 0) return HELD_FRAME;
  return indexOf(bytes, "VP8L") >= 0 ? HELD_LOSSLESS : 0;
}

const heldLines = ({ height, bytesPerPixel }: Decodable): number =>
  bytesPerPixel * Math.min(1, HELD_LINES / height);

/** A TIFF is cut into strips or tiles, of which a whole band across the picture is held; it may be a single one. */
function heldBands(bytes: Uint8Array, { height, bytesPerPixel }: Decodable): number {
  const { rows, byLine } = readTiffBands(bytes);
  if (byLine && rows > LOW_STRIP) return 0;
  return bytesPerPixel * HELD_TIMES * Math.min(1, rows / height);
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
