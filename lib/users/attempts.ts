import "server-only";
import { RateLimiterRes } from "rate-limiter-flexible";
import { Problem } from "@/lib/platform/problem";
import { type RateLimit, rateLimit } from "@/lib/platform/redis/rate-limit";

/** Tries within a quarter of an hour. An account's limit holds whatever addresses the tries come from. */
const QUARTER_HOUR = 15 * 60;
const signInsOfAccount = rateLimit("sign-ins-of-account", 10, QUARTER_HOUR);
const signInsFromAddress = rateLimit("sign-ins-from-address", 60, QUARTER_HOUR);
/** A whole office may come from one address on its first day. */
const REGISTRATIONS_AN_HOUR = Number(process.env.LEEWARD_REGISTRATIONS_AN_HOUR) || 60;
const registrationsFromAddress = rateLimit("registrations", REGISTRATIONS_AN_HOUR, 60 * 60);

/** Counts one try to sign in. Throws `too-many-tries` with retryAfter in seconds. */
export async function countSignIn(email: string, address: string): Promise<void> {
  await consume(signInsFromAddress, address);
  await consume(signInsOfAccount, email);
}

/** A successful sign-in starts the account's count again, and does not count for its address: offices share one. */
export async function forgetSignIn(email: string, address: string): Promise<void> {
  await signInsOfAccount.delete(email);
  await signInsFromAddress.reward(address);
}

/** Counts one try to register. Throws `too-many-tries`. */
export const countRegistration = (address: string): Promise<void> =>
  consume(registrationsFromAddress, address);

async function consume(limiter: RateLimit, key: string): Promise<void> {
  try {
    await limiter.consume(key);
  } catch (refusal) {
    // Anything but a refusal is our own fault; limits fail closed.
    const wait = refusal instanceof RateLimiterRes ? refusal.msBeforeNext : 60_000;
    throw new Problem("too-many-tries", { retryAfter: Math.ceil(wait / 1000) });
  }
}
