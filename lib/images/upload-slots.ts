import "server-only";
import { Problem } from "@/lib/platform/problem";
import type { Actor } from "@/lib/users/actor";

/** Uploads one person may have on the way at once; the page sends three. Each may hold 25 MB of memory. */
const MOST_UPLOADS = 8;
/** Seconds after which trying again makes sense. */
const RETRY_AFTER = 2;

const underway = new Map<string, number>();

/** Runs one upload of a person, reading included. Throws `too-many-tries` when too many are on the way. */
export async function inUploadSlot<T>(actor: Actor, work: () => Promise<T>): Promise<T> {
  const before = underway.get(actor.id) ?? 0;
  if (before >= MOST_UPLOADS) throw new Problem("too-many-tries", { retryAfter: RETRY_AFTER });
  underway.set(actor.id, before + 1);
  try {
    return await work();
  } finally {
    const left = (underway.get(actor.id) ?? 1) - 1;
    if (left > 0) underway.set(actor.id, left);
    else underway.delete(actor.id);
  }
}
