import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Account, newAccount } from "../../e2e/support/person.ts";
import { startEmulator } from "../../lib/ionos/emulator/server.ts";
import { migrate } from "../../lib/platform/database/migrate.ts";
import { databaseOn, onServer } from "../../lib/platform/database/testing/template.ts";
import { ChaosRedis } from "./redis.ts";
import { ChaosServer } from "./server.ts";

const PEOPLE = 4;

/** Everything that takes part. With `postgresql` two servers on it and a Redis of their own, else one on SQLite. */
export class World {
  readonly servers: ChaosServer[];
  readonly people: Account[] = [];
  readonly redis: ChaosRedis | null;
  /** Where SQLite's file is. */
  readonly data: string;
  /** On the server that was named, made for this run. */
  readonly database: { server: string; name: string } | null;
  readonly modelPort: number;
  #model: Awaited<ReturnType<typeof startEmulator>> | null = null;

  private constructor(parts: Pick<World, "servers" | "redis" | "data" | "database" | "modelPort">) {
    this.servers = parts.servers;
    this.redis = parts.redis;
    this.data = parts.data;
    this.database = parts.database;
    this.modelPort = parts.modelPort;
  }

  static async open(postgresql: string | null): Promise<World> {
    const data = mkdtempSync(join(tmpdir(), "leeward-chaos-"));
    const database = postgresql ? { server: postgresql, name: `leeward_chaos_${process.pid}` } : null;
    if (database) await onServer(database.server, `CREATE DATABASE ${database.name}`);
    const databaseUrl = database && databaseOn(database.server, database.name);
    await migrate({ dataDirectory: data, databaseUrl });
    const redis = database ? await ChaosRedis.open(await freePort(), data) : null;
    const modelPort = await freePort();
    const env = {
      NEXTAUTH_SECRET: "only for chaos, and long enough for that",
      LEEWARD_DATA: data,
      LEEWARD_DIST: process.env.LEEWARD_DIST ?? "",
      LEEWARD_LOG: process.env.LEEWARD_LOG ?? "error",
      LEEWARD_DRAIN_SECONDS: "2",
      LEEWARD_MOST_RUNNING: "1000",
      LEEWARD_CALLS_PER_SECOND: "200",
      LEEWARD_CALLS_AT_ONCE: "200",
      LEEWARD_CALLS_PER_MINUTE: "12000",
      IONOS_BASE_URL: `http://127.0.0.1:${modelPort}/v1`,
      IONOS_API_TOKEN: "a-token-for-chaos",
      ...(databaseUrl ? { DATABASE_URL: databaseUrl } : {}),
      ...(redis ? { REDIS_URL: redis.url } : {}),
    };
    const ports = await Promise.all(database ? [freePort(), freePort()] : [freePort()]);
    const servers = ports.map((port) => new ChaosServer(port, env));
    const world = new World({ servers, redis, data, database, modelPort });
    await world.startModel();
    for (const server of servers) await server.start();
    for (let i = 0; i < PEOPLE; i++) {
      world.people.push(await newAccount(servers[i % servers.length]?.url ?? "", `Person ${i}`));
    }
    return world;
  }

  async startModel(): Promise<void> {
    this.#model = await startEmulator({
      port: this.modelPort,
      faults: true,
      tokens: "fast",
      firstTokenMs: 10,
    });
  }

  /** The connections of all calls break. */
  async endModel(): Promise<void> {
    await this.#model?.close();
    this.#model = null;
  }

  async close(): Promise<void> {
    await Promise.all(this.servers.map((server) => server.end("SIGKILL")));
    await this.endModel();
    await this.redis?.close();
    if (this.database)
      await onServer(this.database.server, `DROP DATABASE ${this.database.name} WITH (FORCE)`);
    rmSync(this.data, { recursive: true, force: true });
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}
