import { randomBytes } from "node:crypto";
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join, resolve } from "node:path";
import { Trouble, troubleWith } from "./trouble.mjs";

/** Takes in .env (what is set already wins) and settles what everything after relies on. */
export function loadEnvironment(root) {
  const file = join(root, ".env");
  if (existsSync(file)) process.loadEnvFile(file);
  process.env.LEEWARD_DATA = resolve(root, process.env.LEEWARD_DATA || "data");
  process.env.PORT ||= "3000";
  process.env.NEXT_TELEMETRY_DISABLED = "1";
  process.env.CHECKPOINT_DISABLE = "1";
}

/**
 * Makes the data directory, closed to other users, and in it, once, the secret that signs sessions, unless
 * NEXTAUTH_SECRET is set.
 */
export function provideSecret() {
  const data = process.env.LEEWARD_DATA;
  const file = join(data, "secret");
  try {
    mkdirSync(data, { recursive: true, mode: 0o700 });
    if (process.env.NEXTAUTH_SECRET) return;
    if (!existsSync(file)) writeOnce(file, randomBytes(32).toString("base64url"));
    process.env.NEXTAUTH_SECRET = readFileSync(file, "utf8").trim();
  } catch (error) {
    throw troubleWith("The data directory cannot be used", String(error), `LEEWARD_DATA=${data}`);
  }
  if (process.env.NEXTAUTH_SECRET.length < 32) {
    throw new Trouble(`${file} is damaged. Delete it to have a new one made: everyone then signs in again.`);
  }
}

/** Whole or not at all, and of two processes that try at once only one's. */
function writeOnce(file, text) {
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, text, { mode: 0o600 });
  try {
    linkSync(draft, file);
  } catch (error) {
    if (error.code !== "EEXIST") throw error;
  } finally {
    rmSync(draft);
  }
}

/** Says early that the port cannot be had, rather than after a minute of preparing. */
export async function checkPort() {
  const port = Number(process.env.PORT);
  if (!Number.isInteger(port) || port < 0 || port > 65535) {
    throw new Trouble(`PORT is "${process.env.PORT}", which is not a port. Choose one: PORT=3001 npm start`);
  }
  const error = await listenError(port);
  if (error?.code === "EADDRINUSE") {
    throw new Trouble(
      `Port ${port} is in use. Stop what listens there, or choose another: PORT=${port + 1} npm start`,
    );
  }
  if (error?.code === "EACCES") {
    throw new Trouble(`This user may not listen on port ${port}. Choose one above 1023: PORT=3000 npm start`);
  }
}

function listenError(port) {
  return new Promise((done) => {
    const server = createServer();
    server.on("error", done);
    server.listen(port, process.env.HOST || undefined, () => server.close(() => done(null)));
  });
}
