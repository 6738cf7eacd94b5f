// The server process: as plain JavaScript where the build has made that of it, else as it is written.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const plain = join(process.cwd(), process.env.LEEWARD_DIST || ".next", "plain");
const isBuilt = process.env.LEEWARD_DEV !== "1" && existsSync(join(plain, "scripts/serve.mjs"));
if (isBuilt) process.env.LEEWARD_PLAIN = plain;
await import(isBuilt ? pathToFileURL(join(plain, "scripts/serve.mjs")).href : "./serve.ts");
