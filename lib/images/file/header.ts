import { brandsOf, largestSizeOf } from "./isobmff";
import { readTiffDirectory } from "./tiff";

export interface ImageHeader {
  type:
    | "image/jpeg"
    | "image/png"
    | "image/webp"
    | "image/avif"
    | "image/heic"
    | "image/gif"
    | "image/tiff"
    | "image/bmp"
    | "image/svg+xml";
  /** Pixels, upright where the file's orientation is known from the header; 0 where the header tells none. */
  width: number;
  height: number;
}

/**
 * What a picture's own first bytes say, whatever its name or declared type; null when it is none of these
 * formats. Nothing is decoded, so it tells giants at no cost. Reads damaged files without throwing.
 */
export function readHeader(bytes: Uint8Array): ImageHeader | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (const read of [jpeg, png, gif, webp, tiff, bmp, isobmff, svg]) {
    try {
      const header = read(view, bytes);
      if (header) return header;
    } catch (error) {
      // Reading past the end: the format was recognised no further.
      if (!(error instanceof RangeError)) throw error;
    }
  }
  return null;
}

function jpeg(view: DataView): ImageHeader | null {
  if (view.getUint16(0) !== 0xffd8 || view.getUint8(2) !== 0xff) return null;
  let turned = false;
  try {
    for (let at = 2; view.getUint8(at) === 0xff; ) {
      const marker = view.getUint8(at + 1);
      if (marker === 0xff) {
        at++;
        continue;
      }
      if (isFrame(marker)) {
        return sized("image/jpeg", view.getUint16(at + 7), view.getUint16(at + 5), turned);
      }
      if (marker === 0xe1 && view.getUint32(at + 4) === 0x45786966) {
        turned = (readTiffDirectory(view, at + 10)?.orientation ?? 1) >= 5;
      }
      at += 2 + view.getUint16(at + 2);
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  return sized("image/jpeg", 0, 0);
}

/** SOF0 to SOF15; C4, C8 and CC in that range are tables. */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

function png(view: DataView): ImageHeader | null {
  if (view.getUint32(0) !== 0x89504e47 || view.getUint32(4) !== 0x0d0a1a0a) return null;
  if (view.byteLength < 24) return sized("image/png", 0, 0);
  return sized("image/png", view.getUint32(16), view.getUint32(20));
}

function gif(view: DataView, bytes: Uint8Array): ImageHeader | null {
  if (!/^GIF8[79]a$/.test(ascii(bytes, 0, 6))) return null;
  return sized("image/gif", view.getUint16(6, true), view.getUint16(8, true));
}

function webp(view: DataView, bytes: Uint8Array): ImageHeader | null {
  if (ascii(bytes, 0, 4) !== "RIFF" || ascii(bytes, 8, 4) !== "WEBP") return null;
  switch (ascii(bytes, 12, 4)) {
    case "VP8X":
      return sized("image/webp", uint24(view, 24) + 1, uint24(view, 27) + 1);
    case "VP8 ":
      return sized("image/webp", view.getUint16(26, true) & 0x3fff, view.getUint16(28, true) & 0x3fff);
    case "VP8L": {
      const bits = view.getUint32(21, true);
      return sized("image/webp", (bits & 0x3fff) + 1, ((bits >>> 14) & 0x3fff) + 1);
    }
    default:
      return sized("image/webp", 0, 0);
  }
}

function tiff(view: DataView): ImageHeader | null {
  if (view.getUint32(0) !== 0x49492a00 && view.getUint32(0) !== 0x4d4d002a) return null;
  const directory = readTiffDirectory(view);
  const turned = (directory?.orientation ?? 1) >= 5;
  return sized("image/tiff", directory?.width ?? 0, directory?.height ?? 0, turned);
}

function bmp(view: DataView, bytes: Uint8Array): ImageHeader | null {
  if (ascii(bytes, 0, 2) !== "BM" || view.getUint32(6, true) !== 0) return null;
  // A negative height means rows from the top.
  return sized("image/bmp", Math.abs(view.getInt32(18, true)), Math.abs(view.getInt32(22, true)));
}

function isobmff(_view: DataView, bytes: Uint8Array): ImageHeader | null {
  const brands = brandsOf(bytes);
  const type = brands.some((brand) => brand === "avif" || brand === "avis") ? "image/avif" : "image/heic";
  if (type === "image/heic" && !brands.some((brand) => /^(hei[cxms]|hev[cxms]|mif1|msf1)$/.test(brand)))
    return null;
  const size = largestSizeOf(bytes);
  return sized(type, size?.width ?? 0, size?.height ?? 0);
}

/** An <svg> element after at most a prologue. */
function svg(_view: DataView, bytes: Uint8Array): ImageHeader | null {
  const start = new TextDecoder().decode(bytes.subarray(0, 4096));
  const isSvg =
    /^\s*(<\?xml[^>]*>|<!--[\s\S]*?-->|<!DOCTYPE[^>[]*(\[[\s\S]*?\])?[^>]*>|\s)*<(\w+:)?svg[\s>/]/i.test(
      start,
    );
  return isSvg ? sized("image/svg+xml", 0, 0) : null;
}

function sized(type: ImageHeader["type"], width: number, height: number, turned = false): ImageHeader {
  return turned ? { type, width: height, height: width } : { type, width, height };
}

function ascii(bytes: Uint8Array, at: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + length));
}

function uint24(view: DataView, at: number): number {
  return view.getUint16(at, true) | (view.getUint8(at + 2) << 16);
}
