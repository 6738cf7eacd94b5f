import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import { root } from "../bootstrap/index.mjs";
import { onStop } from "../bootstrap/processes.mjs";
import { SERVER_ARGUMENTS, SERVER_MEMORY } from "../bootstrap/server-process.mjs";

/** A server that is killed, paused and started again, always on the same port with the same settings. */
export class ChaosServer {
  readonly url: string;
  readonly #port: number;
  readonly #env: Record<string, string>;
  #child: ChildProcess | null = null;
  #starting: Promise<void> | null = null;
  /** What it said last, for when it does not start. */
  #said = "";
  /** What was said each time it ended though nobody ended it. */
  readonly crashes: string[] = [];

  constructor(port: number, env: Record<string, string>) {
    this.#port = port;
    this.#env = env;
    this.url = `http://127.0.0.1:${port}`;
    onStop(() => this.#child?.kill("SIGKILL"));
  }

  /** Resolves when it answers requests. */
  start(): Promise<void> {
    this.#starting ??= this.#launch().finally(() => {
      this.#starting = null;
    });
    return this.#starting;
  }

  /** As kill -9, a pulled plug or an update do; resolves when it has ended. */
  async end(signal: "SIGKILL" | "SIGTERM"): Promise<void> {
    await this.#starting;
    const child = this.#child;
    this.#child = null;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, "exit");
    child.kill(signal);
    await ended;
  }

  /** It does nothing for so many milliseconds, as a machine that is out of breath. */
  async freeze(ms: number): Promise<void> {
    const child = this.#child;
    child?.kill("SIGSTOP");
    await pause(ms);
    child?.kill("SIGCONT");
  }

  async #launch(): Promise<void> {
    const env = { ...SERVER_MEMORY, ...this.#env, PORT: String(this.#port), HOST: "127.0.0.1" };
    const child = spawn(process.execPath, SERVER_ARGUMENTS, {
      cwd: root,
      env: { PATH: process.env.PATH, HOME: process.env.HOME, NODE_ENV: "production", ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.#child = child;
    this.#said = "";
    child.once("exit", (code) => {
      if (this.#child === child) this.crashes.push(`code ${code}: ${this.#said}`);
    });
    for (const stream of [child.stdout, child.stderr])
      stream?.on("data", (chunk) => this.#hear(String(chunk)));
    while (!(await this.#answers())) {
      if (child.exitCode !== null) throw new Error(`a server does not start: ${this.#said}`);
      await pause(100);
    }
  }

  #hear(text: string): void {
    this.#said = (this.#said + text).slice(-4_000);
  }

  async #answers(): Promise<boolean> {
    const signal = AbortSignal.timeout(5_000);
    const response = await fetch(`${this.url}/api/auth/csrf`, { signal }).catch(() => null);
    return response?.ok === true;
  }
}
