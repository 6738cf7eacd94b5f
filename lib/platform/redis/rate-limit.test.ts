import { randomUUID } from "node:crypto";
import { afterAll, describe, expect, test, vi } from "vitest";
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
});

test("threat 78: with Redis away a limit holds all the same", async () => {
  const limit = rateLimit("test", 2, 60, connected("redis://127.0.0.1:9"));
  await limit.consume("ada");
  await limit.consume("ada");
  await expect(limit.consume("ada")).rejects.toMatchObject({ remainingPoints: 0 });
});
