import "server-only";
import { decideSettings } from "@/lib/generations/decide";
import { checkImageCount } from "@/lib/models/images";
import { database, isConflict, type Transaction } from "@/lib/platform/database";
import { notFound, Problem } from "@/lib/platform/problem";
import { publish } from "@/lib/threads/live";
import { threadsOf } from "@/lib/threads/scope";
import type { Actor } from "@/lib/users/actor";
import { hashOf, partsOf, sendMessage, wasAccepted } from "./commands";
import { type Accepted, type DocumentPart, documentsOf, imagesOf, type Part, textOf } from "./message";
import { queueIn } from "./queue-rows";
import { MOST_QUEUED, type Queue, reordered } from "./queued";
import type { ChangeQueuedInput, QueueInput } from "./schema";

/**
 * Lets a question wait until what is being written in its thread is over; the server sends it then by itself. Where
 * nothing is being written, and the last answer ended well, it is sent at once. The same ids with the same body again
 * are the same question, with another body `conflict`. Throws `not-found`, `bad-request`, `queue-full`,
 * `too-many-images`.
 */
export async function queueMessage(actor: Actor, threadId: string, input: QueueInput): Promise<Queue> {
  const columns = columnsOf(await partsOf(actor, input));
  const requestHash = hashOf({ threadId, ...input });
  try {
    await database().$transaction((tx) => add(tx, actor, threadId, { ...input, ...columns, requestHash }));
  } catch (error) {
    if (!(await wasQueued(actor, input, requestHash))) {
      throw isConflict(error) ? new Problem("conflict") : error;
    }
  }
  await systemSendNext(actor, threadId);
  return tellQueue(actor, threadId);
}

/** What a row keeps of a question; a document with all that is shown of it. */
const columnsOf = (parts: Part[]) => ({
  text: textOf({ parts }),
  imageIds: imagesOf({ parts }).map(({ imageId }) => imageId),
  documents: documentsOf({ parts }) as object[],
});

type RowToAdd = Pick<QueueInput, "messageId" | "answerId" | "generationId"> &
  ReturnType<typeof columnsOf> & { requestHash: string };

async function add(
  tx: Transaction,
  actor: Actor,
  threadId: string,
  { messageId, answerId, generationId, text, imageIds, documents, requestHash }: RowToAdd,
): Promise<void> {
  await lock(tx, actor, threadId);
  await checkPictures(tx, actor, threadId, imageIds);
  const [sent, waiting] = await Promise.all([
    tx.message.count({ where: { id: { in: [messageId, answerId] } } }),
    tx.queuedMessage.aggregate({ where: { threadId }, _count: true, _max: { position: true } }),
  ]);
  if (sent > 0) throw new Problem("conflict");
  if (waiting._count >= MOST_QUEUED) throw new Problem("queue-full", { limit: MOST_QUEUED });
  const position = (waiting._max.position ?? 0) + 1;
  await tx.queuedMessage.create({
    data: {
      id: messageId,
      ownerId: actor.id,
      threadId,
      answerId,
      generationId,
      position,
      text,
      imageIds,
      documents,
      requestHash,
    },
    select: { id: true },
  });
}

/** Whether this very request was taken before; its question may have been sent since. */
async function wasQueued(actor: Actor, input: QueueInput, requestHash: string): Promise<boolean> {
  const [waiting, sent] = await Promise.all([
    database().queuedMessage.count({ where: { id: input.messageId, ownerId: actor.id, requestHash } }),
    wasAccepted(actor, { generationId: input.generationId, requestHash }),
  ]);
  return waiting > 0 || sent;
}

/** Changes what a waiting question says. Throws `not-found`, also when it was sent meanwhile; `too-many-images`. */
export async function changeQueued(
  actor: Actor,
  threadId: string,
  messageId: string,
  input: ChangeQueuedInput,
): Promise<Queue> {
  const columns = columnsOf(await partsOf(actor, input));
  await database().$transaction(async (tx) => {
    await lock(tx, actor, threadId);
    await checkPictures(tx, actor, threadId, columns.imageIds);
    const { count } = await tx.queuedMessage.updateMany({
      where: { id: messageId, threadId, ownerId: actor.id },
      data: columns,
    });
    if (count === 0) throw notFound();
  });
  return tellQueue(actor, threadId);
}

