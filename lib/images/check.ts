import "server-only";
import { fileTypeFromBuffer } from "file-type";
import { decoding } from "./decoder";
import { type ImageHeader, readHeader } from "./file/header";
import { type Decodable, mostPixelsOf } from "./file/passes";
import { damaged, refused } from "./refusals";
import { ACCEPTED_TYPES, type ImageRefusal, LARGEST_UPLOAD } from "./schema";
import { type ImageGrid, imageGrid } from "./tokens";

/** A picture that passed every check possible before decoding it. */
export interface CheckedImage {
  bytes: Uint8Array;
  type: ImageHeader["type"];
  /** Upright, in pixels. */
  size: Size;
  /** Of that size. */
  grid: ImageGrid;
}

/**
 * Looks at a file's own bytes, never at its name or declared type, and decodes nothing: a giant costs what
 * its header costs. Throws `image-refused`.
 */
export async function checkImage(bytes: Uint8Array): Promise<CheckedImage> {
  if (bytes.length === 0) throw refused("empty");
  if (bytes.length > LARGEST_UPLOAD) throw refused("too-many-bytes", { limit: LARGEST_UPLOAD });
  const header = readHeader(bytes);
  if (!header) throw refused(await kindOfStranger(bytes));
  if (!ACCEPTED_TYPES.some((type) => type === header.type)) throw refused("unsupported-format");
  checkPixels(header, mostPixelsOf(bytes, header.type));

  // The decoder's own reading of the header, because it is the decoder that will allocate.
  const { size, decodable } = await readByDecoder(bytes);
  checkPixels(size, mostPixelsOf(bytes, header.type, decodable));
  return { bytes, type: header.type, size, grid: gridOf(size) };
}

interface Size {
  width: number;
  height: number;
}

function checkPixels({ width, height }: Size, limit: number): void {
  if (width * height > limit) throw refused("too-many-pixels", { width, height, limit });
}

function gridOf({ width, height }: Size): ImageGrid {
  try {
    return imageGrid(width, height);
  } catch (error) {
    throw refused("too-narrow", { width, height }, error);
  }
}

/** A picture of a kind that nobody here reads, or none at all. */
async function kindOfStranger(bytes: Uint8Array): Promise<ImageRefusal> {
  const kind = await fileTypeFromBuffer(bytes).catch(() => undefined);
  return kind?.mime.startsWith("image/") ? "unsupported-format" : "not-an-image";
}

/** `size` is upright. */
async function readByDecoder(bytes: Uint8Array): Promise<{ size: Size; decodable: Decodable }> {
  try {
    const { autoOrient, height, channels, depth } = await decoding(bytes).metadata();
    return { size: autoOrient, decodable: { height, bytesPerPixel: channels * bytesOf(depth) } };
  } catch (error) {
    throw damaged(error);
  }
}

/** Of one colour of one pixel. */
function bytesOf(depth: string): number {
  if (/char$/.test(depth)) return 1;
  if (/short$/.test(depth)) return 2;
  return /^u?int$|^float$/.test(depth) ? 4 : 16;
}
