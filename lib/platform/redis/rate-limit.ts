import "server-only";
import { RateLimiterMemory, RateLimiterRedis } from "rate-limiter-flexible";
import { type Redis, redis } from "./index";

export type RateLimit = RateLimiterMemory | RateLimiterRedis;

/**
 * So many points within so many seconds, on all servers together. While Redis is away each server counts for
 * itself: a limit is never lifted.
 */
export function rateLimit(
  name: string,
  points: number,
  duration: number,
  connection: Redis | null = redis(),
): RateLimit {
  const own = new RateLimiterMemory({ points, duration });
  if (!connection) return own;
  return new RateLimiterRedis({
    storeClient: connection,
    useRedisPackage: true,
    keyPrefix: `leeward:${name}`,
    points,
    duration,
    insuranceLimiter: own,
  });
}
