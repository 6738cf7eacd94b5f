import type { ThreadSummary } from "@/lib/threads/thread";

/** Where "today" is, and which day it is there. */
export interface Day {
  /** IANA name. */
  timeZone: string;
  /** YYYY-MM-DD. */
  date: string;
}

/** "2026-03" is a month that is over for more than 30 days. */
export type GroupKey = "today" | "yesterday" | "week" | "month" | `${number}-${number}`;

export interface ThreadGroup {
  key: GroupKey;
  threads: ThreadSummary[];
}

const DAY_MS = 24 * 60 * 60 * 1000;

/** The day that it is in this time zone; UTC where the name is none. */
export function dayIn(timeZone: string, now = new Date()): Day {
  const known = isTimeZone(timeZone) ? timeZone : "UTC";
  return { timeZone: known, date: dateFormat(known).format(now) };
}

/** Threads, newest first, by the day of their last activity as the person's calendar has it. */
export function groupByDay(threads: readonly ThreadSummary[], day: Day): ThreadGroup[] {
  const format = dateFormat(day.timeZone);
  const groups: ThreadGroup[] = [];
  for (const thread of threads) {
    const key = keyOf(format.format(new Date(thread.lastActivityAt)), day.date);
    const last = groups.at(-1);
    if (last?.key === key) last.threads.push(thread);
    else groups.push({ key, threads: [thread] });
  }
  return groups;
}

function keyOf(date: string, today: string): GroupKey {
  const daysAgo = Math.round((Date.parse(today) - Date.parse(date)) / DAY_MS);
  // The server's clock may be ahead of the browser's.
  if (daysAgo <= 0) return "today";
  if (daysAgo === 1) return "yesterday";
  if (daysAgo <= 7) return "week";
  if (daysAgo <= 30) return "month";
  return date.slice(0, 7) as GroupKey;
}

/** Canada writes dates as ISO 8601 does. */
const dateFormat = (timeZone: string) =>
  new Intl.DateTimeFormat("en-CA", { timeZone, year: "numeric", month: "2-digit", day: "2-digit" });

function isTimeZone(name: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat("en", { timeZone: name }));
  } catch {
    return false;
  }
}
