import "server-only";
import { acceptImage } from "@/lib/images/commands";
import { encoding } from "@/lib/images/decoder";
import { JPEG_QUALITY, keepLossless } from "@/lib/images/encoding";
import type { UploadedImage } from "@/lib/images/schema";
import { blobStore } from "@/lib/platform/blob-store";
import { Problem } from "@/lib/platform/problem";
import type { Actor } from "@/lib/users/actor";
import { findDocument } from "./queries";
import type { DrawnPage } from "./reader/protocol";
import { drawPages } from "./reading";
import { refused } from "./refusals";
import type { PageImagesInput } from "./schema";

/**
 * Pages of one of the actor's PDFs as pictures of theirs, in the size in which the model sees them. Throws
 * `not-found`, `bad-request` (no such pages), `document-refused`, `image-refused`, `storage-down`.
 */
export async function pageImages(
  actor: Actor,
  id: string,
  { firstPage, lastPage }: PageImagesInput,
): Promise<UploadedImage[]> {
  const { name, contentType, pages, blobKey } = await findDocument(actor, id);
  if (contentType !== "application/pdf") throw refused("unsupported-format", { name });
  if (lastPage > pages) throw new Problem("bad-request", { field: "lastPage" });
  const bytes = await blobStore().get(blobKey);
  if (!bytes) throw new Problem("storage-down");
  const images: UploadedImage[] = [];
  const numbers = Array.from({ length: lastPage - firstPage + 1 }, (_, index) => firstPage + index);
  try {
    await drawPages(bytes, numbers, async (drawn, page) => {
      images.push(await acceptImage(actor, await pictureOf(drawn, `${stemOf(name)}, ${page}`)));
    });
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== "document-refused") throw error;
    throw new Problem("document-refused", { ...error.details, name }, error.cause);
  }
  return images;
}

/** By the rules for pictures: text keeps its edges, a photograph becomes small. */
async function pictureOf({ width, height, data }: DrawnPage, name: string) {
  const pixels = () =>
    encoding({
      data: Buffer.from(data.buffer, data.byteOffset, data.byteLength),
      width,
      height,
      channels: 4,
    });
  const png = await pixels().removeAlpha().png().toBuffer();
  const jpeg = await pixels().removeAlpha().jpeg({ quality: JPEG_QUALITY }).toBuffer();
  return keepLossless(png.length, jpeg.length)
    ? { name: `${name}.png`, bytes: png }
    : { name: `${name}.jpg`, bytes: jpeg };
}

const stemOf = (name: string) => name.replace(/\.[^.]{1,5}$/, "");
