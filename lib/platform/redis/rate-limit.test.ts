import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { type AddressInfo, createConnection, createServer, type Socket } from "node:net";
import { afterAll, describe, expect, onTestFinished, test, vi } from "vitest";
import { connect, type Redis } from "./index";
import { rateLimit } from "./rate-limit";

const connections: Redis[] = [];
const connected = (url: string) => {
  const connection = connect(url);
  connections.push(connection);
  return connection;
};
afterAll(() => {
  for (const connection of connections) connection.destroy();
});

const url = process.env.TEST_REDIS_URL;
describe.skipIf(!url)("with Redis", () => {
  test("servers count together, and forget together", async () => {
    const [one, two] = [connected(url ?? ""), connected(url ?? "")];
    await vi.waitFor(() => expect([one.isReady, two.isReady]).toEqual([true, true]));
    const name = `test-${randomUUID()}`;
    const [here, there] = [rateLimit(name, 2, 60, one), rateLimit(name, 2, 60, two)];
    await here.consume("ada");
    await there.consume("ada");
    await expect(here.consume("ada")).rejects.toMatchObject({ remainingPoints: 0 });
    await expect(here.consume("eve")).resolves.toBeDefined();
    await there.delete("ada");
    await expect(here.consume("ada")).resolves.toBeDefined();
  });

  test("threat 78: with a Redis that hangs a limit holds all the same, and with one that is quiet nothing is lost", async () => {
    const line = await lineTo(url ?? "");
    const connection = connected(line.url);
    const cuts = vi.fn();
    connection.on("error", cuts);
    await vi.waitFor(() => expect(connection.isReady).toBe(true));
    const limit = rateLimit(`test-${randomUUID()}`, 2, 60, connection);
    await limit.consume("ada");
    // With nothing to do for longer than a silence may last: it is asked each second whether it is there.
    const pings = line.said();
    await vi.waitFor(() => expect(line.said()).toBeGreaterThan(pings + 5), { timeout: 60_000 });
    expect(cuts).not.toHaveBeenCalled();
    line.hang();
    await limit.consume("ada");
    await limit.consume("ada");
    await expect(limit.consume("ada")).rejects.toMatchObject({ remainingPoints: 0 });
    line.goOn();
    await vi.waitFor(() => expect(connection.isReady).toBe(true), { timeout: 20_000 });
  });
});

/** A line to a server that can hang: open for both ends, and nothing comes through. */
async function lineTo(address: string) {
  const { hostname, port } = new URL(address);
  let hanging = false;
  let said = 0;
  const ends = new Set<Socket>();
  const server = createServer((near) => {
    const far = createConnection({ host: hostname, port: Number(port) || 6379 });
    near.on("data", () => said++);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      ends.add(from);
      from.on("data", (bytes) => hanging || to.write(bytes));
      from.on("error", () => {});
      from.on("close", () => to.destroy());
    }
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    for (const end of ends) end.destroy();
    server.close();
  });
  return {
    url: `redis://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** How often something came from the near end. */
    said: () => said,
    hang: () => {
      hanging = true;
    },
    goOn: () => {
      hanging = false;
    },
  };
}

test("threat 78: with Redis away a limit holds all the same", async () => {
  const limit = rateLimit("test", 2, 60, connected("redis://127.0.0.1:9"));
  await limit.consume("ada");
  await limit.consume("ada");
  await expect(limit.consume("ada")).rejects.toMatchObject({ remainingPoints: 0 });
});
