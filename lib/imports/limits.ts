import "server-only";
import { RateLimiterRes } from "rate-limiter-flexible";
import { Problem } from "@/lib/platform/problem";
import { type RateLimit, rateLimit } from "@/lib/platform/redis/rate-limit";
import type { Actor } from "@/lib/users/actor";

/** Entries of a ZIP. */
export const MOST_ENTRIES = 50_000;
/** What may be unpacked of one file in all, bytes. */
export const MOST_UNPACKED = 4 * 1024 ** 3;
/** Longest JSON of one conversation, UTF-16 code units. */
export const LONGEST_THREAD = 32 * 1024 * 1024;
/** Conversations of one file, and whatever else is in it. */
export const MOST_ELEMENTS = 20_000;
/** Elements of one file that cannot be read for their size, after which no more of it is tried. */
export const MOST_UNREADABLE = 3;

const DAY = 24 * 60 * 60;
/** Megabytes of a person's pieces that may lie here, which they do for a day unless they are brought in before. */
const megabytes = rateLimit("import-megabytes", 4_096, DAY);
/** Imports that a person may begin in an hour. */
const begun = rateLimit("imports", 30, 60 * 60);
/** Thousands of characters that may come into the database in a day: what is sent can unpack to a thousand times that. */
const characters = rateLimit("import-characters", 1_000_000, DAY);
/** A message's row, in characters. */
const ROW = 250;

const megabytesOf = (bytes: number): number => Math.max(1, Math.ceil(bytes / 1e6));

/** Counts a piece. Throws `too-many-tries` with retryAfter in seconds, and that one does not count. */
export async function countPiece(actor: Actor, bytes: number): Promise<void> {
  try {
    await consume(megabytes, actor, megabytesOf(bytes));
  } catch (refusal) {
    await forgetPiece(actor, bytes);
    throw refusal;
  }
}
/** Pieces that are gone again do not count. */
export const forgetPiece = async (actor: Actor, bytes: number): Promise<void> =>
  void (await megabytes.reward(actor.id, megabytesOf(bytes)));
/** Counts messages that are to be written, and the characters in them. False when that is enough for a day. */
export const countThread = (actor: Actor, messages: number, length: number): Promise<boolean> =>
  consume(characters, actor, Math.ceil((length + messages * ROW) / 1_000)).then(
    () => true,
    () => false,
  );
/** Counts an import. Throws the same. */
export const countImport = (actor: Actor): Promise<void> => consume(begun, actor, 1);

async function consume(limiter: RateLimit, actor: Actor, points: number): Promise<void> {
  try {
    await limiter.consume(actor.id, points);
  } catch (refusal) {
    // Anything but a refusal is our own fault; limits fail closed.
    const wait = refusal instanceof RateLimiterRes ? refusal.msBeforeNext : 60_000;
    throw new Problem("too-many-tries", { retryAfter: Math.ceil(wait / 1000) });
  }
}
