import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { compress } from "./compress.mjs";
import { escapeBeyondLatin } from "./latin.mjs";
import { withLock } from "./lock.mjs";
import { writePlain } from "./plain.mjs";
import { run } from "./processes.mjs";
import { step } from "./progress.mjs";
import { troubleWith } from "./trouble.mjs";

const FOLDERS = ["app", "pages", "components", "lib", "public", "prisma"];
/** Programs of the server process that stand elsewhere, and what makes a build of them. */
const PROGRAM_FILES = [
  "scripts/serve.ts",
  "scripts/demo.ts",
  ...["build", "compress", "latin", "plain"].map((name) => `scripts/bootstrap/${name}.mjs`),
];
const ROOT_FILES = /^(package-lock\.json|tsconfig\.json|.*\.(ts|mjs|js))$/;
// What a build does not contain, so that work on it does not cost one.
const LEFT_OUT =
  /^(.*\.test\.tsx?|testing|generated|migrations|(vitest|playwright|knip|prisma)\.config\.ts|next-env\.d\.ts)$/;

/** Builds the application for production, unless .next/ (or LEEWARD_DIST) holds a build of these very sources. */
export async function build(root) {
  const sources = hashOfSources(root);
  if (isBuiltFrom(root, sources)) return;
  await withLock(root, async () => {
    // Whoever had the lock before may have built.
    if (!isBuiltFrom(root, sources)) await step("Building", (note) => buildFrom(root, sources, note));
  });
}

function isBuiltFrom(root, sources) {
  return readIfThere(stampOf(root)) === sources;
}

async function buildFrom(root, sources, note) {
  rmSync(stampOf(root), { force: true });
  const next = join(root, "node_modules/next/dist/bin/next");
  const env = { ...process.env, NODE_ENV: "production" };
  const { code, output } = await run([process.execPath, next, "build"], { cwd: root, env, onLine: note });
  if (code !== 0) throw troubleWith("The application could not be built", output, root);
  writePlain(root, join(distOf(root), "plain"));
  escapeBeyondLatin(join(distOf(root), "server"));
  await compress(join(distOf(root), "static"));
  writeFileSync(stampOf(root), sources);
}

/** The file that says of which sources the build is; written last. */
function stampOf(root) {
  return join(distOf(root), "leeward-sources");
}

const distOf = (root) => join(root, process.env.LEEWARD_DIST || ".next");

/** Of paths and contents, so that a copy or a checkout of the same sources counts as the same. */
export function hashOfSources(root) {
  const hash = createHash("sha256");
  for (const file of filesOf(root)) {
    hash
      .update(`${relative(root, file)}\0`)
      .update(readFileSync(file))
      .update("\0");
  }
  return hash.digest("hex");
}

function filesOf(root) {
  const top = readdirSync(root).filter((name) => ROOT_FILES.test(name) && !LEFT_OUT.test(name));
  return [
    ...top.map((name) => join(root, name)),
    ...PROGRAM_FILES.map((name) => join(root, name)).filter(existsSync),
    ...FOLDERS.map((name) => join(root, name))
      .filter(existsSync)
      .flatMap(within),
  ].sort();
}

function within(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (LEFT_OUT.test(entry.name)) return [];
    const path = join(folder, entry.name);
    return entry.isDirectory() ? within(path) : [path];
  });
}

function readIfThere(file) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return null;
  }
}
