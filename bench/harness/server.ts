import { type ChildProcess, fork, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { migrate } from "../../lib/platform/database/migrate.ts";
import { root } from "../../scripts/bootstrap/index.mjs";
import { onStop } from "../../scripts/bootstrap/processes.mjs";
import { SERVER_ARGUMENTS, SERVER_MEMORY } from "../../scripts/bootstrap/server-process.mjs";

/** A program that was started for the measuring. */
export interface Program {
  url: string;
  pid: number;
  end(): Promise<void>;
}

const READY_MS = 30_000;

/** The emulator in a process of its own, counting tokens quickly and taking its pace from the question. */
export async function startEmulator(): Promise<Program> {
  const child = fork(join(root, "lib/ionos/emulator/main.ts"), {
    execArgv: ["--disable-warning=ExperimentalWarning"],
    env: {
      PATH: process.env.PATH,
      NODE_ENV: "production",
      EMULATOR_FAULTS: "1",
      EMULATOR_TOKENS: "fast",
      EMULATOR_TOKENS_PER_SECOND: "1000",
    },
  });
  const end = ending(child);
  const [said] = (await inTime(once(child, "message"), child, "the emulator")) as [{ port: number }];
  return { url: `http://127.0.0.1:${said.port}`, pid: child.pid ?? 0, end };
}

/** The production server on a free port with a new database, and the model at `modelUrl`. */
export async function startServer(modelUrl: string): Promise<Program> {
  const data = mkdtempSync(join(tmpdir(), "leeward-bench-"));
  await migrate({ dataDirectory: data, databaseUrl: null });
  const port = await freePort();
  const child = spawn(process.execPath, SERVER_ARGUMENTS, {
    cwd: root,
    env: environment(data, port, modelUrl),
    stdio: ["ignore", "pipe", "inherit"],
  });
  const end = ending(child, () => rmSync(data, { recursive: true, force: true }));
  await inTime(readiness(child), child, "the server");
  return { url: `http://localhost:${port}`, pid: child.pid ?? 0, end };
}

const environment = (data: string, port: number, modelUrl: string): NodeJS.ProcessEnv => ({
  ...SERVER_MEMORY,
  PATH: process.env.PATH,
  HOME: process.env.HOME,
  LEEWARD_DIST: process.env.LEEWARD_DIST,
  NODE_ENV: "production",
  NEXT_TELEMETRY_DISABLED: "1",
  NEXTAUTH_SECRET: "only for measuring, and long enough for that",
  PORT: String(port),
  LEEWARD_DATA: data,
  LEEWARD_LOG: process.env.LEEWARD_LOG ?? "error",
  // The limits are for people; these are none.
  LEEWARD_REGISTRATIONS_AN_HOUR: "10000",
  LEEWARD_MOST_RUNNING: "1000",
  LEEWARD_LONGEST_ANSWER: "10000",
  LEEWARD_CALLS_PER_SECOND: "1000",
  LEEWARD_CALLS_AT_ONCE: "1000",
  LEEWARD_CALLS_PER_MINUTE: "60000",
  IONOS_BASE_URL: `${modelUrl}/v1`,
  IONOS_API_TOKEN: "a-token-for-measuring",
});

function readiness(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    let said = "";
    child.stdout?.on("data", (chunk: Buffer) => {
      said += chunk;
      if (said.includes("Leeward is ready")) resolve();
    });
  });
}

/** Waits for a sign of life; the program's end, or half a minute without it, is an error. */
function inTime<T>(sign: Promise<T>, child: ChildProcess, what: string): Promise<T> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`${what} did not start in time`)), READY_MS);
    child.once("exit", (code) => reject(new Error(`${what} ended with code ${code}`)));
    sign.then(resolve, reject).finally(() => clearTimeout(late));
  });
}

/** What ends a program and clears up after it, also when we are told to stop. */
function ending(child: ChildProcess, clear = () => {}): () => Promise<void> {
  const now = () => {
    child.kill("SIGKILL");
    clear();
  };
  const forget = onStop(now);
  return async () => {
    forget();
    const ended = child.exitCode === null && child.signalCode === null ? once(child, "exit") : undefined;
    child.kill("SIGKILL");
    await ended;
    clear();
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}
