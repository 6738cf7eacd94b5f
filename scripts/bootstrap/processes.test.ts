import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { run } from "./processes.mjs";

// Processes start and end here, on machines that may be busy.
vi.setConfig({ testTimeout: 30_000 });

const here = new URL(".", import.meta.url).href;

test("a program's output is collected without colours, its last line told, and its code given", async () => {
  const lines: string[] = [];
  const { code, output } = await run(
    [process.execPath, "-e", "console.log('\\x1b[31mone\\x1b[0m'); process.exit(3)"],
    { onLine: (line) => lines.push(line) },
  );
  expect({ code, output, lines }).toEqual({ code: 3, output: "one\n", lines: ["one"] });
});

test("told to stop, it stops what it started and what that started", async () => {
  const pids = join(mkdtempSync(join(tmpdir(), "leeward-stop-")), "pids");
  // A shell with a child of its own, both of which would go on for a minute.
  const grandchildren = `echo $$ >> ${pids}; sleep 60 & echo $! >> ${pids}; wait`;
  const child = script(`
    const { run } = await import("${here}processes.mjs");
    await run(["sh", "-c", ${JSON.stringify(grandchildren)}]);
    console.log("went on");`);
  await vi.waitFor(() => expect(started(pids)).toHaveLength(2), 10_000);
  child.process.kill("SIGTERM");
  expect(await child.ended).toEqual([143, null]);
  expect(child.output()).toBe("\nStopped.\n");
  await vi.waitFor(() => expect(started(pids).filter(isAlive)).toEqual([]), 10_000);
});

test("two commands of one checkout prepare one after the other, also after one was killed", async () => {
  const root = mkdtempSync(join(tmpdir(), "leeward-lock-"));
  const holding = (then: string) => `
    const { withLock } = await import("${here}lock.mjs");
    await withLock(${JSON.stringify(root)}, async () => { console.log("in"); ${then} });`;
  const killed = script(holding("await new Promise(() => setInterval(() => {}, 1000));"));
  await vi.waitFor(() => expect(killed.output()).toBe("in\n"), 10_000);
  const second = script(holding(""));
  await vi.waitFor(() => expect(second.output()).toContain("Waiting for another start"), 10_000);
  expect(second.output()).not.toContain("in\n");
  killed.process.kill("SIGKILL");
  expect(await second.ended).toEqual([0, null]);
  expect(second.output()).toContain("in\n");
});

function script(program: string) {
  const child = spawn(process.execPath, ["--input-type=module", "-e", program], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let output = "";
  child.stdout.on("data", (chunk) => {
    output += chunk;
  });
  return { process: child, ended: once(child, "close"), output: () => output };
}

function started(file: string): number[] {
  return readFileSync(file, "utf8").trim().split("\n").map(Number);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
