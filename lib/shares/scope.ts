import "server-only";
import type { SharingRules } from "@/lib/settings/settings";
import type { Actor } from "@/lib/users/actor";

/** The shares an actor may see, change and revoke: their own. */
export const sharesOf = (actor: Actor) => ({ ownerId: actor.id });

const DAY_MS = 24 * 60 * 60 * 1000;

/** Shares that open at this moment: not ended, the thread not deleted, the owner not suspended, sharing allowed. */
export const liveShares = ({ allowed, longestDays }: SharingRules, now: Date) => ({
  ...(allowed ? {} : { id: { in: [] } }),
  ...(longestDays === null ? {} : { updatedAt: { gt: new Date(now.getTime() - longestDays * DAY_MS) } }),
  OR: [{ expiresAt: null }, { expiresAt: { gt: now } }],
  thread: { deletedAt: null },
  owner: { suspendedAt: null },
});
