import { randomUUID } from "node:crypto";
import { afterAll, describe, expect, test, vi } from "vitest";
import { connect, type Redis } from "@/lib/platform/redis";
import { memoryStreamBus } from "./memory";
import { redisStreamBus } from "./redis";
import { streamBusContract } from "./stream-bus.contract";

streamBusContract("in memory", () => {
  const bus = memoryStreamBus();
  return { runner: bus, other: bus };
});

const url = process.env.TEST_REDIS_URL;
describe.skipIf(!url)("with Redis", () => {
  const connections: Redis[] = [];
  const connected = () => {
    const connection = connect(url ?? "");
    connections.push(connection);
    return connection;
  };
  const bus = (prefix: string) => redisStreamBus(connected(), connected(), { prefix });
  /** Two servers that hear each other. */
  const pair = () => {
    const prefix = `test-${randomUUID()}`;
    return { runner: bus(prefix), other: bus(prefix) };
  };
  afterAll(() => {
    for (const connection of connections) connection.destroy();
  });

  if (url) {
    const shared = pair();
    streamBusContract("of one server with Redis", () => ({ runner: shared.runner, other: shared.runner }));
    streamBusContract("of two servers with Redis", () => shared);
  }

  /** As soon as both are connected. */
  const reached = (other: ReturnType<typeof bus>, stream: string) =>
    vi.waitFor(async () => expect(await other.reach(stream)).toBe(true), { timeout: 20_000 });

  test("threat 59: a follower whose connection broke gets what it missed, without a gap", async () => {
    const prefix = `test-${randomUUID()}`;
    const runner = bus(prefix);
    const listening = connected();
    const other = redisStreamBus(connected(), listening, { prefix });
    const stream = randomUUID();
    runner.open(stream);
    await reached(other, stream);
    const got: number[] = [];
    other.follow(stream, 0, (sequence) => got.push(sequence));
    runner.append(stream, 1, "one");
    await vi.waitFor(() => expect(got).toEqual([1]));
    await listening.unsubscribe();
    for (let i = 2; i <= 20; i++) runner.append(stream, i, "missed");
    await listening.ping();
    expect(got).toEqual([1]);
    const again = redisStreamBus(connected(), connected(), { prefix });
    await reached(again, stream);
    const caughtUp: number[] = [];
    again.follow(stream, 1, (sequence) => caughtUp.push(sequence));
    runner.append(stream, 21, "after");
    await vi.waitFor(() => expect(caughtUp).toEqual(Array.from({ length: 20 }, (_, i) => i + 2)));
  });

  test("threat 78: a server that could not hear the others for a while says so, once it hears them again", async () => {
    const prefix = `test-${randomUUID()}`;
    const [admin, listening, runner] = [connected(), connected(), bus(prefix)];
    const soon = { timeout: 20_000 };
    const id = await vi.waitFor(() => listening.clientId(), soon);
    const other = redisStreamBus(connected(), listening, { prefix });
    const heard: string[] = [];
    other.listen("person", (event) => heard.push(event));
    const missed = vi.fn();
    other.onMissed(missed);
    await vi.waitFor(() => {
      runner.publish("person", "before");
      expect(heard).toContain("before");
    }, soon);
    expect(missed).not.toHaveBeenCalled();
    await admin.sendCommand(["CLIENT", "KILL", "ID", String(id)]);
    await vi.waitFor(() => {
      runner.publish("person", "after");
      expect(heard).toContain("after");
    }, soon);
    await vi.waitFor(() => expect(missed).toHaveBeenCalledOnce(), soon);
  });

  test("threat 78: with Redis away a server serves its own streams all the same", async () => {
    const away = connect("redis://127.0.0.1:9");
    connections.push(away);
    const alone = redisStreamBus(away, away);
    alone.open("own");
    alone.append("own", 1, "one");
    const got: string[] = [];
    expect(await alone.reach("own")).toBe(true);
    alone.follow("own", 0, (_, event) => got.push(event));
    alone.append("own", 2, "two");
    expect(got).toEqual(["one", "two"]);
    expect(await alone.reach("another's")).toBe(false);
    const heard: string[] = [];
    alone.listen("person", (event) => heard.push(event));
    alone.publish("person", "news");
    expect(heard).toEqual(["news"]);
    alone.close("own");
  });
});
