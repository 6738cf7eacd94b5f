import type { RateLimitOptions } from "./options.ts";

const MINUTE = 60_000;

/**
 * The contract's limiter: a bucket of `burst` that refills `perSecond`, and at most `perMinute` in any 60 s.
 * `take()` returns 0 when the request may pass, else the whole seconds to wait (for `Retry-After`).
 */
export function createRateLimit(limit: RateLimitOptions, now: () => number = () => performance.now()) {
  let level = limit.burst;
  let at = now();
  const passed: number[] = [];

  return {
    take(): number {
      const time = now();
      level = Math.min(limit.burst, level + ((time - at) / 1000) * limit.perSecond);
      at = time;
      while (passed[0] !== undefined && passed[0] <= time - MINUTE) passed.shift();
      const wait = Math.max(waitForBucket(level, limit), waitForMinute(passed, limit, time));
      if (wait > 0) return Math.ceil(wait / 1000);
      level -= 1;
      passed.push(time);
      return 0;
    },
  };
}

export type RateLimit = ReturnType<typeof createRateLimit>;

function waitForBucket(level: number, { perSecond }: RateLimitOptions): number {
  return level >= 1 ? 0 : ((1 - level) / perSecond) * 1000;
}

function waitForMinute(passed: number[], { perMinute }: RateLimitOptions, time: number): number {
  const oldest = passed[0];
  return oldest === undefined || passed.length < perMinute ? 0 : oldest + MINUTE - time;
}
