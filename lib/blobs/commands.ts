import "server-only";
import { blobStore, derivedBlobKey, randomBlobKey } from "@/lib/platform/blob-store";
import { database, type Prisma, type Transaction } from "@/lib/platform/database";
import { log } from "@/lib/platform/log";

// Bytes and rows cannot be written in one transaction. So a key is always noted as removable before its bytes are
// written, and again, in the same transaction, when a row that needs it goes. Whatever dies in between, the note
// is there; and a noted blob is removed only when no row needs it by then.

/** Notes looked at in one go of the collector. */
const COLLECTED_AT_ONCE = 200;

/** Stores bytes under a new key, which is removed again within a day or two unless a row comes to need it. */
export async function keepBlob(bytes: Uint8Array, contentType: string): Promise<string> {
  const blobKey = randomBlobKey();
  await database().blobRemoval.create({ data: { blobKey } });
  try {
    await blobStore().put(blobKey, bytes, contentType);
  } catch (error) {
    await systemRemoveUnneeded([blobKey]);
    throw error;
  }
  return blobKey;
}

/** For whoever writes the row: its blob is needed from now on. */
export async function needBlob(tx: Transaction, blobKey: string): Promise<void> {
  await tx.blobRemoval.deleteMany({ where: { blobKey } });
}

/** For whoever removes rows, in the same transaction: their blobs may go, if no other row needs them. */
export async function forgetBlobs(tx: Transaction, blobKeys: string[]): Promise<void> {
  const noted = await tx.blobRemoval.findMany({
    where: { blobKey: { in: blobKeys } },
    select: { blobKey: true },
  });
  const known = new Set(noted.map(({ blobKey }) => blobKey));
  const data = [...new Set(blobKeys)].filter((key) => !known.has(key)).map((blobKey) => ({ blobKey }));
  if (data.length > 0) await tx.blobRemoval.createMany({ data });
}

/** For whoever removes a person, in the same transaction and before: all that was theirs alone may go. */
export async function forgetBlobsOfPerson(tx: Transaction, ownerId: string): Promise<void> {
  const [images, documents, shared] = await Promise.all([
    tx.image.findMany({ where: { ownerId }, select: { blobKey: true } }),
    tx.document.findMany({ where: { ownerId }, select: { blobKey: true, textKey: true } }),
    tx.shareImage.findMany({ where: { share: { ownerId } }, select: { blobKey: true } }),
  ]);
  const keys = [...images, ...shared].map(({ blobKey }) => blobKey);
  await forgetBlobs(tx, [...keys, ...documents.flatMap(({ blobKey, textKey }) => [blobKey, textKey])]);
}

/** For whoever removes shares, or what removes them, in the same transaction and before: their copies may go. */
export async function forgetBlobsOfShares(tx: Transaction, share: Prisma.ShareWhereInput): Promise<void> {
  const copies = await tx.shareImage.findMany({ where: { share }, select: { blobKey: true } });
  await forgetBlobs(
    tx,
    copies.map(({ blobKey }) => blobKey),
  );
}

/** For the whole server: removes what was noted that many milliseconds ago and no row needs. Returns how many. */
export async function systemCollectBlobs(olderThanMs: number): Promise<number> {
  const createdAt = { lt: new Date(Date.now() - olderThanMs) };
  let collected = 0;
  for (;;) {
    const noted = await database().blobRemoval.findMany({
      where: { createdAt },
      orderBy: { createdAt: "asc" },
      take: COLLECTED_AT_ONCE,
    });
    const { removed, settled } = await systemRemoveUnneeded(noted.map(({ blobKey }) => blobKey));
    collected += removed;
    // Nothing settled: the storage is away, and the notes stay for the next time.
    if (noted.length < COLLECTED_AT_ONCE || settled === 0) return collected;
  }
}

/** Removes those of the noted blobs that no row needs. What fails stays noted. */
export async function systemRemoveUnneeded(
  blobKeys: string[],
): Promise<{ removed: number; settled: number }> {
  let [removed, settled] = [0, 0];
  try {
    const needed = await neededOf(blobKeys);
    for (const key of blobKeys) {
      if (!needed.has(key)) {
        // The note goes last: it is what leads to bytes without a row.
        await blobStore().delete(derivedBlobKey(key, "thumbnail"));
        await blobStore().delete(key);
        removed++;
      }
      await database().blobRemoval.deleteMany({ where: { blobKey: key } });
      settled++;
    }
  } catch (error) {
    log.warn(
      { cause: error, left: blobKeys.length - settled },
      "blobs could not be removed; trying again later",
    );
  }
  return { removed, settled };
}

async function neededOf(keys: string[]): Promise<Set<string>> {
  const where = { blobKey: { in: keys } };
  const [images, documents, shared] = await Promise.all([
    database().image.findMany({ where, select: { blobKey: true } }),
    database().document.findMany({
      where: { OR: [where, { textKey: { in: keys } }] },
      select: { blobKey: true, textKey: true },
    }),
    database().shareImage.findMany({ where, select: { blobKey: true } }),
  ]);
  return new Set([
    ...[...images, ...shared].map(({ blobKey }) => blobKey),
    ...documents.flatMap(({ blobKey, textKey }) => [blobKey, textKey]),
  ]);
}
