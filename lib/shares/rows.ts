import "server-only";
import type { SharingRules } from "@/lib/settings/settings";
import type { ShareSummary } from "./share";
import type { Snapshot } from "./snapshot";

/** What its owner may know of a share, and take along; where it can be read is not in it. */
export const SHARE_COLUMNS = {
  id: true,
  threadId: true,
  title: true,
  snapshot: true,
  passwordHash: true,
  allowContinue: true,
  signedInOnly: true,
  titleInPreview: true,
  views: true,
  expiresAt: true,
  createdAt: true,
  updatedAt: true,
} as const;

export const SUMMARY_COLUMNS = {
  ...SHARE_COLUMNS,
  token: true,
  thread: { select: { deletedAt: true } },
  _count: { select: { images: true } },
} as const;

interface SummaryRow {
  id: string;
  token: string;
  threadId: string;
  title: string;
  snapshot: unknown;
  passwordHash: string | null;
  allowContinue: boolean;
  signedInOnly: boolean;
  titleInPreview: boolean;
  views: number;
  expiresAt: Date | null;
  createdAt: Date;
  updatedAt: Date;
  thread: { deletedAt: Date | null };
  _count: { images: number };
}

const DAY_MS = 24 * 60 * 60 * 1000;

/** As its owner sees it. The end is the sooner of the chosen one and the longest that the rules allow. */
export function summaryOf(row: SummaryRow, rules: SharingRules): ShareSummary {
  return {
    id: row.id,
    path: `/s/${row.token}`,
    threadId: row.threadId,
    title: row.title,
    messages: (row.snapshot as Snapshot).messages.length,
    pictures: row._count.images,
    views: row.views,
    hasPassword: row.passwordHash !== null,
    allowContinue: row.allowContinue,
    titleInPreview: row.titleInPreview,
    signedInOnly: row.signedInOnly || rules.signedInOnly,
    expiresAt: endOf(row, rules)?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    live: isLive(row, rules),
  };
}

/** Whether its link opens now; of an owner who may use the server. */
export function isLive(row: Pick<SummaryRow, "expiresAt" | "updatedAt" | "thread">, rules: SharingRules) {
  const end = endOf(row, rules);
  const ended = end !== null && end.getTime() <= Date.now();
  return !ended && row.thread.deletedAt === null && rules.allowed;
}

export function endOf(row: Pick<SummaryRow, "expiresAt" | "updatedAt">, { longestDays }: SharingRules) {
  const latest = longestDays === null ? null : row.updatedAt.getTime() + longestDays * DAY_MS;
  const ends = [row.expiresAt?.getTime() ?? null, latest].filter((end) => end !== null);
  return ends.length > 0 ? new Date(Math.min(...ends)) : null;
}
