import "server-only";
import { fileTypeFromBuffer } from "file-type";
import { decoding } from "./decoder";
import { type ImageHeader, readHeader } from "./file/header";
import { mostPixelsOf } from "./file/passes";
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
  const limit = mostPixelsOf(bytes, header.type);
  checkPixels(header, limit);

  // The decoder's own reading of the header, because it is the decoder that will allocate.
  const size = await uprightSize(bytes);
  checkPixels(size, limit);
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

async function uprightSize(bytes: Uint8Array): Promise<Size> {
  try {
    const { autoOrient } = await decoding(bytes).metadata();
    return autoOrient;
  } catch (error) {
    throw damaged(error);
  }
}
