import type { Message } from "@/lib/messages/message";
import { pathTo } from "@/lib/messages/tree";
import type { SharingRules } from "@/lib/settings/settings";
import { keyRangesOf, rangesOf } from "@/lib/shares/ranges";
import type { ShareChoices, ShareDetail } from "@/lib/shares/share";
import { LONGEST_SHARE_TITLE, SHORTEST_SHARE_PASSWORD } from "@/lib/shares/share";
import { canBeShared } from "@/lib/shares/snapshot";
import type { ThreadDetail } from "@/lib/threads/thread";
import { DAY_MS, dayAfter, dayOf, endOfDay } from "./days";

export const EXPIRIES = ["day", "week", "month", "date", "never"] as const;
export type Expiry = (typeof EXPIRIES)[number];
const DAYS: Partial<Record<Expiry, number>> = { day: 1, week: 7, month: 30 };

/** What the dialog holds before it is a share. */
export interface Draft extends ShareChoices {
  title: string;
  expiry: Expiry;
  /** yyyy-mm-dd, where the expiry is a date; it ends with that day. */
  date: string;
  /** When the share that there is ends, ISO 8601: that day means this moment, or an update would make it longer. */
  end: string | null;
  hasPassword: boolean;
  /** Empty: the one that there is stays. */
  password: string;
  allowContinue: boolean;
  titleInPreview: boolean;
}

/**
 * What of the conversation is chosen when the dialog opens: all, or one message and what follows it. Nothing where that
 * one cannot be shared: whoever meant one message never gives away all.
 */
export type Start = { from: string } | null;

/** The messages that can be shared, in order: those of the open branch that say something. */
export function shareable({ messages, headMessageId }: ThreadDetail): Message[] {
  return pathTo(new Map(messages.map((message) => [message.id, message])), headMessageId).filter(canBeShared);
}

export function firstDraft(thread: ThreadDetail, start: Start, rules: SharingRules): Draft {
  const all = shareable(thread);
  const at = start ? all.findIndex(({ id }) => id === start.from) : 0;
  return {
    title: thread.title.slice(0, LONGEST_SHARE_TITLE),
    messages: (at < 0 ? [] : all.slice(at)).map(({ ordinal }) => ordinal),
    pictures: [],
    redactions: [],
    name: false,
    dates: false,
    ...usualEnd(rules),
    hasPassword: false,
    password: "",
    allowContinue: false,
    titleInPreview: false,
  };
}

const usualEnd = (rules: SharingRules): Pick<Draft, "expiry" | "date" | "end"> => ({
  expiry: offered(rules).includes("week") ? "week" : "day",
  date: dayAfter(rules.longestDays ?? 90),
  end: null,
});

/** The end that a share has; of one that is over that of a new one. */
function endOf({ expiresAt }: ShareDetail, rules: SharingRules): Pick<Draft, "expiry" | "date" | "end"> {
  if (expiresAt === null) return { expiry: "never", date: dayAfter(30), end: null };
  return isOver(expiresAt) ? usualEnd(rules) : { expiry: "date", date: dayOf(expiresAt), end: expiresAt };
}

/** The draft that made a share; messages that are gone from the open branch are no longer chosen. */
export function draftOf(share: ShareDetail, thread: ThreadDetail, rules: SharingRules): Draft {
  const { choices, title, hasPassword, allowContinue, titleInPreview } = share;
  const there = new Set(shareable(thread).map(({ ordinal }) => ordinal));
  const isThere = (key: string) => there.has(Number(key.split(".")[0]));
  return {
    ...choices,
    messages: choices.messages.filter((ordinal) => there.has(ordinal)),
    pictures: choices.pictures.filter(isThere),
    redactions: choices.redactions.filter(isThere),
    title,
    hasPassword,
    password: "",
    allowContinue,
    titleInPreview,
    ...endOf(share, rules),
  };
}

/** The ends that the rules allow. */
export const offered = ({ longestDays }: SharingRules): Expiry[] =>
  EXPIRIES.filter((expiry) =>
    expiry === "never" ? longestDays === null : (DAYS[expiry] ?? 0) <= (longestDays ?? Infinity),
  );

/** The last day that may be chosen, yyyy-mm-dd; empty where any may. */
export const latestDay = ({ longestDays }: SharingRules): string =>
  longestDays === null ? "" : dayAfter(longestDays);

export function expiresAt(draft: Draft, { longestDays }: SharingRules): string | null {
  const { expiry } = draft;
  if (expiry === "never") return null;
  const end = expiry === "date" ? endOfDate(draft) : Date.now() + (DAYS[expiry] ?? 1) * DAY_MS;
  const latest = longestDays === null ? Infinity : Date.now() + longestDays * DAY_MS;
  return new Date(Math.min(end, latest)).toISOString();
}

/** What keeps it from being shared; a key of the catalogue. */
export function missing(
  draft: Draft,
  hadPassword: boolean,
): "noMessages" | "noTitle" | "noPassword" | "noDate" | null {
  if (draft.messages.length === 0) return "noMessages";
  if (draft.title.trim() === "") return "noTitle";
  const kept = hadPassword && draft.password === "";
  if (draft.hasPassword && !kept && draft.password.length < SHORTEST_SHARE_PASSWORD) return "noPassword";
  if (draft.expiry === "date" && !(endOfDate(draft) > Date.now())) return "noDate";
  return null;
}

/** What is chosen of messages that are chosen: a picture of a message that is not stays out. */
export function choicesOf({ messages, pictures, redactions, name, dates }: Draft): ShareChoices {
  const chosen = new Set(messages);
  const isChosen = (key: string) => chosen.has(Number(key.split(".")[0]));
  return {
    messages,
    pictures: pictures.filter(isChosen),
    redactions: redactions.filter(isChosen),
    name,
    dates,
  };
}

/** The longest address that every part of the way takes for sure. */
const LONGEST_PATH = 24_000;

/** Where the draft can be seen as others will see it; null where its choices are too scattered for an address. */
export function previewPath(threadId: string, draft: Draft): string | null {
  const { messages, pictures, redactions, name, dates } = choicesOf(draft);
  const query = new URLSearchParams({
    title: draft.title,
    messages: rangesOf(messages),
    pictures: keyRangesOf(pictures),
    redactions: keyRangesOf(redactions),
    ...(name ? { name: "1" } : {}),
    ...(dates ? { dates: "1" } : {}),
    ...(draft.allowContinue ? { allowContinue: "1" } : {}),
  });
  const path = `/share-preview/${threadId}?${query}`;
  return path.length > LONGEST_PATH ? null : path;
}

export const toggled = <T>(list: readonly T[], item: T, on: boolean): T[] =>
  on ? [...new Set([...list, item])] : list.filter((other) => other !== item);

const endOfDate = ({ date, end }: Draft): number =>
  end !== null && date === dayOf(end) ? Date.parse(end) : endOfDay(date);

const isOver = (moment: string): boolean => Date.parse(moment) <= Date.now();
