import { spawnSync } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { expect, test } from "vitest";

const program = `
  import { EventEmitter } from "node:events";
  import { createRequire } from "node:module";
  import { surviveMishaps } from "./lib/platform/mishaps.ts";
  const require = createRequire(process.cwd() + "/lib/");
  const next = require("next/dist/server/node-environment-extensions/process-error-handlers");
  next.installProcessErrorHandlers(false);
  surviveMishaps();
  next.installProcessErrorHandlers(false);
  setTimeout(() => new EventEmitter().emit("error", new TypeError("about my divorce")), 1);
  setTimeout(() => void Promise.reject(new RangeError("about my divorce")), 2);
  setTimeout(() => console.error("still here"), 50);`;

/** Runs it with its standard output there. */
function run(stdout: "pipe" | number) {
  return spawnSync(
    process.execPath,
    ["--disable-warning=ExperimentalWarning", "--input-type=module", "--eval", program],
    {
      encoding: "utf8",
      env: { PATH: process.env.PATH, NODE_ENV: "production" },
      stdio: ["ignore", stdout, "pipe"],
      timeout: 60_000,
    },
  );
}

test("what nobody caught ends no process, and its text is in no log", () => {
  const { status, stdout, stderr } = run("pipe");
  expect({ status, stderr }).toEqual({ status: 0, stderr: "still here\n" });
  const logged = stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(logged.map(({ cause: { name } }) => name)).toEqual(["TypeError", "RangeError"]);
  expect(stdout).not.toContain("divorce");
});

test("threat 78: a log on a full disk is lost, and nothing else", () => {
  const full = openSync("/dev/full", "w");
  const { status, stderr } = run(full);
  closeSync(full);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "still here\n" });
});
