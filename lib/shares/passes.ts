import "server-only";
import { createHmac, timingSafeEqual } from "node:crypto";
import { RateLimiterRes } from "rate-limiter-flexible";
import { environment } from "@/lib/platform/environment";
import { Problem } from "@/lib/platform/problem";
import { type RateLimit, rateLimit } from "@/lib/platform/redis/rate-limit";

/** Tries within a quarter of an hour: from one address, and for one share whatever the addresses. */
const QUARTER_HOUR = 15 * 60;
const triesFromAddress = rateLimit("share-passwords-from-address", 10, QUARTER_HOUR);
const triesOfShare = rateLimit("share-passwords-of-share", 60, QUARTER_HOUR);

/** Counts one try at a share's password. Throws `too-many-tries` with retryAfter in seconds. */
export async function countTry(shareId: string, address: string): Promise<void> {
  await consume(triesFromAddress, `${shareId} ${address}`);
  await consume(triesOfShare, shareId);
}

/** Whoever knew the password does not count. */
export async function forgetTry(shareId: string, address: string): Promise<void> {
  await triesFromAddress.delete(`${shareId} ${address}`);
  await triesOfShare.reward(shareId);
}

/** What a visitor who knew the password carries; another password, and it is worth nothing. */
export const passOf = (shareId: string, passwordHash: string): string =>
  createHmac("sha256", environment().secret)
    .update(`share pass\0${shareId}\0${passwordHash}`)
    .digest("base64url");

export function isPass(pass: string | null, shareId: string, passwordHash: string): boolean {
  const right = Buffer.from(passOf(shareId, passwordHash));
  const given = Buffer.from(pass ?? "");
  return given.length === right.length && timingSafeEqual(given, right);
}

async function consume(limiter: RateLimit, key: string): Promise<void> {
  try {
    await limiter.consume(key);
  } catch (refusal) {
    // Anything but a refusal is our own fault; limits fail closed.
    const wait = refusal instanceof RateLimiterRes ? refusal.msBeforeNext : 60_000;
    throw new Problem("too-many-tries", { retryAfter: Math.ceil(wait / 1000) });
  }
}
