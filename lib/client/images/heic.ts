import libheif from "libheif-js/libheif-wasm/libheif-bundle.mjs";
import { MOST_PIXELS } from "@/lib/images/schema";

/**
 * The picture in a HEIC file, upright, its numbers as they stand there: `isDisplayP3` tells which colours they mean.
 * Two megabytes of decoder, so import this only when there is such a file; it is WebAssembly, which the pages' policy
 * does not allow and our worker may run. Throws when it cannot be read.
 */
export async function decodedHeic(bytes: Uint8Array<ArrayBuffer>): Promise<ImageBitmap> {
  const pictures = new (libheif().HeifDecoder)().decode(bytes);
  // A burst or a live picture has several.
  const picture = pictures.find((each) => each.is_primary()) ?? pictures[0];
  if (!picture) throw new Error("no picture in it");
  // What the file's header said need not be what the decoder found (threat 94).
  if (picture.get_width() * picture.get_height() > MOST_PIXELS) throw new Error("too many pixels");
  const into = new ImageData(picture.get_width(), picture.get_height());
  const shown = await new Promise<ImageData | null>((done) => picture.display(into, done));
  if (!shown) throw new Error("not decoded");
  return createImageBitmap(shown);
}
