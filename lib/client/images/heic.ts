import { heicTo } from "heic-to/csp";

/**
 * The picture in a HEIC file, upright, its numbers as they stand there: `isDisplayP3` tells which colours they mean.
 * Three megabytes of decoder, so import this only when there is such a file; it is built without eval and without
 * WebAssembly, neither of which our policy allows. Throws when it cannot be read.
 */
export function decodedHeic(bytes: Uint8Array<ArrayBuffer>): Promise<ImageBitmap> {
  return heicTo({ blob: new Blob([bytes], { type: "image/heic" }), type: "bitmap" });
}
