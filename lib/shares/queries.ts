import "server-only";
import type { Message } from "@/lib/messages/message";
import { pathTo } from "@/lib/messages/tree";
import { database } from "@/lib/platform/database";
import { notFound, Problem } from "@/lib/platform/problem";
import { setting } from "@/lib/settings/queries";
import { threadDetail } from "@/lib/threads/queries";
import type { Actor } from "@/lib/users/actor";
import { endOf, isLive, SUMMARY_COLUMNS, summaryOf } from "./rows";
import type { ListSharesInput } from "./schema";
import { sharesOf } from "./scope";
import type { ForeignShare, ShareChoices, ShareDetail, SharePage } from "./share";
import type { Snapshot } from "./snapshot";

const PAGE_SIZE = 50;

/** One's own shares, newest first, those that have ended too. Throws `bad-request` for a made-up cursor. */
export async function listShares(actor: Actor, { cursor }: ListSharesInput): Promise<SharePage> {
  const rules = await setting("sharing");
  const rows = await database().share.findMany({
    where: { AND: [sharesOf(actor), olderThan(cursor)] },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: PAGE_SIZE + 1,
    select: SUMMARY_COLUMNS,
  });
  return { shares: rows.slice(0, PAGE_SIZE).map((row) => summaryOf(row, rules)), nextCursor: nextOf(rows) };
}

/** One of one's own shares, with what was chosen. Throws `not-found`. */
export async function shareDetail(actor: Actor, id: string): Promise<ShareDetail> {
  const row = await database().share.findFirst({
    where: { ...sharesOf(actor), id },
    select: { ...SUMMARY_COLUMNS, choices: true },
  });
  if (!row) throw notFound();
  return { ...summaryOf(row, await setting("sharing")), choices: row.choices as unknown as ShareChoices };
}

/** Everybody's shares as an administrator may see them. Throws `not-found` to everybody else. */
export async function listForeignShares(
  actor: Actor,
  { cursor }: ListSharesInput,
): Promise<{ shares: ForeignShare[]; nextCursor: string | null }> {
  if (actor.role !== "administrator") throw notFound();
  const rules = await setting("sharing");
  const rows = await database().share.findMany({
    where: olderThan(cursor),
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: PAGE_SIZE + 1,
    select: { ...SUMMARY_COLUMNS, owner: { select: { name: true, email: true, suspendedAt: true } } },
  });
  const shares = rows.slice(0, PAGE_SIZE).map((row): ForeignShare => {
    return {
      id: row.id,
      owner: row.owner.name,
      email: row.owner.email,
      messages: (row.snapshot as unknown as Snapshot).messages.length,
      pictures: row._count.images,
      views: row.views,
      hasPassword: row.passwordHash !== null,
      expiresAt: endOf(row, rules)?.toISOString() ?? null,
      createdAt: row.createdAt.toISOString(),
      live: row.owner.suspendedAt === null && isLive(row, rules),
    };
  });
  return { shares, nextCursor: nextOf(rows) };
}

/** The open branch of one of the actor's threads, first to last. Throws `not-found`. */
export async function openBranch(
  actor: Actor,
  threadId: string,
): Promise<{ title: string; branch: Message[] }> {
  const { title, headMessageId, messages } = await threadDetail(actor, threadId);
  return { title, branch: pathTo(new Map(messages.map((message) => [message.id, message])), headMessageId) };
}

function nextOf(rows: { createdAt: Date; id: string }[]): string | null {
  const last = rows[PAGE_SIZE - 1];
  return rows.length > PAGE_SIZE && last ? `${last.createdAt.toISOString()}_${last.id}` : null;
}

function olderThan(cursor: string | undefined) {
  if (cursor === undefined) return {};
  const [at = "", id = ""] = cursor.split("_");
  const createdAt = new Date(at);
  if (Number.isNaN(createdAt.getTime())) throw new Problem("bad-request", { field: "cursor" });
  return { OR: [{ createdAt: { lt: createdAt } }, { createdAt, id: { lt: id } }] };
}
