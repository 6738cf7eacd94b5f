/** A stretch of a picture file. Pixels need the essential ones; the rest is metadata, padding or a stowaway. */
export interface Piece {
  start: number;
  end: number;
  essential: boolean;
}

/** A file taken apart. Not `whole`: it ends before the format's own end. */
export interface Pieces {
  pieces: Piece[];
  whole: boolean;
}

/** Takes a JPEG, PNG or WebP apart without decoding it; null when it is none of them. */
export function piecesOf(bytes: Uint8Array): Pieces | null {
  if (bytes[0] === 0xff && bytes[1] === 0xd8) return jpegPieces(bytes);
  if (bytes[0] === 0x89 && letters(bytes, 1, 3) === "PNG") return pngPieces(bytes);
  if (letters(bytes, 0, 4) === "RIFF" && letters(bytes, 8, 4) === "WEBP") return webpPieces(bytes);
  return null;
}

/** Whether a JPEG, PNG or WebP is all there and holds pixels only: no metadata, nothing hidden behind it. */
export function isPlain(bytes: Uint8Array): boolean {
  const anatomy = piecesOf(bytes);
  return anatomy ? anatomy.whole && anatomy.pieces.every((piece) => piece.essential) : false;
}

/**
 * A JPEG or PNG with nothing but its pixels; the same bytes when there is nothing to take away. Colour
 * profiles go too, so it is for pictures that are sRGB already.
 */
export function withoutMetadata(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const anatomy = piecesOf(bytes);
  if (!anatomy || anatomy.pieces.every((piece) => piece.essential)) return bytes;
  const kept = anatomy.pieces.filter((piece) => piece.essential);
  const result = new Uint8Array(kept.reduce((size, { start, end }) => size + end - start, 0));
  let at = 0;
  for (const { start, end } of kept) {
    result.set(bytes.subarray(start, end), at);
    at += end - start;
  }
  return result;
}

function jpegPieces(bytes: Uint8Array): Pieces {
  const pieces: Piece[] = [{ start: 0, end: 2, essential: true }];
  for (let at = 2; at + 1 < bytes.length; ) {
    const marker = bytes[at + 1] ?? 0;
    if (bytes[at] !== 0xff) {
      // Stray bytes between segments, which decoders skip too.
      const next = nextMarker(bytes, at);
      if (next === null) break;
      pieces.push({ start: at, end: next, essential: false });
      at = next;
      continue;
    }
    if (marker === 0xd9) return ended(pieces, bytes, at, at + 2);
    const end = marker === 0xda ? endOfScan(bytes, at) : endOfSegment(bytes, at);
    if (end === null) break;
    pieces.push({ start: at, end, essential: isEssentialSegment(bytes, at, marker) });
    at = end;
  }
  return { pieces, whole: false };
}

/** Offset behind a segment; fill bytes and the markers without a length (TEM, RSTn) are one or two long. */
function endOfSegment(bytes: Uint8Array, at: number): number | null {
  const marker = bytes[at + 1] ?? 0;
  if (marker === 0xff) return at + 1;
  if (marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7)) return at + 2;
  const end = at + 2 + uint16(bytes, at + 2);
  return end >= at + 4 && end <= bytes.length ? end : null;
}

/** Offset of the marker that ends the coded pixels. */
function endOfScan(bytes: Uint8Array, at: number): number | null {
  const start = endOfSegment(bytes, at);
  return start === null ? null : nextMarker(bytes, start);
}

/** Offset of the next FF that is a marker: followed by neither 00 (it is a byte FF then) nor a restart. */
function nextMarker(bytes: Uint8Array, start: number): number | null {
  for (let i = bytes.indexOf(0xff, start); i >= 0 && i + 1 < bytes.length; i = bytes.indexOf(0xff, i + 1)) {
    const next = bytes[i + 1] ?? 0;
    if (next !== 0x00 && next !== 0xff && (next < 0xd0 || next > 0xd7)) return i;
  }
  return null;
}

/** Frames, tables and scans; of the APPn only a bare JFIF and Adobe's note of the colour transform. */
function isEssentialSegment(bytes: Uint8Array, at: number, marker: number): boolean {
  if (marker === 0xe0) return uint16(bytes, at + 2) === 16 && letters(bytes, at + 4, 4) === "JFIF";
  if (marker === 0xee) return uint16(bytes, at + 2) === 14 && letters(bytes, at + 4, 5) === "Adobe";
  return (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc8) || (marker >= 0xda && marker <= 0xdd);
}

const PNG_PIXELS = new Set(["IHDR", "PLTE", "tRNS", "IDAT", "IEND"]);

function pngPieces(bytes: Uint8Array): Pieces {
  const pieces: Piece[] = [{ start: 0, end: 8, essential: true }];
  for (let at = 8; at + 12 <= bytes.length; ) {
    const end = at + 12 + uint16(bytes, at) * 0x10000 + uint16(bytes, at + 2);
    if (end > bytes.length) break;
    const name = letters(bytes, at + 4, 4);
    if (name === "IEND") return ended(pieces, bytes, at, end);
    pieces.push({ start: at, end, essential: PNG_PIXELS.has(name) });
    at = end;
  }
  return { pieces, whole: false };
}

/** One piece: essential when it is the simple form, which has no room for metadata, frames or alpha planes. */
function webpPieces(bytes: Uint8Array): Pieces {
  if (bytes.length < 20) return { pieces: [], whole: false };
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const size = 8 + view.getUint32(4, true);
  if (size > bytes.length) return { pieces: [], whole: false };
  const form = letters(bytes, 12, 4);
  const chunk = view.getUint32(16, true);
  const simple = (form === "VP8 " || form === "VP8L") && 20 + chunk + (chunk % 2) === size;
  return ended([], bytes, 0, size, simple);
}

/** Adds the last piece, and what follows the end of the picture as one more that it does not need. */
function ended(pieces: Piece[], bytes: Uint8Array, start: number, end: number, essential = true): Pieces {
  pieces.push({ start, end, essential });
  if (end < bytes.length) pieces.push({ start: end, end: bytes.length, essential: false });
  return { pieces, whole: true };
}

function uint16(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
}

function letters(bytes: Uint8Array, at: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + length));
}
