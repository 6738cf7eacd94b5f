import { accessSync, constants, mkdirSync, realpathSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";
import { run } from "./processes.mjs";
import { Trouble } from "./trouble.mjs";

const QUICK_TO_GIVE_UP = ["--fetch-retry-mintimeout=1000", "--fetch-retry-maxtimeout=5000"];

/** Runs npm under the given Node; resolves with its exit code and output. */
export function npm(node, parameters) {
  const options = [...QUICK_TO_GIVE_UP, "--no-audit", "--no-fund", "--no-update-notifier", "--no-progress"];
  return run([node, npmProgram(), ...parameters, ...options], { env: environment() });
}

/** npm's own JavaScript: that of the npm that started us, or of the one in the PATH. */
function npmProgram() {
  const caller = process.env.npm_execpath;
  if (caller && /npm-cli\.c?js$/.test(caller)) return caller;
  for (const folder of (process.env.PATH ?? "").split(delimiter)) {
    for (const candidate of [join(folder, "npm"), join(folder, "node_modules/npm/bin/npm-cli.js")]) {
      const real = resolved(candidate);
      if (real?.endsWith(".js")) return real;
    }
  }
  throw new Trouble(
    "npm was not found. It comes with Node: install it (Debian: apt install npm), then run this again.",
  );
}

function resolved(path) {
  try {
    return realpathSync(path);
  } catch {
    return null;
  }
}

/** A user without a home of its own (a service account) keeps npm's cache in the project. */
function environment() {
  const cache = join(homedir(), ".npm");
  try {
    mkdirSync(cache, { recursive: true });
    accessSync(cache, constants.W_OK);
    return process.env;
  } catch {
    return { ...process.env, npm_config_cache: join(process.cwd(), ".node/npm-cache") };
  }
}
