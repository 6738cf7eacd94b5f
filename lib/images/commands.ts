import "server-only";
import { createHash, randomUUID } from "node:crypto";
import { forgetBlobs, keepBlob, needBlob, systemRemoveUnneeded } from "@/lib/blobs/commands";
import { type Storage, storageOf, takeStorageTurn } from "@/lib/blobs/quota";
import { systemQueuedUploads } from "@/lib/messages/queue-rows";
import { database, holdImage, type Transaction } from "@/lib/platform/database";
import { notFound, Problem } from "@/lib/platform/problem";
import type { Actor } from "@/lib/users/actor";
import type { ModelImage } from "./model-image";
import { cleanName } from "./name";
import { refused } from "./refusals";
import { DETAILS_COLUMNS, detailsOf, imagesOf, UNSENT } from "./rows";
import type { ImageDetails, ImageOrigin } from "./schema";

/** Pictures one person may have uploaded and not sent; the older ones are collected after a day. */
export const MOST_UNSENT = 200;

/** Orphans looked at in one go of the collector. */
const COLLECTED_AT_ONCE = 200;

interface Upload {
  name: string;
  bytes: Uint8Array;
  /** What a browser made these bytes of; without it they are what it began with. */
  origin?: ImageOrigin | null;
}

/**
 * Takes an uploaded file in: checked by its content, made into what the model sees, stored. `sent`: a message will have
 * it at once, so that it is none of those that wait to be sent. Throws `image-refused` with the reason and the name,
 * `storage-down`, `storage-full`.
 */
export async function acceptImage(
  actor: Actor,
  upload: Upload,
  { sent = false } = {},
): Promise<ImageDetails> {
  const name = cleanName(upload.name);
  try {
    if (!sent) await checkUnsent(actor);
    // Asked before decoding anything; exactly with the size, later.
    checkRoom(await storageOf(actor.id), 1);
    // Loaded with the first picture: the decoders take 20 MB that a server without pictures can do without.
    const { modelImage } = await import("./model-image");
    const image = await modelImage(upload.bytes);
    const origin = upload.origin ?? image.origin;
    return await keep(actor, name || `image.${image.contentType.slice("image/".length)}`, {
      ...image,
      origin,
    });
  } catch (error) {
    if (error instanceof Problem && error.code === "image-refused") {
      throw new Problem("image-refused", { ...error.details, name }, error.cause);
    }
    throw error;
  }
}

/**
 * Takes back a picture that was not sent yet. Throws `not-found`, and `conflict` when a message has it:
 * what was sent stays as long as the message.
 */
export async function deleteUnsentImage(actor: Actor, id: string): Promise<void> {
  const image = await database().image.findFirst({ where: { ...imagesOf(actor), id }, select: { id: true } });
  if (!image) throw notFound();
  const blobKey = await removeUnsent(id);
  if (blobKey === null) throw new Problem("conflict");
  // Asked for by its owner: no grace. Should it fail, the collector does it.
  await systemRemoveUnneeded([blobKey]);
}

/**
 * For the whole server: deletes pictures older than that many milliseconds that are in no message, be it
 * that they were never sent or that the thread is gone. Their bytes follow a day later. Returns how many.
 */
export async function systemCollectOrphanImages(olderThanMs: number): Promise<number> {
  const createdAt = { lt: new Date(Date.now() - olderThanMs) };
  // Not part of the question: a database takes only so many ids.
  const waiting = new Set((await systemQueuedUploads()).imageIds);
  let collected = 0;
  let after: string | undefined;
  for (;;) {
    const orphans: { id: string }[] = await database().image.findMany({
      where: { createdAt, ...UNSENT, ...(after ? { id: { gt: after } } : {}) },
      select: { id: true },
      orderBy: { id: "asc" },
      take: COLLECTED_AT_ONCE,
    });
    for (const { id } of orphans) if (!waiting.has(id) && (await removeUnsent(id)) !== null) collected++;
    if (orphans.length < COLLECTED_AT_ONCE) return collected;
    after = orphans.at(-1)?.id;
  }
}

