import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "../bootstrap/build.mjs";
import { generateClients } from "../bootstrap/clients.mjs";
import { root } from "../bootstrap/index.mjs";
import { run } from "../bootstrap/processes.mjs";
import { chromium } from "./chromium.mjs";
import { ofCheck, ofPlaywright, ofVitest } from "./counts.mjs";

/** The gate, in order. Each step answers with what it counted. */
export const steps = [
  { name: "generate", title: "Database clients", run: () => generateClients(root).then(() => ofCheck(0)) },
  { name: "types", title: "Types", run: types },
  { name: "lint", title: "Lint and format", run: () => tool("@biomejs/biome/bin/biome", "check") },
  { name: "unused", title: "Unused code", run: () => tool("knip/bin/knip.js") },
  { name: "migrations", title: "Migrations give the schema", run: migrations },
  { name: "unit", title: "Unit and domain tests", run: unit },
  { name: "build", title: "Production build", run: () => build(root).then(() => ofCheck(0)) },
  { name: "chaos", title: "Chaos, three rounds of it", run: chaos },
  { name: "e2e", title: "Browser tests", run: endToEnd },
];

/** Suites that need a server from outside, and what to say when it is not named. */
export function leftOut(names) {
  const out = [];
  if (names.includes("unit") && !process.env.TEST_DATABASE_URL) {
    out.push(
      "PostgreSQL suites left out: set TEST_DATABASE_URL=postgresql://user@host:5432/postgres to run them.",
    );
  }
  if (names.includes("unit") && !process.env.TEST_REDIS_URL) {
    out.push("Redis suites left out: set TEST_REDIS_URL=redis://host:6379 to run them.");
  }
  if (names.includes("e2e") && !(process.env.TEST_REDIS_URL && process.env.TEST_DATABASE_URL)) {
    out.push(
      "Two servers behind a proxy (e2e/instances.spec.ts), the move (e2e/moving.spec.ts) and a restore into PostgreSQL (e2e/backup.spec.ts) left out: they need both of these.",
    );
  }
  return out;
}

/** Runs what an installed package brings, with the Node that we run under. */
async function node(...parameters) {
  const { code } = await run([process.execPath, ...parameters], { inherit: true });
  return code;
}

async function tool(program, ...parameters) {
  return ofCheck(await node(join("node_modules", program), ...parameters));
}

async function types() {
  // The types of routes and of next-env.d.ts come from Next; without them there are false errors.
  const typegen = await node("node_modules/next/dist/bin/next", "typegen");
  return typegen === 0 ? tool("typescript/bin/tsc", "--noEmit") : ofCheck(typegen);
}

async function migrations() {
  return ofCheck(
    await node("--disable-warning=ExperimentalWarning", "scripts/migrations/migration.ts", "--check"),
  );
}

function unit() {
  return withReport(async (report) => {
    process.env.LEEWARD_TEST_REPORT = report;
    const reporters = [
      "--reporter=default",
      `--reporter=${fileURLToPath(import.meta.resolve("./vitest-report.mjs"))}`,
    ];
    return ofVitest(report, await node("node_modules/vitest/vitest.mjs", "run", ...reporters));
  });
}

/** Always the same disturbances, a kill -9 among them; `npm run chaos` takes more, and other ones. */
async function chaos() {
  const program = ["--disable-warning=ExperimentalWarning", "scripts/chaos/main.ts"];
  return ofCheck(await node(...program, "--rounds", "3", "--seed", "9"));
}

async function endToEnd() {
  await build(root);
  process.env.CHROMIUM_PATH = await chromium();
  return withReport(async (report) => {
    process.env.PLAYWRIGHT_JSON_OUTPUT_FILE = report;
    return ofPlaywright(report, await node("node_modules/@playwright/test/cli.js", "test"));
  });
}

async function withReport(use) {
  const folder = mkdtempSync(join(tmpdir(), "leeward-report-"));
  try {
    return await use(join(folder, "report.json"));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
