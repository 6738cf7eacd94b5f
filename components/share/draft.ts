import type { Message } from "@/lib/messages/message";
import { pathTo } from "@/lib/messages/tree";
import type { SharingRules } from "@/lib/settings/settings";
import type { ShareChoices, ShareDetail } from "@/lib/shares/share";
import { LONGEST_SHARE_TITLE, SHORTEST_SHARE_PASSWORD } from "@/lib/shares/share";
import { canBeShared } from "@/lib/shares/snapshot";
import type { ThreadDetail } from "@/lib/threads/thread";

export const EXPIRIES = ["day", "week", "month", "date", "never"] as const;
export type Expiry = (typeof EXPIRIES)[number];
const DAYS: Partial<Record<Expiry, number>> = { day: 1, week: 7, month: 30 };
const DAY_MS = 86_400_000;

/** What the dialog holds before it is a share. */
export interface Draft extends ShareChoices {
  title: string;
  expiry: Expiry;
  /** yyyy-mm-dd, where the expiry is a date; it ends with that day. */
  date: string;
  hasPassword: boolean;
  /** Empty: the one that there is stays. */
  password: string;
  allowContinue: boolean;
  titleInPreview: boolean;
}

/** What of the conversation is chosen when the dialog opens: all, or one message and what follows it. */
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
    messages: all.slice(Math.max(0, at)).map(({ ordinal }) => ordinal),
    pictures: [],
    redactions: [],
    name: false,
    dates: false,
    expiry: offered(rules).includes("week") ? "week" : "day",
    date: dayAfter(rules.longestDays ?? 90),
    hasPassword: false,
    password: "",
    allowContinue: false,
    titleInPreview: false,
  };
}

/** The draft that made a share; messages that are gone from the open branch are no longer chosen. */
export function draftOf(share: ShareDetail, thread: ThreadDetail): Draft {
  const { choices, title, hasPassword, allowContinue, titleInPreview, expiresAt } = share;
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
    expiry: expiresAt === null ? "never" : "date",
    date: expiresAt?.slice(0, 10) ?? dayAfter(30),
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

export function expiresAt({ expiry, date }: Draft, { longestDays }: SharingRules): string | null {
  if (expiry === "never") return null;
  const end = expiry === "date" ? endOfDay(date) : Date.now() + (DAYS[expiry] ?? 1) * DAY_MS;
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
  if (draft.expiry === "date" && !(endOfDay(draft.date) > Date.now())) return "noDate";
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

export function previewPath(threadId: string, draft: Draft): string {
  const { messages, pictures, redactions, name, dates } = choicesOf(draft);
  const query = new URLSearchParams({
    title: draft.title,
    messages: messages.join(","),
    pictures: pictures.join(","),
    redactions: redactions.join(","),
    ...(name ? { name: "1" } : {}),
    ...(dates ? { dates: "1" } : {}),
    ...(draft.allowContinue ? { allowContinue: "1" } : {}),
  });
  return `/share-preview/${threadId}?${query}`;
}

export const toggled = <T>(list: readonly T[], item: T, on: boolean): T[] =>
  on ? [...new Set([...list, item])] : list.filter((other) => other !== item);

const endOfDay = (date: string) => new Date(`${date}T23:59:59`).getTime();
const dayAfter = (days: number) => new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10);