/** Said now rather than when its turn comes. The thread has been found. */
async function checkPictures(
  tx: Transaction,
  actor: Actor,
  threadId: string,
  imageIds: readonly string[],
): Promise<void> {
  if (imageIds.length > 0) {
    checkImageCount(imageIds.length, (await decideSettings(tx, actor, threadId)).model);
  }
}

/** Takes a waiting question back. Throws `not-found`, also when it was sent meanwhile. */
export async function removeQueued(actor: Actor, threadId: string, messageId: string): Promise<Queue> {
  const { count } = await database().queuedMessage.deleteMany({
    where: { id: messageId, threadId, ownerId: actor.id },
  });
  if (count === 0) throw notFound();
  return tellQueue(actor, threadId);
}

/** Puts the waiting questions into this order; one that was sent meanwhile is left out. Throws `not-found`. */
export async function orderQueue(actor: Actor, threadId: string, messageIds: string[]): Promise<Queue> {
  await database().$transaction(async (tx) => {
    await lock(tx, actor, threadId);
    const rows = await tx.queuedMessage.findMany({
      where: { threadId },
      orderBy: { position: "asc" },
      select: { id: true },
    });
    for (const [position, { id }] of reordered(rows, messageIds).entries()) {
      await tx.queuedMessage.updateMany({ where: { id }, data: { position: position + 1 } });
    }
  });
  return tellQueue(actor, threadId);
}

/**
 * Sends the first of the waiting questions at the end of the open branch. Null when none waits. Throws `not-found`,
 * `busy` while an answer is being written in the thread, and as sendMessage.
 */
export async function sendNext(actor: Actor, threadId: string): Promise<Accepted | null> {
  const thread = await database().thread.findFirst({
    where: { id: threadId, ...threadsOf(actor) },
    select: {
      headMessageId: true,
      queue: { orderBy: { position: "asc" }, take: 1 },
      _count: { select: { generations: { where: { status: "running" } } } },
    },
  });
  if (!thread) throw notFound();
  const [next] = thread.queue;
  if (!next) return null;
  if (thread._count.generations > 0) throw new Problem("busy");
  const { id, answerId, generationId, text } = next;
  const documents = (next.documents as unknown as DocumentPart[]).map(
    ({ documentId, firstPage, lastPage }) => ({ documentId, firstPage, lastPage }),
  );
  const input = {
    messageId: id,
    parentId: thread.headMessageId,
    answerId,
    generationId,
    text,
    imageIds: next.imageIds as string[],
    documents,
  };
  const accepted = await sendMessage(actor, threadId, input, { queuedBy: next.requestHash });
  await tellQueue(actor, threadId);
  return accepted;
}

/**
 * The same by the server itself: only after an answer that ended well, while nothing is being written there, and not
 * for somebody who was suspended meanwhile. What cannot be sent goes on waiting, and its owner can send it.
 */
export async function systemSendNext(actor: Actor, threadId: string): Promise<void> {
  const waiting = await database().queuedMessage.count({
    where: { threadId, owner: { id: actor.id, suspendedAt: null } },
  });
  if (waiting === 0 || !(await isFree(threadId))) return;
  await sendNext(actor, threadId).catch((error: unknown) => {
    if (!(error instanceof Problem) || error.status >= 500) throw error;
  });
}

async function isFree(threadId: string): Promise<boolean> {
  const thread = await database().thread.findUnique({
    where: { id: threadId },
    select: {
      headMessageId: true,
      _count: { select: { generations: { where: { status: "running" } } } },
    },
  });
  if (!thread || thread._count.generations > 0) return false;
  if (thread.headMessageId === null) return true;
  const head = await database().message.findUnique({
    where: { id: thread.headMessageId },
    select: { status: true, role: true },
  });
  return head?.status === "complete" && head.role === "assistant";
}

async function lock(tx: Transaction, actor: Actor, threadId: string): Promise<void> {
  const { count } = await tx.thread.updateMany({
    where: { id: threadId, ...threadsOf(actor) },
    data: { messageCount: { increment: 0 } },
  });
  if (count === 0) throw notFound();
}

async function tellQueue(actor: Actor, threadId: string): Promise<Queue> {
  const queue = await queueIn(threadId);
  publish(actor.id, { type: "queue", threadId, queue });
  return { queue };
}
