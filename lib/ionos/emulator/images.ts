import { createHash } from "node:crypto";
import sharp from "sharp";
import { type ImageGrid, imageGrid } from "../../images/tokens.ts";
import { type MainColour, mainColours } from "./colours.ts";
import { ApiError, INTERNAL_ERROR, Refusal } from "./errors.ts";

/** Everything that is told about a picture; all of it measured. */
export type ImageFacts = {
  width: number;
  height: number;
  bytes: number;
  format: string;
  grid: ImageGrid;
  colours: MainColour[];
  /** Mean luminance, 0 black to 1 white. */
  brightness: number;
  /** Standard deviation of the Laplacian, as sharp measures it: below 1 blurred, above 4 crisp. */
  sharpness: number;
};

/** What vLLM says of bytes that Pillow cannot read. */
export const CANNOT_IDENTIFY = "cannot identify image file <_io.BytesIO object at 0x7f2c8c1d9e40>";

/** What Pillow reads; SVG and HEIC are not among it. */
const READABLE = new Set(["jpeg", "png", "webp", "gif", "tiff"]);
const LIMIT_PIXELS = 50_000_000;
const CACHED = 100;

/** Reads data URLs into facts. A conversation sends its pictures again with every turn: they are kept. */
export function createImageReader() {
  const known = new Map<string, Promise<ImageFacts>>();

  /** Throws a 400 for bytes that are no picture, a 500 for a remote URL: there is no network here. */
  return async function readImage(url: string): Promise<ImageFacts> {
    const bytes = bytesOf(url);
    const key = createHash("sha256").update(bytes).digest("base64");
    const facts = known.get(key) ?? measure(bytes);
    known.delete(key);
    known.set(key, facts);
    const oldest = known.keys().next().value;
    if (known.size > CACHED && oldest !== undefined) known.delete(oldest);
    return facts;
  };
}

export type ImageReader = ReturnType<typeof createImageReader>;

function bytesOf(url: string): Buffer {
  if (/^https?:/i.test(url)) throw new Refusal(INTERNAL_ERROR);
  const comma = url.indexOf(",");
  if (!/^data:image\/[\w.+-]+;base64$/i.test(url.slice(0, Math.max(0, comma)))) {
    throw new ApiError("The URL must be either a HTTP, data or file URL.");
  }
  return Buffer.from(url.slice(comma + 1), "base64");
}

async function measure(bytes: Buffer): Promise<ImageFacts> {
  try {
    return await decode(bytes);
  } catch (error) {
    throw new ApiError(error instanceof RangeError ? error.message : CANNOT_IDENTIFY);
  }
}

/** The server looks at the first frame only, on white, and leaves EXIF orientation as it is. */
async function decode(bytes: Buffer): Promise<ImageFacts> {
  const options = { limitInputPixels: LIMIT_PIXELS, failOn: "truncated" } as const;
  const { width, height, format } = await sharp(bytes, options).metadata();
  if (!READABLE.has(format)) throw new Error(`no ${format} here`);
  const grid = imageGrid(width, height);
  const { sharpness } = await sharp(bytes, options).stats();
  const pixels = await sharp(bytes, options)
    .flatten({ background: "#ffffff" })
    .resize(64, 64, { fit: "fill", kernel: "nearest" })
    .toColourspace("srgb")
    .removeAlpha()
    .raw()
    .toBuffer();
  const measured = { colours: mainColours(pixels), brightness: brightnessOf(pixels), sharpness };
  return { width, height, bytes: bytes.length, format, grid, ...measured };
}

/** Rec. 709 luma of the stored values, which is near enough to how bright a picture feels. */
function brightnessOf(pixels: Uint8Array): number {
  let sum = 0;
  for (let at = 0; at + 2 < pixels.length; at += 3) {
    sum += 0.2126 * (pixels[at] ?? 0) + 0.7152 * (pixels[at + 1] ?? 0) + 0.0722 * (pixels[at + 2] ?? 0);
  }
  return sum / Math.max(1, pixels.length / 3) / 255;
}
