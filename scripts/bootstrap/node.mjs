import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { withLock } from "./lock.mjs";
import { npm } from "./npm.mjs";
import { become, run } from "./processes.mjs";
import { step } from "./progress.mjs";
import { Trouble, troubleWith, troubleWithRegistry } from "./trouble.mjs";

/** The first Node that runs TypeScript as it is; the database driver does not run on Node 20 either. */
const OLDEST = [22, 18];
/** What is brought where Node is older, from the npm registry. */
const BROUGHT = "24.21.0";

/**
 * Goes on under a Node that can run the project: returns at once when this one can, otherwise brings one
 * into .node/ and starts the same command again under it, and does not return.
 */
export async function underSuitableNode(root) {
  if (isRecent(process.versions.node)) {
    process.env.PATH = dirname(process.execPath) + delimiter + (process.env.PATH ?? "");
    return;
  }
  // A test asks this one whether it can read the commands.
  process.env.CALLED_NODE = process.execPath;
  const binary = brought(root);
  if (!(await works(binary))) {
    await withLock(root, async () => {
      // Whoever had the lock before may have brought it.
      if (!(await works(binary))) await step(`Bringing Node ${BROUGHT}`, () => bring(root, binary));
    });
  }
  await become([binary, ...process.execArgv, ...process.argv.slice(1)]);
}

export function isRecent(version) {
  const [major, minor] = version.split(".").map(Number);
  return major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]);
}

function packageName() {
  const platform = process.platform === "win32" ? "win" : process.platform;
  return `node-${platform}-${process.arch}`;
}

function brought(root) {
  const binary = process.platform === "win32" ? "bin/node.exe" : "bin/node";
  return join(root, ".node/node_modules", packageName(), binary);
}

async function works(binary) {
  if (!existsSync(binary)) return false;
  const { code, output } = await run([binary, "--version"]).catch(() => ({ code: 1, output: "" }));
  return code === 0 && output.trim() === `v${BROUGHT}`;
}

async function bring(root, binary) {
  const what = `Node ${OLDEST.join(".")} or newer is needed (this is ${process.versions.node}), and it could not be brought`;
  const folder = join(root, ".node");
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "package.json"), '{ "private": true }\n');
  } catch (error) {
    throw troubleWith(what, String(error), root);
  }
  const { code, output } = await npm(process.execPath, [
    "install",
    "--prefix",
    folder,
    "--ignore-scripts",
    "--no-save",
    `${packageName()}@${BROUGHT}`,
  ]);
  if (code !== 0) throw troubleWithRegistry(what, output, folder);
  if (!(await works(binary))) {
    throw new Trouble(`${what} for this system (${packageName()}). Install Node 24 and run this again.`);
  }
}
