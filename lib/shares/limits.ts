import "server-only";
import { RateLimiterRes } from "rate-limiter-flexible";
import { database } from "@/lib/platform/database";
import { Problem } from "@/lib/platform/problem";
import { rateLimit } from "@/lib/platform/redis/rate-limit";
import type { Actor } from "@/lib/users/actor";
import { sharesOf } from "./scope";

/** Shares that one person may have at once. */
export const MOST_SHARES = 1_000;
/** Pictures in them: each share has copies of its own, beside what its owner may keep otherwise. */
export const MOST_SHARED_PICTURES = 2_000;

/** Copies that a person may have made in a day: what an update replaces lies here for a day. */
const copies = rateLimit("share-pictures", 5_000, 24 * 60 * 60);

/**
 * Before so many pictures are copied for a share; `replaced` is the share whose copies they take the place of. Throws
 * `too-many-shared-pictures`, and `too-many-tries` with retryAfter in seconds.
 */
export async function countCopies(actor: Actor, count: number, replaced: string | null): Promise<void> {
  if (count === 0) return;
  const others = { share: { ...sharesOf(actor), ...(replaced === null ? {} : { id: { not: replaced } }) } };
  if ((await database().shareImage.count({ where: others })) + count > MOST_SHARED_PICTURES)
    throw new Problem("too-many-shared-pictures", { limit: MOST_SHARED_PICTURES });
  try {
    await copies.consume(actor.id, count);
  } catch (refusal) {
    // Anything but a refusal is our own fault; limits fail closed.
    const wait = refusal instanceof RateLimiterRes ? refusal.msBeforeNext : 60_000;
    throw new Problem("too-many-tries", { retryAfter: Math.ceil(wait / 1000) });
  }
}
