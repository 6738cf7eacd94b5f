import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { migrate } from "../../lib/platform/database/migrate";
import { SERVER_ARGUMENTS, SERVER_MEMORY } from "../../scripts/bootstrap/server-process.mjs";

const ROOT = join(import.meta.dirname, "../..");
const READY_MS = 30_000;

export interface Server {
  url: string;
  data: string;
  /** Of the process that runs now. */
  pid(): number;
  /** All that it has written to standard output and error. */
  said(): string;
  /** As kill -9 does. */
  kill(): Promise<void>;
  /** As Ctrl-C does. */
  stop(): Promise<void>;
  /** As a deploy does: answers being written may come to their end. */
  drain(): Promise<void>;
  /** On the same port, with the same data; `more` settings for this time. */
  start(more?: Record<string, string>): Promise<void>;
  /** Ends it and removes its data. */
  remove(): Promise<void>;
}

/** A production server of its own on a free port, with a new database. `env` is added to its environment. */
export async function startServer(env: Record<string, string>): Promise<Server> {
  const data = mkdtempSync(join(tmpdir(), "leeward-e2e-"));
  const port = await freePort();
  await migrate({ dataDirectory: data, databaseUrl: env.DATABASE_URL ?? null });
  let child: ChildProcess | null = null;
  let said = "";
  const end = async (signal: NodeJS.Signals) => {
    const ending = child;
    child = null;
    if (!ending || ending.exitCode !== null) return;
    const ended = new Promise((done) => ending.once("exit", done));
    ending.kill(signal);
    await ended;
  };
  const server: Server = {
    url: `http://localhost:${port}`,
    data,
    pid: () => child?.pid ?? Number.NaN,
    said: () => said,
    kill: () => end("SIGKILL"),
    stop: () => end("SIGINT"),
    drain: () => end("SIGTERM"),
    start: async (more = {}) => {
      child = await launch(port, data, { ...env, ...more }, (chunk) => {
        said += chunk;
      });
    },
    remove: async () => {
      await end("SIGKILL");
      rmSync(data, { recursive: true, force: true });
    },
  };
  await server.start();
  return server;
}

async function launch(
  port: number,
  data: string,
  env: Record<string, string>,
  hear: (chunk: Buffer) => void,
): Promise<ChildProcess> {
  const child = spawn(process.execPath, SERVER_ARGUMENTS, {
    cwd: ROOT,
    env: {
      ...SERVER_MEMORY,
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      LEEWARD_DIST: process.env.LEEWARD_DIST,
      NODE_ENV: "production",
      NEXT_TELEMETRY_DISABLED: "1",
      NEXTAUTH_SECRET: "only for tests, and long enough for that",
      PORT: String(port),
      LEEWARD_DATA: data,
      LEEWARD_LOG: process.env.LEEWARD_LOG ?? "error",
      ...env,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  child.stdout?.on("data", hear);
  child.stderr?.on("data", hear).pipe(process.stderr, { end: false });
  await ready(child);
  return child;
}

/** Resolves when it says that it serves. */
function ready(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error("the server did not start in time")), READY_MS);
    let said = "";
    child.stdout?.on("data", (chunk: Buffer) => {
      said += chunk;
      if (!said.includes("Leeward is ready")) return;
      clearTimeout(late);
      resolve();
    });
    child.once("exit", (code) => {
      clearTimeout(late);
      reject(new Error(`the server ended with code ${code}: ${said}`));
    });
  });
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}