async function checkUnsent(actor: Actor): Promise<void> {
  const unsent = await database().image.count({ where: { ...imagesOf(actor), ...UNSENT } });
  if (unsent >= MOST_UNSENT) throw refused("too-many-unsent", { limit: MOST_UNSENT });
}

function checkRoom({ used, limit }: Storage, bytes: number): void {
  if (used + bytes > limit)
    throw refused("too-much-stored", { used: inMegabytes(used), limit: inMegabytes(limit) });
}

/** As people read it, to a tenth. */
const inMegabytes = (bytes: number) => Math.round(bytes / 1e5) / 10;

/** Writes the row; the bytes only when this person does not have the very same already. */
async function keep(actor: Actor, name: string, image: ModelImage): Promise<ImageDetails> {
  const contentHash = createHash("sha256").update(image.bytes).digest("hex");
  const described = { ...image, name, bytes: image.bytes.length, contentHash };
  const twin = await inTurn(actor, (tx) => nameAgain(tx, actor, described));
  if (twin) return twin;
  const blobKey = await keepBlob(image.bytes, image.contentType);
  try {
    return await inTurn(actor, async (tx) => {
      // The same may have come in beside this one; then the bytes written here are not needed.
      const late = await nameAgain(tx, actor, described);
      if (late) return late;
      checkRoom(await storageOf(actor.id, tx), image.bytes.length);
      await needBlob(tx, blobKey);
      return create(tx, actor, { ...described, blobKey });
    });
  } finally {
    await systemRemoveUnneeded([blobKey]);
  }
}

const inTurn = <T>(actor: Actor, work: (tx: Transaction) => Promise<T>): Promise<T> =>
  database().$transaction(async (tx) => {
    await takeStorageTurn(tx, actor.id);
    return work(tx);
  });

type Described = Omit<ModelImage, "bytes"> & { name: string; bytes: number; contentHash: string };

/** Another row over the same bytes: an id, a name and a caption of its own. Null when the bytes are new. */
async function nameAgain(tx: Transaction, actor: Actor, image: Described): Promise<ImageDetails | null> {
  const twin = await tx.image.findFirst({
    where: { ...imagesOf(actor), contentHash: image.contentHash },
    select: { blobKey: true },
  });
  return twin && create(tx, actor, { ...image, blobKey: twin.blobKey });
}

async function create(
  tx: Transaction,
  actor: Actor,
  image: Described & { blobKey: string },
): Promise<ImageDetails> {
  const data = { id: randomUUID(), ownerId: actor.id, ...image, origin: { ...image.origin } };
  return detailsOf(await tx.image.create({ data, select: DETAILS_COLUMNS }));
}

/**
 * Deletes the row unless a message has the picture, or waits to have it. Answers the key of its bytes, noted as
 * removable; null when the row stays, or was gone.
 */
function removeUnsent(id: string): Promise<string | null> {
  return database().$transaction(async (tx) => {
    const image = await tx.image.findUnique({ where: { id }, select: { ownerId: true, blobKey: true } });
    if (!image) return null;
    await takeStorageTurn(tx, image.ownerId);
    await holdImage(tx, id);
    if (await isWanted(tx, image.ownerId, id)) return null;
    const { count } = await tx.image.deleteMany({ where: { id } });
    if (count === 0) return null;
    await forgetBlobs(tx, [image.blobKey]);
    return image.blobKey;
  });
}

/** A message has it, or a question that waits to become one. */
async function isWanted(tx: Transaction, ownerId: string, id: string): Promise<boolean> {
  if ((await tx.messageImage.count({ where: { imageId: id } })) > 0) return true;
  const queued = await tx.queuedMessage.findMany({ where: { ownerId }, select: { imageIds: true } });
  return queued.some(({ imageIds }) => (imageIds as string[]).includes(id));
}
