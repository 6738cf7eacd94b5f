import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { onStop } from "./processes.mjs";
import { step } from "./progress.mjs";
import { troubleWith } from "./trouble.mjs";

const STALE_MS = 20 * 60_000;

/**
 * Does the work while no other command of this checkout does: two that install or build at once would take
 * each other's files away.
 */
export async function withLock(root, work) {
  const file = join(root, ".node/preparing");
  if (!take(root, file)) await step("Waiting for another start of this checkout", () => waitFor(root, file));
  const release = () => rmSync(file, { force: true });
  const forget = onStop(release);
  try {
    return await work();
  } finally {
    forget();
    release();
  }
}

async function waitFor(root, file) {
  while (!take(root, file)) await setTimeout(300);
}

function take(root, file) {
  try {
    mkdirSync(join(root, ".node"), { recursive: true });
    writeFileSync(file, String(process.pid), { flag: "wx" });
    return true;
  } catch (error) {
    if (error.code !== "EEXIST") throw troubleWith("The project cannot be prepared", String(error), root);
    if (isStale(file)) rmSync(file, { force: true });
    return false;
  }
}

function isStale(file) {
  try {
    const age = Date.now() - statSync(file).mtimeMs;
    const pid = Number(readFileSync(file, "utf8"));
    // Just made and not yet written.
    if (!pid) return age > 1000;
    return age > STALE_MS || pid === process.pid || !isAlive(pid);
  } catch {
    return false; // Gone meanwhile: the next attempt takes it.
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}
