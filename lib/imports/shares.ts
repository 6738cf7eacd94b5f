import "server-only";
import { randomBytes, randomUUID } from "node:crypto";
import { database } from "@/lib/platform/database";
import { MOST_SHARES } from "@/lib/shares/limits";
import { sharesOf } from "@/lib/shares/scope";
import { LONGEST_SHARE_TITLE, type ShareChoices } from "@/lib/shares/share";
import type { Actor } from "@/lib/users/actor";
import type { ReadShare } from "./readers/share";
import { type ImportReport, leaveOut } from "./report";
import { clean } from "./text";
import type { Brought } from "./thread";

/**
 * A share of the file as one that has ended: it opens for nobody, its link is a new one that nobody knows, and nothing
 * of its contents is kept. "Update" makes it anew of the thread, under that link, with an end and a password of then.
 */
export async function bringShare(
  actor: Actor,
  { threadId, choices, ...kept }: ReadShare,
  threads: ReadonlyMap<string, Brought>,
  report: ImportReport,
): Promise<void> {
  const title = clean(kept.title).slice(0, LONGEST_SHARE_TITLE).toWellFormed();
  const thread = threads.get(threadId);
  const own = thread && choicesIn(thread, choices);
  if (!own) return leaveOut(report, { what: "share", name: title, reason: "no-thread" });
  if ((await database().share.count({ where: sharesOf(actor) })) >= MOST_SHARES)
    return leaveOut(report, { what: "share", name: title, reason: "too-many" });
  const now = new Date();
  await database().share.create({
    data: {
      ...kept,
      title,
      id: randomUUID(),
      token: randomBytes(24).toString("base64url"),
      ownerId: actor.id,
      threadId: thread.id,
      snapshot: { by: null, messages: own.messages.map(() => ({ role: "user", parts: [], at: null })) },
      choices: { ...own },
      expiresAt: now,
      createdAt: now,
      updatedAt: now,
    },
    select: { id: true },
  });
  report.counts.shares++;
}

/** The same choices by the ordinals that the messages have here; null when one of them is not whole. */
function choicesIn({ ordinals }: Brought, choices: ShareChoices): ShareChoices | null {
  const key = (name: string): string => {
    const [message, place] = name.split(".");
    return `${ordinals.get(Number(message))}.${place}`;
  };
  if (!choices.messages.every((each) => ordinals.has(each))) return null;
  return {
    ...choices,
    messages: choices.messages.map((each) => ordinals.get(each) as number),
    pictures: choices.pictures.map(key),
    redactions: choices.redactions.map(key),
  };
}
