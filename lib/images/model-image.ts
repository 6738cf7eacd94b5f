import "server-only";
import type { Sharp } from "sharp";
import { type CheckedImage, checkImage } from "./check";
import { decoding, encoding, inDecodeQueue, type Pixels, pixelsOf } from "./decoder";
import { hasAlphaChannel, isLossless, isModelReady, JPEG_QUALITY, keepLossless, photoJpeg } from "./encoding";
import { withoutMetadata } from "./file/pieces";
import { originOf } from "./origin";
import { damaged } from "./refusals";
import type { ImageOrigin, UploadedImage } from "./schema";

/** A picture as the model gets it. Sizes in pixels. */
export interface ModelImage extends Pick<UploadedImage, "contentType" | "width" | "height" | "tokens"> {
  bytes: Uint8Array;
  /** What it was made of here. */
  origin: ImageOrigin;
}

type Made = Omit<ModelImage, "origin">;

/**
 * What the model sees of a file: upright, first frame, sRGB, on white, at the model's size, without metadata.
 * A file that is so already stays byte for byte. Decodes at most two at once. Throws `image-refused`.
 */
export async function modelImage(bytes: Uint8Array): Promise<ModelImage> {
  const checked = await checkImage(bytes);
  const origin = originOf(bytes, checked.size);
  return inDecodeQueue(async () => {
    try {
      return { origin, ...((await asItIs(checked)) ?? (await normalised(checked))) };
    } catch (error) {
      throw damaged(error);
    }
  });
}

/** Decoded to see that it can be, and that nothing shines through; then kept. Null when it must be redone. */
async function asItIs({ bytes, type, grid }: CheckedImage): Promise<Made | null> {
  if (!isModelReady(bytes)) return null;
  const pixels = await pixelsOf(decoding(bytes));
  if (hasAlphaChannel(bytes) && !isOpaque(pixels)) return null;
  return { ...sizesOf(grid), bytes, contentType: type as ModelImage["contentType"] };
}

function isOpaque({ data, channels }: Pixels): boolean {
  if (channels === 1 || channels === 3) return true;
  for (let at = channels - 1; at < data.length; at += channels) if (data[at] !== 255) return false;
  return true;
}

async function normalised({ bytes, type, grid }: CheckedImage): Promise<Made> {
  // "fill": the grid is whole patches, at most half a patch off the picture's own proportions.
  const upright = decoding(bytes).autoOrient().flatten({ background: "#fff" }).toColourspace("srgb");
  const pixels = await pixelsOf(upright.resize(grid.width, grid.height, { fit: "fill" }));
  return { ...sizesOf(grid), ...(await encoded(pixels, isLossless(type, bytes))) };
}

async function encoded(
  pixels: Pixels,
  lossless: boolean,
): Promise<Pick<ModelImage, "bytes" | "contentType">> {
  const jpegOf = (quality: number) => written(encoding(pixels).jpeg({ quality }));
  if (!lossless) return { bytes: await photoJpeg(jpegOf), contentType: "image/jpeg" };
  const jpeg = await jpegOf(JPEG_QUALITY);
  const png = await written(encoding(pixels).png());
  return keepLossless(png.length, jpeg.length)
    ? { bytes: png, contentType: "image/png" }
    : { bytes: jpeg, contentType: "image/jpeg" };
}

/** Encoders like to add a density or a comment. */
async function written(pipeline: Sharp): Promise<Uint8Array> {
  return withoutMetadata(new Uint8Array(await pipeline.toBuffer()));
}

const sizesOf = ({ width, height, tokens }: CheckedImage["grid"]) => ({ width, height, tokens });
