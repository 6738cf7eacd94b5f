import "server-only";
import { environment } from "@/lib/platform/environment";
import { redis } from "@/lib/platform/redis";
import { FairLimiter } from "./limiter";
import type { Rules } from "./schedule";
import { redisStore } from "./store";

export { LineFull } from "./limiter";

/** What the hub allows a contract; the emulator of demo mode has no contract. */
const CONTRACT = { perSecond: 5, burst: 10, perMinute: 300 };
const DEMO = { perSecond: 1_000, burst: 1_000, perMinute: 60_000 };

/** The limits of the contract, which all calls to the provider share, whoever makes them. */
export function limiterRules(env: NodeJS.ProcessEnv = process.env): Rules {
  const usual = environment(env).provider.demo ? DEMO : CONTRACT;
  return {
    perSecond: Number(env.LEEWARD_CALLS_PER_SECOND) || usual.perSecond,
    burst: Number(env.LEEWARD_CALLS_AT_ONCE) || usual.burst,
    perMinute: Number(env.LEEWARD_CALLS_PER_MINUTE) || usual.perMinute,
    waitingPerPerson: Number(env.LEEWARD_MOST_WAITING) || 60,
  };
}

// Bundles of routes and of the start-up hook may each hold a copy of this module: the limit must be one.
const shared = globalThis as { leewardLimiter?: FairLimiter };

export function limiter(): FairLimiter {
  shared.leewardLimiter ??= made();
  return shared.leewardLimiter;
}

function made(): FairLimiter {
  const [rules, connection] = [limiterRules(), redis()];
  return connection ? new FairLimiter(rules, redisStore(connection, rules)) : new FairLimiter(rules);
}
