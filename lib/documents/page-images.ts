import "server-only";
import { acceptImage } from "@/lib/images/commands";
import { encoding } from "@/lib/images/decoder";
import { JPEG_QUALITY, keepLossless } from "@/lib/images/encoding";
import { inUploadSlot } from "@/lib/images/upload-slots";
import { blobStore } from "@/lib/platform/blob-store";
import { Problem } from "@/lib/platform/problem";
import type { Actor } from "@/lib/users/actor";
import { findDocument } from "./queries";
import type { DrawnPage } from "./reader/protocol";
import { drawPages } from "./reading";
import { refused } from "./refusals";
import type { PageImage, PageImagesInput } from "./schema";

/**
 * Pages of one of the actor's PDFs as pictures of theirs, in the size in which the model sees them. What it answers
 * draws them, gives each when it is kept, and stops when the signal is aborted. Throws `not-found`, `bad-request` (no
 * such pages), `document-refused`, `storage-down`; the drawing also `too-many-tries` and `image-refused`.
 */
export async function pageImages(
  actor: Actor,
  id: string,
  { firstPage, lastPage }: PageImagesInput,
): Promise<(give: (line: PageImage) => void, signal: AbortSignal) => Promise<void>> {
  const { name, contentType, pages, blobKey } = await findDocument(actor, id);
  if (contentType !== "application/pdf") throw refused("unsupported-format", { name });
  if (lastPage > pages) throw new Problem("bad-request", { field: "lastPage" });
  const bytes = await blobStore().get(blobKey);
  if (!bytes) throw new Problem("storage-down");
  const numbers = Array.from({ length: lastPage - firstPage + 1 }, (_, index) => firstPage + index);
  return async (give, signal) => {
    const take = async (drawn: DrawnPage, page: number) => {
      const picture = await pictureOf(drawn, `${stemOf(name)}, ${page}`);
      // Who has left wants no more of them.
      signal.throwIfAborted();
      give({ page, image: await acceptImage(actor, picture) });
    };
    try {
      await inUploadSlot(actor, () => drawPages(bytes, numbers, take, signal));
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== "document-refused") throw error;
      throw new Problem("document-refused", { ...error.details, name }, error.cause);
    }
  };
}

/** By the rules for pictures: text keeps its edges, a photograph becomes small. */
async function pictureOf({ width, height, data: bytes }: DrawnPage, name: string) {
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const pixels = () => encoding({ data, width, height, channels: 3 });
  const png = await pixels().png().toBuffer();
  const jpeg = await pixels().jpeg({ quality: JPEG_QUALITY }).toBuffer();
  return keepLossless(png.length, jpeg.length)
    ? { name: `${name}.png`, bytes: png }
    : { name: `${name}.jpg`, bytes: jpeg };
}

const stemOf = (name: string) => name.replace(/\.[^.]{1,5}$/, "");
