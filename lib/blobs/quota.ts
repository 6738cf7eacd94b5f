import "server-only";
import { database, type Transaction, takeTurns } from "@/lib/platform/database";
import { environment } from "@/lib/platform/environment";

/** Bytes of storage: what is used, and what may be. */
export interface Storage {
  used: number;
  limit: number;
}

type Sum = [{ used: bigint | number | string | null }];

/** What a person keeps; the same bytes under several names count once. */
export async function storageOf(ownerId: string, db: Transaction = database()): Promise<Storage> {
  // One after the other: a transaction has a single connection.
  const [images] = await db.$queryRaw<Sum>`
    SELECT SUM("bytes") AS "used"
    FROM (SELECT MAX("bytes") AS "bytes" FROM "images" WHERE "ownerId" = ${ownerId} GROUP BY "blobKey") AS "kept"`;
  const [documents] = await db.$queryRaw<Sum>`
    SELECT SUM("bytes") AS "used"
    FROM (SELECT MAX("bytes") AS "bytes" FROM "documents" WHERE "ownerId" = ${ownerId} GROUP BY "blobKey") AS "kept"`;
  const used = Number(images.used ?? 0) + Number(documents.used ?? 0);
  return { used, limit: environment().storagePerPerson };
}

/** Whoever adds or removes what a person keeps does it one after the other, from here to the transaction's end. */
export const takeStorageTurn = (tx: Transaction, ownerId: string): Promise<void> =>
  takeTurns(tx, `storage:${ownerId}`);
