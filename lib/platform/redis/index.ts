import "server-only";
import { createRequire } from "node:module";
import { environment } from "@/lib/platform/environment";
import { log } from "@/lib/platform/log";

export type Redis = ReturnType<typeof connect>;

/** How long it is waited for a connection, or to be able to write a command. Milliseconds. */
const PATIENCE_MS = 2_000;
const LONGEST_RETRY_MS = 1_000;
/** How often it is asked whether Redis is there, and how long a connection may say nothing. Milliseconds. */
const PING_MS = 1_000;
const SILENCE_MS = 4_000;

// Loaded where it is used: half a megabyte of code that a server by itself has no use for.
const require = createRequire(import.meta.url);

// Bundles of routes and of the start-up hook may each hold a copy of this module: the connection must be one.
const shared = globalThis as { leewardRedis?: Redis | null };

/** The connection to what several servers share; null when REDIS_URL is not set and this one is alone. */
export function redis(): Redis | null {
  if (shared.leewardRedis !== undefined) return shared.leewardRedis;
  const { redisUrl } = environment();
  shared.leewardRedis = redisUrl ? connect(redisUrl) : null;
  return shared.leewardRedis;
}

/**
 * A connection that comes back by itself. While it is away every command fails at once instead of waiting: what asks has
 * a way without. One that has fallen silent, because Redis hangs or a router forgot it, is away after four seconds, and
 * the commands that it has not answered fail.
 */
export function connect(url: string) {
  const { createClient } = require("redis") as typeof import("redis");
  const client = createClient({
    url,
    disableOfflineQueue: true,
    pingInterval: PING_MS,
    commandOptions: { timeout: PATIENCE_MS },
    socket: {
      connectTimeout: PATIENCE_MS,
      socketTimeout: SILENCE_MS,
      reconnectStrategy: (tries) => Math.min(LONGEST_RETRY_MS, 50 * 2 ** Math.min(tries, 6)),
    },
  });
  let away = false;
  client.on("error", (error: unknown) => {
    if (!away) log.error({ cause: error }, "Redis is away");
    away = true;
  });
  client.on("ready", () => {
    if (away) log.info("Redis is back");
    away = false;
  });
  void client.connect().catch(() => {});
  return client;
}
