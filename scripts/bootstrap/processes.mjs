import { spawn } from "node:child_process";
import { constants } from "node:os";
import { stripVTControlCharacters } from "node:util";

const GRACE_MS = 5000;
const windows = process.platform === "win32";
const running = new Set();
const cleanups = new Set();
let stopping = false;

/**
 * Runs a program to its end. Its output is collected, or goes where ours goes with `inherit`. The program
 * leads a process group, so that stopping us stops all that it started.
 * @param {string[]} command
 * @param {{ env?: NodeJS.ProcessEnv, cwd?: string, inherit?: boolean, onLine?: (line: string) => void }} [options]
 * @returns {Promise<{ code: number, output: string }>}
 */
export function run([file, ...parameters], { env = process.env, cwd, inherit = false, onLine } = {}) {
  stopCleanly();
  return new Promise((resolve, reject) => {
    const stdio = inherit ? ["ignore", "inherit", "inherit"] : ["ignore", "pipe", "pipe"];
    const child = spawn(file, parameters, { env, cwd, stdio, detached: !windows });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding("utf8").on("data", (coloured) => {
        const text = stripVTControlCharacters(coloured);
        output += text;
        const line = text.trim().split("\n").at(-1)?.trim();
        if (line) onLine?.(line);
      });
    }
    running.add(child);
    child.on("error", (error) => {
      running.delete(child);
      reject(error);
    });
    child.on("close", (code) => {
      running.delete(child);
      // While we stop, whoever waits for this program has nothing more to do or to say.
      if (!stopping) resolve({ code: code ?? 1, output });
    });
  });
}

/** Called when we are told to stop, before the process ends. Returns what takes it back. */
export function onStop(cleanup) {
  stopCleanly();
  cleanups.add(cleanup);
  return () => cleanups.delete(cleanup);
}

let installed = false;
function stopCleanly() {
  if (installed) return;
  installed = true;
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => stop(signal));
}

async function stop(signal) {
  if (stopping) return;
  stopping = true;
  await Promise.all([...running].map(end));
  for (const cleanup of cleanups) cleanup();
  console.log("\nStopped.");
  process.exit(128 + constants.signals[signal]);
}

function end(child) {
  return new Promise((resolve) => {
    const kill = (signal) => {
      try {
        if (windows) child.kill(signal);
        else process.kill(-child.pid, signal);
      } catch {
        resolve(); // It had ended already.
      }
    };
    const timers = [
      setTimeout(() => kill("SIGTERM"), GRACE_MS / 2),
      setTimeout(() => kill("SIGKILL"), GRACE_MS),
    ];
    child.on("close", () => {
      timers.forEach(clearTimeout);
      resolve();
    });
    // Test runners take their own children down at SIGINT only.
    kill("SIGINT");
  });
}

/**
 * Becomes another program for good: truly where the system and this Node can, otherwise as its parent,
 * which passes signals down and ends as it ends. Never returns.
 * @param {string[]} command
 * @param {NodeJS.ProcessEnv} env
 */
export function become([file, ...parameters], env = process.env) {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.removeAllListeners(signal);
  if (process.execve && !windows) {
    process.removeAllListeners("warning"); // "execve is experimental" is nothing to the reader.
    process.execve(file, [file, ...parameters], env);
  }
  const child = spawn(file, parameters, { env: { ...env, LEEWARD_PARENT: "1" }, stdio: "inherit" });
  // A terminal gives Ctrl-C to both of us; anything else only to the one it was sent to.
  process.on("SIGINT", () => process.stdin.isTTY || child.kill("SIGINT"));
  for (const signal of ["SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  child.on("exit", (code, signal) => {
    if (!signal) process.exit(code ?? 1);
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
  return new Promise(() => {});
}
