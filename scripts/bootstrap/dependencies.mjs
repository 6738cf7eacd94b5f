import { readFileSync } from "node:fs";
import { join } from "node:path";
import { withLock } from "./lock.mjs";
import { npm } from "./npm.mjs";
import { step } from "./progress.mjs";
import { troubleWithRegistry } from "./trouble.mjs";

/** Installs what package-lock.json names, unless it is there. */
export async function installDependencies(root) {
  if (isInstalled(root)) return;
  await withLock(root, async () => {
    // Whoever had the lock before may have installed.
    if (!isInstalled(root)) await step("Installing packages", () => install(root));
  });
}

async function install(root) {
  // No package needs its install script, and Prisma's would download engines from elsewhere. The tools that
  // build are development dependencies, whatever NODE_ENV says.
  const { code, output } = await npm(process.execPath, ["ci", "--ignore-scripts", "--include=dev"]);
  if (code !== 0) throw troubleWithRegistry("The packages could not be installed", output, root);
}

/** npm notes in node_modules what it installed, at the end: an install that broke off has no such note. */
function isInstalled(root) {
  const wanted = packagesOf(join(root, "package-lock.json"));
  const present = packagesOf(join(root, "node_modules/.package-lock.json"));
  if (!wanted || !present) return false;
  return Object.entries(wanted).every(
    ([path, { version, optional }]) =>
      path === "" || present[path]?.version === version || (optional && !present[path]),
  );
}

function packagesOf(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8")).packages;
  } catch {
    return null;
  }
}
