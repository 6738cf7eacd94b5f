import "server-only";
import { forgetBlobsOfShares } from "@/lib/blobs/commands";
import { database, type Prisma, type Transaction } from "@/lib/platform/database";
import { notFound } from "@/lib/platform/problem";
import { streamBus } from "@/lib/platform/stream-bus";
import type { Actor } from "@/lib/users/actor";
import { publish } from "./live";
import { threadSummary } from "./queries";
import type { ChangeThreadInput } from "./schema";
import { threadsAndBinOf, threadsOf } from "./scope";
import type { ThreadSummary } from "./thread";

/** Renames a thread or takes it back out of the bin. Throws `not-found`. */
export async function changeThread(
  actor: Actor,
  id: string,
  input: ChangeThreadInput,
): Promise<ThreadSummary> {
  const scope = input.deleted === false ? threadsAndBinOf(actor) : threadsOf(actor);
  const { count } = await database().thread.updateMany({
    where: { id, ...scope },
    data: {
      ...(input.title === undefined ? {} : { title: clean(input.title), titledBy: "person" }),
      ...(input.deleted === false ? { deletedAt: null } : {}),
    },
  });
  if (count === 0) throw notFound();
  const thread = await threadSummary(actor, id);
  publish(actor.id, { type: "thread", thread });
  return thread;
}

/** Puts a thread into the bin, whatever it is writing is stopped. Throws `not-found`. */
export async function deleteThread(actor: Actor, id: string): Promise<void> {
  const { count } = await database().thread.updateMany({
    where: { id, ...threadsOf(actor) },
    data: { deletedAt: new Date() },
  });
  if (count === 0) throw notFound();
  const where = { threadId: id, ownerId: actor.id, status: "running" };
  const running = await database().generation.findMany({ where, select: { id: true } });
  if (running.length > 0)
    await database().generation.updateMany({ where, data: { stopRequestedAt: new Date() } });
  for (const generation of running) streamBus().requestStop(generation.id);
  publish(actor.id, { type: "thread-deleted", threadId: id });
}

/** How long a deleted thread can be taken back, in milliseconds. */
const BIN_MS = 30 * 24 * 60 * 60 * 1000;

/** Removes for good what has been in the bin long enough; all people's. */
export async function systemEmptyBin(now = new Date()): Promise<number> {
  const before = new Date(now.getTime() - BIN_MS);
  return database().$transaction((tx) => eraseThreads(tx, { deletedAt: { lt: before } }));
}

/**
 * For whoever removes threads for good. Messages refer to one another, and SQLite follows no more than a thousand of
 * them on its way down: without that they go in one step, however long a conversation is. Returns how many threads.
 */
export async function eraseThreads(tx: Transaction, thread: Prisma.ThreadWhereInput): Promise<number> {
  await forgetBlobsOfShares(tx, { thread });
  await tx.message.updateMany({ where: { thread, parentId: { not: null } }, data: { parentId: null } });
  const { count } = await tx.thread.deleteMany({ where: thread });
  return count;
}

/** PostgreSQL refuses NUL in text, and half a surrogate pair is no text at all. */
const clean = (text: string) => text.replaceAll("\0", "").toWellFormed();
