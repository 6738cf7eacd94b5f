import { describe, expect, test } from "vitest";
import { HUB_RATE_LIMIT } from "./options.ts";
import { createRateLimit } from "./rate-limit.ts";
import { chatBody, startForTest } from "./testing.ts";

describe("with a token", () => {
  test.each([
    ["none", {}, 401],
    ["a wrong one", { authorization: "Bearer wrong" }, 401],
    ["one that was pasted with its Bearer", { authorization: "Bearer Bearer secret" }, 401],
    ["the right one", { authorization: "Bearer secret" }, 200],
  ] as const)("a request with %s", async (_, headers, status) => {
    const emulator = await startForTest({ token: "secret" });
    const response = await emulator.post({ body: chatBody("hello"), headers });
    expect(response.status).toBe(status);
    const text = await response.text();
    if (status === 401) {
      expect(text).toBe(
        '{"httpStatus":401,"messages":[{"errorCode":"paas-auth-1","message":"Unauthorized, wrong or no api key provided to process this request"}]}',
      );
    }
    await emulator.close();
  });
});

test("over its rate the gateway answers 429 with Retry-After", async () => {
  const emulator = await startForTest({ rateLimit: { perSecond: 0.5, burst: 2, perMinute: 300 } });
  const ask = () => emulator.post({ body: chatBody("hello") });
  expect((await ask()).status).toBe(200);
  expect((await ask()).status).toBe(200);
  const refused = await ask();
  expect(refused.status).toBe(429);
  expect(refused.headers.get("retry-after")).toBe("2");
  expect(await refused.json()).toMatchObject({ httpStatus: 429 });
  await emulator.close();
});

describe("the hub's limiter", () => {
  test("lets a burst of 10 through and then 5 a second", () => {
    let now = 0;
    const limit = createRateLimit(HUB_RATE_LIMIT, () => now);
    const passed = () => Array.from({ length: 20 }, () => limit.take()).filter((wait) => wait === 0).length;
    expect(passed()).toBe(10);
    now = 1000;
    expect(passed()).toBe(5);
    now = 60_000;
    expect(passed()).toBe(10);
  });

  test("counts what passed in the last minute, and says when there is room", () => {
    let now = 0;
    const limit = createRateLimit({ perSecond: 100, burst: 100, perMinute: 3 }, () => now);
    expect([limit.take(), limit.take(), limit.take()]).toEqual([0, 0, 0]);
    now = 20_500;
    expect(limit.take()).toBe(40);
    now = 60_000;
    expect(limit.take()).toBe(0);
  });
});
