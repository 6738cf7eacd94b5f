import "server-only";
import type { TodayUsage } from "@/lib/generations/schema";
import type { AnswerUsage } from "@/lib/messages/message";
import { database, Prisma, type Transaction } from "@/lib/platform/database";
import type { Actor } from "@/lib/users/actor";
import { sumOfUsage } from "./sum";

/** The actor's tokens since midnight UTC, of every kind of call. */
export async function todayUsage(actor: Actor, now = new Date()): Promise<TodayUsage> {
  const midnight = new Date(now);
  midnight.setUTCHours(0, 0, 0, 0);
  const { _sum } = await database().usage.aggregate({
    where: { ownerId: actor.id, createdAt: { gte: midnight } },
    _sum: { inputTokens: true, outputTokens: true },
  });
  return { inputTokens: _sum.inputTokens ?? 0, outputTokens: _sum.outputTokens ?? 0 };
}

/** SQLite takes some thousand values in one question, and less is as quick. */
const ASKED_AT_ONCE = 500;

/**
 * What each of these answers took, all calls that wrote it together, by message id; of a fork's copy also what was
 * counted with the first. The ids come from a thread that the caller has read within an actor's scope.
 */
export async function answerUsageOf(
  messageIds: string[],
  db: Pick<Transaction, "generation" | "usage"> = database(),
): Promise<Map<string, AnswerUsage>> {
  const usages = new Map<string, AnswerUsage>();
  for (let i = 0; i < messageIds.length; i += ASKED_AT_ONCE) {
    const some = await usageOfSome(messageIds.slice(i, i + ASKED_AT_ONCE), db);
    for (const [id, usage] of some) usages.set(id, usage);
  }
  return usages;
}

async function usageOfSome(
  messageIds: string[],
  db: Pick<Transaction, "generation" | "usage">,
): Promise<Map<string, AnswerUsage>> {
  const messageId = { in: messageIds };
  // One after the other: a transaction has a single connection.
  const copied = await db.generation.findMany({
    where: { messageId, copiedUsage: { not: Prisma.DbNull } },
    select: { messageId: true, copiedUsage: true },
  });
  const rows = await db.usage.findMany({ where: { kind: "chat", messageId }, orderBy: { createdAt: "asc" } });
  const usages = new Map(copied.map((row) => [row.messageId, row.copiedUsage as unknown as AnswerUsage]));
  for (const row of rows) {
    const id = row.messageId ?? "";
    const sum = sumOfUsage([usages.get(id), usageOf(row)].filter((usage) => usage !== undefined));
    if (sum) usages.set(id, sum);
  }
  return usages;
}

const usageOf = (row: Omit<AnswerUsage, "source"> & { source: string }): AnswerUsage => ({
  inputTokens: row.inputTokens,
  outputTokens: row.outputTokens,
  imageTokens: row.imageTokens,
  source: row.source as AnswerUsage["source"],
  durationMs: row.durationMs,
  firstTokenMs: row.firstTokenMs,
  model: row.model,
});
