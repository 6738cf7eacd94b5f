import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import { createClient } from "redis";
import { onStop } from "../bootstrap/processes.mjs";
import { Trouble } from "../bootstrap/trouble.mjs";

/** A Redis of this run's own, so that it may be killed. Needs the program redis-server. */
export class ChaosRedis {
  readonly url: string;
  readonly #port: number;
  readonly #directory: string;
  #child: ChildProcess | null = null;

  private constructor(port: number, directory: string) {
    this.#port = port;
    this.#directory = directory;
    this.url = `redis://127.0.0.1:${port}`;
    onStop(() => this.#child?.kill("SIGKILL"));
  }

  static async open(port: number, directory: string): Promise<ChaosRedis> {
    const redis = new ChaosRedis(port, directory);
    await redis.start();
    return redis;
  }

  async start(): Promise<void> {
    const settings = [
      "--port",
      String(this.#port),
      "--bind",
      "127.0.0.1",
      "--save",
      "",
      "--dir",
      this.#directory,
    ];
    const child = spawn("redis-server", settings, { stdio: "ignore" });
    const missing = once(child, "error").then(() => {
      throw new Trouble(
        "Chaos with PostgreSQL needs the program redis-server. Install Redis, then run this again.",
      );
    });
    this.#child = child;
    await Promise.race([this.#answering(), missing]);
  }

  /** What it held is gone with it. */
  async kill(): Promise<void> {
    const child = this.#child;
    this.#child = null;
    if (!child) return;
    const ended = once(child, "exit");
    child.kill("SIGKILL");
    await ended;
  }

  async freeze(ms: number): Promise<void> {
    const child = this.#child;
    child?.kill("SIGSTOP");
    await pause(ms);
    child?.kill("SIGCONT");
  }

  close(): Promise<void> {
    return this.kill();
  }

  async #answering(): Promise<void> {
    const client = createClient({ url: this.url, socket: { reconnectStrategy: 50 } });
    client.on("error", () => {});
    await client.connect();
    await client.ping();
    client.destroy();
  }
}
