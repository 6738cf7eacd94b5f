import "server-only";
import { randomUUID } from "node:crypto";
import { database, type Prisma, type Transaction } from "@/lib/platform/database";
import { notFound, Problem } from "@/lib/platform/problem";
import { publish } from "@/lib/threads/live";
import { threadSummary } from "@/lib/threads/queries";
import { threadsOf } from "@/lib/threads/scope";
import type { ThreadSummary } from "@/lib/threads/thread";
import { answerUsageOf } from "@/lib/usage/queries";
import type { Actor } from "@/lib/users/actor";
import type { ForkInput } from "./schema";
import { pathTo } from "./tree";

/** Rows written by one statement: engines limit the values in it. */
const WRITTEN_AT_ONCE = 500;

const COPIED = {
  id: true,
  parentId: true,
  ordinal: true,
  role: true,
  parts: true,
  status: true,
  failure: true,
  createdAt: true,
  images: true,
  documents: true,
  /** The latest: with its settings it was written, and it is the one that is shown. */
  generations: { orderBy: { createdAt: "desc" }, take: 1 },
} as const satisfies Prisma.MessageSelect;

type Original = Prisma.MessageGetPayload<{ select: typeof COPIED }>;

/**
 * Copies the path to a message into a new thread of its own; the first one stays as it is. Pictures are shared by
 * both. The same new id again answers the same. Throws `not-found`, `busy` while one of the path is being written,
 * `conflict` when the new id is taken.
 */
export async function forkThread(actor: Actor, threadId: string, input: ForkInput): Promise<ThreadSummary> {
  const made = await database().$transaction((tx) => copy(tx, actor, threadId, input));
  const thread = await threadSummary(actor, input.threadId);
  if (made) publish(actor.id, { type: "thread", thread });
  return thread;
}

/** False when it was copied before. */
async function copy(tx: Transaction, actor: Actor, threadId: string, input: ForkInput): Promise<boolean> {
  const earlier = await tx.thread.findUnique({ where: { id: input.threadId }, select: { ownerId: true } });
  if (earlier && earlier.ownerId !== actor.id) throw new Problem("conflict");
  if (earlier) return false;
  const source = await tx.thread.findFirst({
    where: { id: threadId, ...threadsOf(actor) },
    select: { title: true, titledBy: true, settings: true, messages: { select: COPIED } },
  });
  if (!source) throw notFound();
  const path = pathTo(new Map(source.messages.map((message) => [message.id, message])), input.messageId);
  if (path.length === 0) throw notFound();
  if (path.some(({ status }) => status === "running")) throw new Problem("busy");
  const { title, titledBy, settings } = source;
  const ids = path.map(() => randomUUID());
  await tx.thread.create({
    data: {
      id: input.threadId,
      ownerId: actor.id,
      title,
      titledBy,
      ...(settings === null ? {} : { settings }),
      messageCount: path.length,
      headMessageId: ids.at(-1) ?? null,
    },
    select: { id: true },
  });
  await copyMessages(tx, input.threadId, path, ids);
  await copyGenerations(tx, input.threadId, path, ids);
  return true;
}

async function copyMessages(
  tx: Transaction,
  threadId: string,
  path: Original[],
  ids: string[],
): Promise<void> {
  const rows = path.map(({ role, status, parts, failure, createdAt }, i) => ({
    role,
    status,
    createdAt,
    parts: parts as object[],
    ...(failure === null ? {} : { failure }),
    id: ids[i] as string,
    threadId,
    parentId: i === 0 ? null : (ids[i - 1] as string),
    ordinal: i + 1,
  }));
  for (let i = 0; i < rows.length; i += WRITTEN_AT_ONCE) {
    await tx.message.createMany({ data: rows.slice(i, i + WRITTEN_AT_ONCE) });
  }
  const mine = (i: number) => ({ messageId: ids[i] as string });
  await tx.messageImage.createMany({
    data: path.flatMap(({ images }, i) => images.map((image) => ({ ...image, ...mine(i) }))),
  });
  await tx.messageDocument.createMany({
    data: path.flatMap(({ documents }, i) => documents.map((document) => ({ ...document, ...mine(i) }))),
  });
}

/** What made each answer, and what it took, which is counted with the first one alone. */
async function copyGenerations(
  tx: Transaction,
  threadId: string,
  path: Original[],
  ids: string[],
): Promise<void> {
  const usages = await answerUsageOf(
    path.map(({ id }) => id),
    tx,
  );
  const rows = path.flatMap(({ id, generations }, i) =>
    generations.map(({ settings, copiedUsage: _older, ...generation }) => {
      const usage = usages.get(id);
      return {
        ...generation,
        id: randomUUID(),
        threadId,
        messageId: ids[i] as string,
        ...(settings === null ? {} : { settings }),
        ...(usage ? { copiedUsage: { ...usage } } : {}),
      };
    }),
  );
  for (let i = 0; i < rows.length; i += WRITTEN_AT_ONCE) {
    await tx.generation.createMany({ data: rows.slice(i, i + WRITTEN_AT_ONCE) });
  }
}
