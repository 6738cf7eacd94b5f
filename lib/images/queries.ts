import "server-only";
import { blobStore, derivedBlobKey } from "@/lib/platform/blob-store";
import { database } from "@/lib/platform/database";
import { log } from "@/lib/platform/log";
import { notFound, Problem } from "@/lib/platform/problem";
import type { Actor } from "@/lib/users/actor";
import { DETAILS_COLUMNS, detailsOf, imagesOf, UPLOADED_COLUMNS, uploadedImageOf } from "./rows";
import type { ImageDetails, UploadedImage } from "./schema";

/** A picture's bytes, the very ones that the model gets. */
export interface ImageBytes extends Pick<UploadedImage, "name" | "contentType"> {
  bytes: Uint8Array<ArrayBuffer>;
}

/** One of the actor's pictures, bytes and all. Throws `not-found`, `storage-down`. */
export async function readImage(actor: Actor, id: string): Promise<ImageBytes> {
  const image = await database().image.findFirst({
    where: { ...imagesOf(actor), id },
    select: { blobKey: true, name: true, contentType: true },
  });
  if (!image) throw notFound();
  const { blobKey, name, contentType } = image;
  return { bytes: await stored(blobKey), name, contentType: contentType as ImageBytes["contentType"] };
}

/**
 * A small WebP of the middle of one of the actor's pictures, at most 480 pixels to a side; made when first asked for.
 * Throws as readImage does.
 */
export async function readThumbnail(actor: Actor, id: string): Promise<Uint8Array<ArrayBuffer>> {
  const where = { ...imagesOf(actor), id };
  const image = await database().image.findFirst({ where, select: { blobKey: true } });
  if (!image) throw notFound();
  const key = derivedBlobKey(image.blobKey, "thumbnail");
  const kept = await blobStore().get(key);
  if (kept) return kept;
  const { thumbnailOf } = await import("./thumbnail");
  const thumbnail = await thumbnailOf(await stored(image.blobKey));
  await keepThumbnail(key, thumbnail, () => database().image.count({ where: { blobKey: image.blobKey } }));
  return thumbnail;
}

/** A thumbnail that cannot be kept, because the store is full say, is made again the next time. */
async function keepThumbnail(key: string, bytes: Uint8Array, needed: () => Promise<number>): Promise<void> {
  try {
    await blobStore().put(key, bytes, "image/webp");
    // Removed meanwhile: nothing would lead to it any more.
    if ((await needed()) === 0) await blobStore().delete(key);
  } catch (error) {
    log.warn({ cause: error }, "a thumbnail could not be kept");
  }
}

async function stored(blobKey: string): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = await blobStore().get(blobKey);
  // The row is there: that the bytes are not is the storage's fault, not the person's.
  if (!bytes) throw new Problem("storage-down");
  return bytes;
}

/** One of the actor's pictures in numbers: what it is, and what it was made of. Throws `not-found`. */
export async function imageDetails(actor: Actor, id: string): Promise<ImageDetails> {
  const row = await database().image.findFirst({
    where: { ...imagesOf(actor), id },
    select: DETAILS_COLUMNS,
  });
  if (!row) throw notFound();
  return detailsOf(row);
}

/** The actor's pictures for a message, in the order of `ids`. Throws `not-found` when one is not theirs. */
export async function imagesForMessage(actor: Actor, ids: string[]): Promise<UploadedImage[]> {
  if (ids.length === 0) return [];
  const rows = await database().image.findMany({
    where: { ...imagesOf(actor), id: { in: ids } },
    select: UPLOADED_COLUMNS,
  });
  const byId = new Map(rows.map((row) => [row.id, uploadedImageOf(row)]));
  return ids.map((id) => {
    const image = byId.get(id);
    if (!image) throw notFound();
    return image;
  });
}
