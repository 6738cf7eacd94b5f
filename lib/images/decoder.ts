import "server-only";
import sharp, { type Sharp } from "sharp";
import { queueOf } from "./queue";
import { MOST_PIXELS } from "./schema";

// One core for a picture, and nothing kept after it: answers that stream meanwhile must not stutter.
sharp.concurrency(1);
sharp.cache(false);

// Of libvips only the loaders for what is accepted. SVG, PDF, ImageMagick and the rest cannot be reached,
// whatever a file claims to be.
sharp.block({ operation: ["VipsForeignLoad"] });
sharp.unblock({
  operation: ["Jpeg", "Png", "Webp", "Heif", "Nsgif", "Tiff"].map(
    (format) => `VipsForeignLoad${format}Buffer`,
  ),
});

/** Seconds after which a decode is given up. The largest accepted picture takes about two. */
const LONGEST_DECODE = 30;

/** Runs at most two decodes at once; the rest wait in order. */
export const inDecodeQueue = queueOf(2);

/** The first frame of a picture, to be decoded; a truncated or damaged one makes the pipeline reject. */
export function decoding(bytes: Uint8Array): Sharp {
  return sharp(bytes, { failOn: "error", limitInputPixels: MOST_PIXELS }).timeout({
    seconds: LONGEST_DECODE,
  });
}

/** Decoded pixels, 8 bits a channel. */
export interface Pixels {
  data: Buffer;
  width: number;
  height: number;
  channels: 1 | 2 | 3 | 4;
}

/** Runs a pipeline to the end. */
export async function pixelsOf(pipeline: Sharp): Promise<Pixels> {
  const { data, info } = await pipeline.raw({ depth: "uchar" }).toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height, channels: info.channels as Pixels["channels"] };
}

/** A pipeline that starts from pixels. */
export function encoding({ data, width, height, channels }: Pixels): Sharp {
  return sharp(data, { raw: { width, height, channels } });
}
