import "server-only";
import { createHash, randomUUID } from "node:crypto";
import { forgetBlobs, keepBlob, needBlob, systemRemoveUnneeded } from "@/lib/blobs/commands";
import { storageOf, takeStorageTurn } from "@/lib/blobs/quota";
import { cleanName } from "@/lib/images/name";
import { database, holdDocument, type Transaction } from "@/lib/platform/database";
import { notFound, Problem } from "@/lib/platform/problem";
import type { Actor } from "@/lib/users/actor";
import { type DocumentChoice, type ExtractedText, LARGEST_DOCUMENT, type UploadedDocument } from "./document";
import { readText } from "./queries";
import { refused } from "./refusals";
import { DOCUMENT_COLUMNS, type DocumentRow, documentsOf, UNSENT, uploadedOf } from "./rows";

/** Documents one person may have uploaded and not sent; the older ones are collected after a day. */
export const MOST_UNSENT = 100;

/** Orphans looked at in one go of the collector. */
const COLLECTED_AT_ONCE = 200;

/**
 * Takes an uploaded file in: known by its content, read, stored. Throws `document-refused` with the reason and the
 * name, `storage-down`.
 */
export async function acceptDocument(
  actor: Actor,
  upload: { name: string; bytes: Uint8Array },
): Promise<UploadedDocument> {
  const name = cleanName(upload.name) || "document";
  try {
    return await accept(actor, name, upload.bytes);
  } catch (error) {
    if (error instanceof Problem && error.code === "document-refused") {
      throw new Problem("document-refused", { ...error.details, name }, error.cause);
    }
    throw error;
  }
}

/**
 * Takes back a document that was not sent yet. Throws `not-found`, and `conflict` when a message has it: what was
 * sent stays as long as the message.
 */
export async function deleteUnsentDocument(actor: Actor, id: string): Promise<void> {
  const where = { ...documentsOf(actor), id };
  if (!(await database().document.findFirst({ where, select: { id: true } }))) throw notFound();
  const keys = await removeUnsent(id);
  if (!keys) throw new Problem("conflict");
  // Asked for by its owner: no grace. Should it fail, the collector does it.
  await systemRemoveUnneeded(keys);
}

/**
 * For the whole server: deletes documents older than that many milliseconds that are in no message. Their bytes
 * follow a day later. Returns how many.
 */
export async function systemCollectOrphanDocuments(olderThanMs: number): Promise<number> {
  const createdAt = { lt: new Date(Date.now() - olderThanMs) };
  let collected = 0;
  let after: string | undefined;
  for (;;) {
    const orphans: { id: string }[] = await database().document.findMany({
      where: { createdAt, ...UNSENT, ...(after ? { id: { gt: after } } : {}) },
      select: { id: true },
      orderBy: { id: "asc" },
      take: COLLECTED_AT_ONCE,
    });
    for (const { id } of orphans) if (await removeUnsent(id)) collected++;
    if (orphans.length < COLLECTED_AT_ONCE) return collected;
    after = orphans.at(-1)?.id;
  }
}

/** The same file of the same person is neither read nor stored twice. */
async function accept(actor: Actor, name: string, bytes: Uint8Array): Promise<UploadedDocument> {
  if (bytes.length === 0) throw refused("empty");
  if (bytes.length > LARGEST_DOCUMENT) throw refused("too-many-bytes", { limit: LARGEST_DOCUMENT });
  const unsent = await database().document.count({ where: { ...documentsOf(actor), ...UNSENT } });
  if (unsent >= MOST_UNSENT) throw refused("too-many-unsent", { limit: MOST_UNSENT });
  const contentHash = createHash("sha256").update(bytes).digest("hex");
  const twin = await inTurn(actor, (tx) => nameAgain(tx, actor, name, contentHash));
  if (twin) return uploadedOf(twin, await readText(twin.textKey));
  await checkRoom(actor, bytes.length);
  const { readDocument } = await import("./reading");
  const { contentType, text } = await readDocument(bytes);
  const textBytes = new TextEncoder().encode(JSON.stringify(text));
  // Both are kept, and a small file may hold a long text.
  const kept = bytes.length + textBytes.length;
  const described = { name, contentType, bytes: kept, contentHash, ...sumsOf(text) };
  return uploadedOf(await keep(actor, described, bytes, textBytes), text);
}

