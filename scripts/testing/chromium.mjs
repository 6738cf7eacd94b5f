import { accessSync, constants, existsSync } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, join } from "node:path";
import { run } from "../bootstrap/processes.mjs";
import { step } from "../bootstrap/progress.mjs";
import { Trouble } from "../bootstrap/trouble.mjs";

const PLACES = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/**
 * The path of a Chromium that runs: one that is here, else Debian's through apt where this user may install,
 * else Playwright's own. Throws when there is no way.
 */
export async function chromium() {
  const named = process.env.CHROMIUM_PATH;
  if (named) {
    if (await runs(named)) return named;
    throw new Trouble(
      `CHROMIUM_PATH is ${named}, which does not run. Unset it, or name a Chromium that does.`,
    );
  }
  return (await present()) ?? (await fromApt()) ?? (await fromPlaywright()) ?? nowhere();
}

async function present() {
  for (const place of [...PLACES, playwrightsOwn()]) if (await runs(place)) return place;
  return null;
}

async function fromApt() {
  const rights = await rightsForApt();
  if (!rights) return null;
  const apt = [
    ...rights,
    "env",
    "DEBIAN_FRONTEND=noninteractive",
    "apt-get",
    "-q",
    "-o",
    "DPkg::Lock::Timeout=120",
  ];
  await step("Installing Chromium through apt", async (note) => {
    await run([...apt, "update"], { onLine: note });
    await run([...apt, "install", "-y", "--no-install-recommends", "chromium"], { onLine: note });
  });
  return present();
}

/** What to put before apt-get: nothing for root, sudo where it asks nothing; null where there is no way. */
async function rightsForApt() {
  if (!inPath("apt-get")) return null;
  if (process.getuid?.() === 0) return [];
  if (!inPath("sudo")) return null;
  const { code } = await run(["sudo", "-n", "true"]);
  return code === 0 ? ["sudo", "-n"] : null;
}

async function fromPlaywright() {
  await step("Installing Playwright's Chromium", (note) =>
    run([process.execPath, "node_modules/playwright/cli.js", "install", "chromium"], { onLine: note }),
  );
  return present();
}

function playwrightsOwn() {
  const require = createRequire(import.meta.url);
  return require("@playwright/test").chromium.executablePath();
}

async function runs(path) {
  if (!existsSync(path)) return false;
  const { code } = await run([path, "--version"]).catch(() => ({ code: 1 }));
  return code === 0;
}

function inPath(program) {
  return (process.env.PATH ?? "").split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

function nowhere() {
  throw new Trouble(
    "No Chromium was found, and none could be installed. Install one (Debian: apt install chromium), or name one in CHROMIUM_PATH, and run this again.",
  );
}
