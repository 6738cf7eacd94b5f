import { setTimeout as pause } from "node:timers/promises";
import Database from "better-sqlite3";
import { sqliteFile } from "../../lib/platform/database/sqlite-file.ts";
import { onServer } from "../../lib/platform/database/testing/template.ts";
import type { Random } from "./random.ts";
import type { ChaosServer } from "./server.ts";
import type { World } from "./world.ts";

export interface Disturbance {
  name: string;
  /** What it happens to; two things at once happen only to different parts. */
  part: "server" | "model" | "database" | "redis" | "nothing";
  run(world: World, random: Random, server: ChaosServer): Promise<void>;
}

const killed: Disturbance = {
  name: "kill -9",
  part: "server",
  run: async (_world, random, server) => {
    await server.end("SIGKILL");
    await pause(random.between(0, 500));
    await server.start();
  },
};

const deployed: Disturbance = {
  name: "SIGTERM and a new start",
  part: "server",
  run: async (_world, _random, server) => {
    await server.end("SIGTERM");
    await server.start();
  },
};

const frozen: Disturbance = {
  name: "a server without breath",
  part: "server",
  run: (_world, random, server) => server.freeze(random.between(100, 2_500)),
};

/** Longer than a heart may stop: others take it for dead, and it comes back. */
const longFrozen: Disturbance = {
  name: "a server taken for dead",
  part: "server",
  run: (_world, random, server) => server.freeze(random.between(11_000, 13_000)),
};

/** Calls of the model are broken by it, and may be tried again. */
export const MODEL_AWAY = "the model away";

const modelAway: Disturbance = {
  name: MODEL_AWAY,
  part: "model",
  run: async (world, random) => {
    await world.endModel();
    await pause(random.between(0, 1_500));
    await world.startModel();
  },
};

const sqliteAway: Disturbance = {
  name: "the database held",
  part: "database",
  run: async (world, random) => {
    const holding = new Database(sqliteFile(world.data), { timeout: 0 });
    try {
      await whenFree(() => holding.exec("BEGIN IMMEDIATE"));
      await pause(random.between(200, 2_500));
      holding.exec("ROLLBACK");
    } finally {
      holding.close();
    }
  },
};

/** SQLite would wait within the call, and a server that was frozen with the lock would never be woken from here. */
async function whenFree(work: () => void): Promise<void> {
  for (;;) {
    try {
      return work();
    } catch (error) {
      if ((error as { code?: string }).code !== "SQLITE_BUSY") throw error;
      await pause(20);
    }
  }
}

const postgresqlAway: Disturbance = {
  name: "the database away",
  part: "database",
  run: async ({ database }, random) => {
    if (!database) return;
    const { server, name } = database;
    await onServer(server, `ALTER DATABASE ${name} ALLOW_CONNECTIONS false`);
    await onServer(
      server,
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${name}' AND pid <> pg_backend_pid()`,
    );
    await pause(random.between(200, 2_500));
    await onServer(server, `ALTER DATABASE ${name} ALLOW_CONNECTIONS true`);
  },
};

const redisKilled: Disturbance = {
  name: "Redis killed",
  part: "redis",
  run: async ({ redis }, random) => {
    await redis?.kill();
    await pause(random.between(0, 1_500));
    await redis?.start();
  },
};

const redisFrozen: Disturbance = {
  name: "Redis without breath",
  part: "redis",
  // For a moment, or for longer than a connection may say nothing.
  run: async ({ redis }, random) =>
    redis?.freeze(random.pick([random.between(200, 3_000), random.between(5_000, 12_000)])),
};

const nothing: Disturbance = { name: "nothing", part: "nothing", run: async () => {} };

/** What may happen, the likelier the oftener it is named. */
const disturbancesOf = (world: World): Disturbance[] => [
  ...[killed, killed, deployed, frozen, frozen, modelAway, nothing],
  ...(world.database ? [postgresqlAway, redisKilled, redisFrozen] : [sqliteAway]),
  ...(world.servers.length > 1 ? [longFrozen] : []),
];

/** What happens at a time, one thing to each part. */
export class Disturbances {
  readonly #world: World;
  readonly #busy = new Set<string>();
  readonly #running = new Set<Promise<void>>();
  /** What has happened since the beginning. */
  readonly names = new Set<string>();

  constructor(world: World) {
    this.#world = world;
  }

  /** Begins one, if the part that it is for is not disturbed already. */
  begin(random: Random): void {
    const disturbance = random.pick(disturbancesOf(this.#world));
    const number = random.between(0, this.#world.servers.length - 1);
    const part = disturbance.part === "server" ? `server ${number}` : disturbance.part;
    const server = this.#world.servers[number];
    if (this.#busy.has(part) || !server) return;
    this.#busy.add(part);
    this.names.add(disturbance.name);
    const running = disturbance.run(this.#world, random.fork(), server).finally(() => {
      this.#busy.delete(part);
      this.#running.delete(running);
    });
    this.#running.add(running);
  }

  /** Resolves when all of it is over and everything stands again. */
  async over(): Promise<void> {
    await Promise.all(this.#running);
  }
}
