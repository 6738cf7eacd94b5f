import {
  hasAlphaChannel,
  isLossless,
  isModelReady,
  JPEG_QUALITY,
  keepLossless,
  photoJpeg,
} from "@/lib/images/encoding";
import { type ImageHeader, readHeader } from "@/lib/images/file/header";
import { isDisplayP3 } from "@/lib/images/file/metadata";
import { isFourInks, mostPixelsOf } from "@/lib/images/file/passes";
import { piecesOf, withoutMetadata } from "@/lib/images/file/pieces";
import { removedFrom } from "@/lib/images/removed";
import { ACCEPTED_TYPES, type ImageOrigin, LARGEST_UPLOAD, MOST_PIXELS } from "@/lib/images/schema";
import { type ImageGrid, imageGrid } from "@/lib/images/tokens";
import { drawn, fromDisplayP3, written } from "./canvas";
import type { PreparedImage } from "./prepare";
import { ImageRefused } from "./refused";

/** Largest file that is read at all, bytes. More than may be uploaded, since drawing it makes it small. */
const LARGEST_FILE = 100 * 1024 * 1024;

type Converted = Omit<PreparedImage, "name">;

/**
 * What the model sees of a file: the same rules as the server's lib/images/model-image.ts, by the browser's
 * own decoder. Runs in a worker or in the page. Throws ImageRefused.
 */
export async function convertImage(file: Blob, name: string): Promise<Converted> {
  if (file.size === 0) throw new ImageRefused("empty", name);
  if (file.size > LARGEST_FILE) throw new ImageRefused("too-many-bytes", name, { limit: LARGEST_FILE });
  const bytes = new Uint8Array(await file.arrayBuffer());
  const header = readHeader(bytes);
  if (header?.type === "image/svg+xml") throw new ImageRefused("unsupported-format", name);
  if (header) checkPixels(header, name);
  // Browsers show the half of a picture that is there; the model should not be asked about half a picture.
  if (piecesOf(bytes)?.whole === false) throw new ImageRefused("damaged", name);

  // The server has the profiles that turn inks into colours.
  if (header && isFourInks(bytes, header.type) && fitsServer(bytes, header))
    return asOriginal(bytes, header, name);
  const picture = await decoded(bytes, header?.type);
  if (!picture && header && SERVER_READS.has(header.type)) return asOriginal(bytes, header, name);
  if (!picture) throw undecodable(header, file, name);
  const { bitmap } = picture;
  try {
    checkPixels(bitmap, name);
    const grid = gridOf(bitmap, name);
    const blob = await modelBlob(bytes, header, picture, grid);
    return described(blob, grid, originOf(bytes, header?.type, bitmap), true);
  } finally {
    bitmap.close();
  }
}

interface Decoded {
  bitmap: ImageBitmap;
  /** Its numbers are Display P3, not yet what a canvas takes them for. */
  isDisplayP3: boolean;
}

/** The first frame, upright; null when this browser cannot. The type is what the bytes say, not the file's. */
async function decoded(bytes: Uint8Array<ArrayBuffer>, type?: string): Promise<Decoded | null> {
  try {
    const file = new Blob([bytes], { type });
    return {
      bitmap: await createImageBitmap(file, { imageOrientation: "from-image" }),
      isDisplayP3: false,
    };
  } catch {
    return type === "image/heic" ? decodedByUs(bytes) : null;
  }
}

/** Our own decoder does not look at the colours' profile, as a browser does. */
async function decodedByUs(bytes: Uint8Array<ArrayBuffer>): Promise<Decoded | null> {
  const { decodedHeic } = await import("./heic");
  const bitmap = await decodedHeic(bytes).catch(() => null);
  return bitmap && { bitmap, isDisplayP3: isDisplayP3(bytes) };
}

async function modelBlob(
  bytes: Uint8Array<ArrayBuffer>,
  header: ImageHeader | null,
  picture: Decoded,
  grid: ImageGrid,
): Promise<Blob> {
  if (header && isModelReady(bytes) && !hasAlphaChannel(bytes))
    return new Blob([bytes], { type: header.type });
  const canvas = await drawn(picture.bitmap, grid.width, grid.height);
  if (picture.isDisplayP3) fromDisplayP3(canvas);
  const jpegOf = async (quality: number) =>
    withoutMetadata(await written(canvas, "image/jpeg", quality / 100));
  if (header && isLossless(header.type, bytes)) {
    const jpeg = await jpegOf(JPEG_QUALITY);
    const png = withoutMetadata(await written(canvas, "image/png"));
    if (keepLossless(png.length, jpeg.length)) return new Blob([png], { type: "image/png" });
    return new Blob([jpeg], { type: "image/jpeg" });
  }
  return new Blob([await photoJpeg(jpegOf)], { type: "image/jpeg" });
}

/** Formats that some browsers cannot read and the server can. */
const SERVER_READS = new Set<ImageHeader["type"]>(["image/tiff", "image/avif"]);

/** Whether the server takes a file as it is. */
const fitsServer = (bytes: Uint8Array, { type, width, height }: ImageHeader): boolean =>
  bytes.length <= LARGEST_UPLOAD && width * height <= mostPixelsOf(bytes, type);

/** Left to the server, which can do it or can do it better. */
function asOriginal(bytes: Uint8Array<ArrayBuffer>, header: ImageHeader, name: string): Converted {
  if (header.width === 0 || header.height === 0) throw new ImageRefused("damaged", name);
  if (bytes.length > LARGEST_UPLOAD)
    throw new ImageRefused("too-many-bytes", name, { limit: LARGEST_UPLOAD });
  const { type } = header;
  return described(new Blob([bytes], { type }), gridOf(header, name), originOf(bytes, type, header), false);
}

function undecodable(header: ImageHeader | null, file: Blob, name: string): ImageRefused {
  if (header) return new ImageRefused("damaged", name);
  // A file that calls itself a JPEG and is none is no picture; a stranger among pictures may be one.
  const claimsOther = file.type.startsWith("image/") && !ACCEPTED_TYPES.some((type) => type === file.type);
  return new ImageRefused(claimsOther ? "unsupported-format" : "not-an-image", name);
}

function checkPixels({ width, height }: { width: number; height: number }, name: string): void {
  if (width * height > MOST_PIXELS) {
    throw new ImageRefused("too-many-pixels", name, { width, height, limit: MOST_PIXELS });
  }
}

function gridOf({ width, height }: { width: number; height: number }, name: string): ImageGrid {
  try {
    return imageGrid(width, height);
  } catch {
    throw new ImageRefused("too-narrow", name, { width, height });
  }
}

function originOf(
  bytes: Uint8Array,
  type: ImageHeader["type"] | undefined,
  { width, height }: { width: number; height: number },
): ImageOrigin {
  const removed = type ? removedFrom(bytes, type) : [];
  return { width, height, bytes: bytes.length, contentType: type ?? "image/x-unknown", removed };
}

function described(
  blob: Blob,
  { width, height, tokens }: ImageGrid,
  original: PreparedImage["original"],
  previewable: boolean,
): Converted {
  return { blob, width, height, tokens, bytes: blob.size, previewable, original };
}
