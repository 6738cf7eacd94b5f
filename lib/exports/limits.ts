import "server-only";
import { RateLimiterRes } from "rate-limiter-flexible";
import { Problem } from "@/lib/platform/problem";
import { type RateLimit, rateLimit } from "@/lib/platform/redis/rate-limit";
import type { Actor } from "@/lib/users/actor";

/** Exports of everything that a person may begin in an hour; each reads all that they have. */
const wholes = rateLimit("exports", 10, 60 * 60);
/** Of single threads, in ten minutes. */
const threads = rateLimit("thread-exports", 120, 10 * 60);

/** Counts an export of everything. Throws `too-many-tries` with retryAfter in seconds. */
export const countExport = (actor: Actor): Promise<void> => consume(wholes, actor);
/** Counts an export of one thread. Throws the same. */
export const countThreadExport = (actor: Actor): Promise<void> => consume(threads, actor);

async function consume(limiter: RateLimit, actor: Actor): Promise<void> {
  try {
    await limiter.consume(actor.id);
  } catch (refusal) {
    // Anything but a refusal is our own fault; limits fail closed.
    const wait = refusal instanceof RateLimiterRes ? refusal.msBeforeNext : 60_000;
    throw new Problem("too-many-tries", { retryAfter: Math.ceil(wait / 1000) });
  }
}