async function checkRoom(actor: Actor, bytes: number, tx?: Transaction): Promise<void> {
  const { used, limit } = await storageOf(actor.id, tx);
  if (used + bytes > limit) {
    throw refused("too-much-stored", { used: inMegabytes(used), limit: inMegabytes(limit) });
  }
}

/** As people read it, to a tenth. */
const inMegabytes = (bytes: number) => Math.round(bytes / 1e5) / 10;

const sumsOf = ({ pages, pageTokens }: ExtractedText) => ({
  pages: pages.length,
  tokens: pageTokens.reduce((sum, tokens) => sum + tokens, 0),
});

type Described = Omit<DocumentRow, "id" | "blobKey" | "textKey">;

async function keep(
  actor: Actor,
  described: Described,
  bytes: Uint8Array,
  textBytes: Uint8Array,
): Promise<DocumentRow> {
  const keys: string[] = [];
  try {
    const blobKey = await keepBlob(bytes, "application/octet-stream");
    keys.push(blobKey);
    const textKey = await keepBlob(textBytes, "application/json");
    keys.push(textKey);
    return await inTurn(actor, async (tx) => {
      // The same may have come in beside this one; then the bytes written here are not needed.
      const late = await nameAgain(tx, actor, described.name, described.contentHash);
      if (late) return late;
      await checkRoom(actor, described.bytes, tx);
      await needBlob(tx, blobKey);
      await needBlob(tx, textKey);
      return create(tx, actor, { ...described, blobKey, textKey });
    });
  } finally {
    await systemRemoveUnneeded(keys);
  }
}

const inTurn = <T>(actor: Actor, work: (tx: Transaction) => Promise<T>): Promise<T> =>
  database().$transaction(async (tx) => {
    await takeStorageTurn(tx, actor.id);
    return work(tx);
  });

/** Another row over the same bytes and text: an id and a name of its own. Null when the file is new. */
async function nameAgain(
  tx: Transaction,
  actor: Actor,
  name: string,
  contentHash: string,
): Promise<DocumentRow | null> {
  const where = { ...documentsOf(actor), contentHash };
  const twin = await tx.document.findFirst({ where, select: DOCUMENT_COLUMNS });
  if (!twin) return null;
  const { id: _another, ...same } = twin;
  return create(tx, actor, { ...same, name });
}

const create = (tx: Transaction, actor: Actor, row: Omit<DocumentRow, "id">): Promise<DocumentRow> =>
  tx.document.create({ data: { id: randomUUID(), ownerId: actor.id, ...row }, select: DOCUMENT_COLUMNS });

/**
 * Deletes the row unless a message has the document, or waits to have it. Answers the keys of its bytes and its
 * text, noted as removable; null when the row stays, or was gone.
 */
function removeUnsent(id: string): Promise<string[] | null> {
  return database().$transaction(async (tx) => {
    const where = { id };
    const document = await tx.document.findUnique({ where, select: { ...DOCUMENT_COLUMNS, ownerId: true } });
    if (!document) return null;
    await takeStorageTurn(tx, document.ownerId);
    await holdDocument(tx, id);
    if (await isWanted(tx, document.ownerId, id)) return null;
    const { count } = await tx.document.deleteMany({ where });
    if (count === 0) return null;
    const keys = [document.blobKey, document.textKey];
    await forgetBlobs(tx, keys);
    return keys;
  });
}

/** A message has it, or a question that waits to become one. */
async function isWanted(tx: Transaction, ownerId: string, id: string): Promise<boolean> {
  if ((await tx.messageDocument.count({ where: { documentId: id } })) > 0) return true;
  const queued = await tx.queuedMessage.findMany({ where: { ownerId }, select: { documents: true } });
  return queued.some(({ documents }) =>
    (documents as unknown as DocumentChoice[]).some(({ documentId }) => documentId === id),
  );
}
