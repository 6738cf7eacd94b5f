import type { Redis } from "@/lib/platform/redis";
import { begin, type Rules, type State } from "./schedule";

/** Where the limiter's state lies. `change` runs `work` on it alone, with the clock that all who share it share. */
export interface Store {
  change<T>(work: (state: State, now: number) => T): Promise<T>;
}

/** Of a single process. */
export function memoryStore(rules: Rules): Store {
  const state = begin(rules, Date.now());
  return { change: async (work) => work(state, Date.now()) };
}

const LOAD = `
local time = redis.call("TIME")
return {redis.call("HGET", KEYS[1], "version") or "0", redis.call("HGET", KEYS[1], "state") or "", time[1], time[2]}`;

/** Written only if nobody has written since it was read. */
const SAVE = `
if (redis.call("HGET", KEYS[1], "version") or "0") ~= ARGV[1] then return 0 end
redis.call("HSET", KEYS[1], "version", ARGV[2], "state", ARGV[3])
redis.call("PEXPIRE", KEYS[1], 600000)
return 1`;

/** Far more than servers that could meet in a millisecond. */
const MOST_TRIES = 50;

/**
 * Shared by all servers of one Redis. The schedule is the same function as in memory: it runs here, and its result
 * is taken by a script that compares versions, so that two servers never act on the same state.
 */
export function redisStore(redis: Redis, rules: Rules, key = "leeward:limiter"): Store {
  return {
    change: async (work) => {
      for (let tries = 0; tries < MOST_TRIES; tries++) {
        const loaded = await redis.eval(LOAD, { keys: [key] });
        const [version, json, seconds, micros] = (loaded as unknown[]).map(String);
        const now = Number(seconds) * 1000 + Math.floor(Number(micros) / 1000);
        const state: State = json ? JSON.parse(json) : begin(rules, now);
        const result = work(state, now);
        const next = String(Number(version) + 1);
        const saved = await redis.eval(SAVE, {
          keys: [key],
          arguments: [version ?? "0", next, JSON.stringify(state)],
        });
        if (Number(saved) === 1) return result;
        await new Promise((resolve) => setTimeout(resolve, Math.random() * 5));
      }
      throw new Error("the limiter's state changes faster than it can be read");
    },
  };
}
