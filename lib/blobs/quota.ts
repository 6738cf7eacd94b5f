import "server-only";
import { database, type Transaction, takeTurns } from "@/lib/platform/database";
import { environment } from "@/lib/platform/environment";

/** Bytes of storage: what is used, and what may be. */
export interface Storage {
  used: number;
  limit: number;
}

/** What a person keeps; the same bytes under several names count once. */
export async function storageOf(ownerId: string, db: Transaction = database()): Promise<Storage> {
  const [images, documents] = await Promise.all([
    db.$queryRaw<[{ used: bigint | number | string | null }]>`
      SELECT SUM("bytes") AS "used"
      FROM (SELECT MAX("bytes") AS "bytes" FROM "images" WHERE "ownerId" = ${ownerId} GROUP BY "blobKey") AS "kept"`,
    db.$queryRaw<[{ used: bigint | number | string | null }]>`
      SELECT SUM("bytes") AS "used"
      FROM (SELECT MAX("bytes") AS "bytes" FROM "documents" WHERE "ownerId" = ${ownerId} GROUP BY "blobKey") AS "kept"`,
  ]);
  const used = Number(images[0].used ?? 0) + Number(documents[0].used ?? 0);
  return { used, limit: environment().storagePerPerson };
}

/** Whoever adds or removes what a person keeps does it one after the other, from here to the transaction's end. */
export const takeStorageTurn = (tx: Transaction, ownerId: string): Promise<void> =>
  takeTurns(tx, `storage:${ownerId}`);
