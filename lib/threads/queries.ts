import "server-only";
import { choicesOf, withChoices } from "@/lib/context/choices";
import type { Message } from "@/lib/messages/message";
import { queueIn } from "@/lib/messages/queue-rows";
import { MESSAGE_COLUMNS, messageOf } from "@/lib/messages/rows";
import { pathTo } from "@/lib/messages/tree";
import { database, type Prisma } from "@/lib/platform/database";
import { notFound, Problem } from "@/lib/platform/problem";
import { answerUsageOf } from "@/lib/usage/queries";
import type { Actor } from "@/lib/users/actor";
import type { ListThreadsInput } from "./schema";
import { threadsOf } from "./scope";
import { MOST_IN_SCREENFUL, screenful } from "./screenful";
import { threadSettingsOf } from "./settings";
import { isTitled, type ThreadDetail, type ThreadPage, type ThreadStart, type ThreadSummary } from "./thread";

const PAGE_SIZE = 40;

const NEWEST_FIRST = [
  { lastActivityAt: "desc" },
  { id: "desc" },
] satisfies Prisma.ThreadOrderByWithRelationInput[];

export const SUMMARY_COLUMNS = {
  id: true,
  title: true,
  lastActivityAt: true,
  _count: { select: { generations: { where: { status: "running" } } } },
} as const;

interface SummaryRow {
  id: string;
  title: string;
  lastActivityAt: Date;
  _count: { generations: number };
}

export const summaryOf = (row: SummaryRow): ThreadSummary => ({
  id: row.id,
  title: row.title,
  lastActivityAt: row.lastActivityAt.toISOString(),
  running: row._count.generations > 0,
});

/** A page of one's threads, newest first, by a part of the title if given. Throws `bad-request` for a made-up cursor. */
export async function listThreads(actor: Actor, input: ListThreadsInput): Promise<ThreadPage> {
  const rows = await database().thread.findMany({
    where: { AND: [threadsOf(actor), olderThan(input.cursor), await titledLike(actor, input)] },
    orderBy: NEWEST_FIRST,
    take: PAGE_SIZE + 1,
    select: SUMMARY_COLUMNS,
  });
  const threads = rows.slice(0, PAGE_SIZE).map(summaryOf);
  const last = threads.at(-1);
  return {
    threads,
    nextCursor: rows.length > PAGE_SIZE && last ? `${last.lastActivityAt}_${last.id}` : null,
  };
}

/** One thread for the list. Throws `not-found`. */
export async function threadSummary(actor: Actor, id: string): Promise<ThreadSummary> {
  const row = await database().thread.findFirst({
    where: { id, ...threadsOf(actor) },
    select: SUMMARY_COLUMNS,
  });
  if (!row) throw notFound();
  return summaryOf(row);
}

/** One thread with its whole tree of messages, in order of writing. Throws `not-found`. */
export async function threadDetail(actor: Actor, id: string): Promise<ThreadDetail> {
  const row = await database().thread.findFirst({
    where: { id, ...threadsOf(actor) },
    select: { ...SUMMARY_COLUMNS, headMessageId: true, messageCount: true, settings: true },
  });
  if (!row) throw notFound();
  return {
    ...summaryOf(row),
    headMessageId: row.headMessageId,
    messageCount: row.messageCount,
    model: threadSettingsOf(row.settings).model ?? null,
    messages: await messagesWhere({ threadId: id }),
    queue: await queueIn(id),
  };
}

/**
 * One thread as its page begins with it: a screenful of the open branch's end, and the outline of the rest. Throws
 * `not-found`.
 */
export async function threadStart(actor: Actor, id: string): Promise<ThreadStart> {
  const row = await database().thread.findFirst({
    where: { id, ...threadsOf(actor) },
    select: {
      ...SUMMARY_COLUMNS,
      headMessageId: true,
      messageCount: true,
      settings: true,
      messages: { select: { id: true, parentId: true, ordinal: true }, orderBy: { ordinal: "asc" } },
    },
  });
  if (!row) throw notFound();
  const { headMessageId, messageCount, settings, messages: nodes } = row;
  const branch = pathTo(new Map(nodes.map((node) => [node.id, node])), headMessageId);
  const newest = branch.slice(-MOST_IN_SCREENFUL).map((node) => node.id);
  const messages = screenful(await messagesWhere({ threadId: id, id: { in: newest } }));
  const begins = new Set(messages.map((message) => message.id));
  return {
    ...summaryOf(row),
    headMessageId,
    messageCount,
    model: threadSettingsOf(settings).model ?? null,
    messages,
    queue: await queueIn(id),
    outline: nodes.filter((node) => !begins.has(node.id)),
  };
}

/** Those of a thread's messages that are asked for, in order of writing. Throws `not-found` for a foreign thread. */
export async function messagesOf(actor: Actor, threadId: string, ids: string[]): Promise<Message[]> {
  const count = await database().thread.count({ where: { id: threadId, ...threadsOf(actor) } });
  if (count === 0) throw notFound();
  return messagesWhere({ threadId, id: { in: ids } });
}

/** The thread has been found within an actor's scope before. */
async function messagesWhere(where: { threadId: string; id?: { in: string[] } }): Promise<Message[]> {
  const { threadId, id } = where;
  const [rows, generations, choices] = await Promise.all([
    database().message.findMany({ where, select: MESSAGE_COLUMNS, orderBy: { ordinal: "asc" } }),
    database().generation.findMany({
      where: { threadId, ...(id ? { messageId: id } : {}) },
      select: { id: true, messageId: true },
      orderBy: { createdAt: "asc" },
    }),
    choicesOf(threadId),
  ]);
  const generationOf = new Map(generations.map((generation) => [generation.messageId, generation.id]));
  const usageOf = await answerUsageOf(rows.filter((row) => row.role === "assistant").map((row) => row.id));
  return rows.map((row) =>
    withChoices(messageOf(row, generationOf.get(row.id), usageOf.get(row.id)), choices),
  );
}

function olderThan(cursor: string | undefined) {
  if (cursor === undefined) return {};
  const [at = "", id = ""] = cursor.split("_");
  const lastActivityAt = new Date(at);
  if (Number.isNaN(lastActivityAt.getTime())) throw new Problem("bad-request", { field: "cursor" });
  return { OR: [{ lastActivityAt: { lt: lastActivityAt } }, { lastActivityAt, id: { lt: id } }] };
}

/**
 * SQLite compares only ASCII letters without case and has no Unicode lower(), so the titles are compared here:
 * a person's titles are few and short, and the answer is the same on both engines. Those of one page: SQLite takes
 * some thousand values in one question and no more.
 */
async function titledLike(actor: Actor, { title: part, cursor }: ListThreadsInput) {
  if (!part?.trim()) return {};
  const titles = await database().thread.findMany({
    where: { AND: [threadsOf(actor), olderThan(cursor)] },
    orderBy: NEWEST_FIRST,
    select: { id: true, title: true },
  });
  const page = titles.filter((thread) => isTitled(thread, part)).slice(0, PAGE_SIZE + 1);
  return { id: { in: page.map((thread) => thread.id) } };
}
