import { randomUUID } from "node:crypto";
import { afterAll, describe, expect, test, vi } from "vitest";
import { connect } from "@/lib/platform/redis";
import { limiterRules } from "./index";
import { FairLimiter } from "./limiter";
import { limiterContract } from "./limiter.contract";
import { memoryStore, redisStore } from "./store";

limiterContract("in memory", memoryStore);

const url = process.env.TEST_REDIS_URL;
describe.skipIf(!url)("with Redis", () => {
  const redis = url ? connect(url) : null;
  afterAll(() => redis?.destroy());
  if (redis) limiterContract("in Redis", (rules) => redisStore(redis, rules, `test:${randomUUID()}`));
});

test("threat 78: with its shared store away the limiter goes on alone, with a fifth", async () => {
  const away = { change: () => Promise.reject(new Error("away")) };
  const limiter = new FairLimiter({ perSecond: 0.001, burst: 10, perMinute: 300, waitingPerPerson: 9 }, away);
  const leaving = new AbortController();
  const places: number[] = [];
  const turn = () =>
    limiter.turn({
      personId: "ada",
      kind: "chat",
      signal: leaving.signal,
      onPlace: ({ place }) => places.push(place),
    });
  await turn();
  const [second, third] = [turn(), turn()];
  await vi.waitFor(() => expect(places.sort()).toEqual([1, 2]));
  leaving.abort(new Error("over"));
  await expect(second).rejects.toThrow("over");
  await expect(third).rejects.toThrow("over");
});

test("the rules are the contract's unless it is set otherwise", () => {
  const contract = { IONOS_API_TOKEN: "token" } as unknown as NodeJS.ProcessEnv;
  expect(limiterRules(contract)).toMatchObject({ perSecond: 5, burst: 10, perMinute: 300 });
  const some = {
    LEEWARD_CALLS_PER_SECOND: "2.5",
    LEEWARD_CALLS_AT_ONCE: "3",
    LEEWARD_CALLS_PER_MINUTE: "60",
  };
  expect(limiterRules(some as unknown as NodeJS.ProcessEnv)).toMatchObject({
    perSecond: 2.5,
    burst: 3,
    perMinute: 60,
  });
});
