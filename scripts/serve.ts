import { existsSync, readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { resolve } from "node:path";
import next from "next";
import sirv from "sirv";
import { withDiagrams } from "../lib/http/front/diagrams/index.ts";
import { frontDoor } from "../lib/http/front/index.ts";
import { environment } from "../lib/platform/environment.ts";
import { inTurns } from "../lib/platform/turns.ts";
import { startDemo } from "./demo.ts";

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void> | void;

// The server process: Next behind the front door. `npm start` has installed, migrated and built before.

const EVENTS = /^\/api\/(events|generations\/[^/?]+\/events)(\?|$)/;
// Not from this file's place: it runs from the build too.
const root = process.cwd();
const dist = resolve(root, process.env.LEEWARD_DIST || ".next");
const dev = process.env.LEEWARD_DEV === "1";
const port = Number(process.env.PORT) || 3000;
const hostname = process.env.HOST || undefined;
const { publicUrl, trustedProxies, provider } = environment();

// next-auth: believe the forwarded host, which the front door writes itself.
process.env.AUTH_TRUST_HOST = "true";
if (publicUrl) process.env.NEXTAUTH_URL = publicUrl;
if (provider.demo) await startDemo();

// What open pages are told, so that one of an older build can offer to be loaded again.
if (!dev) process.env.LEEWARD_BUILD ||= readFileSync(resolve(dist, "BUILD_ID"), "utf8").trim();

// The settings as the build wrote them down: reading next.config.ts again would load the compiler, 50 MB.
if (!dev) process.env.__NEXT_PRIVATE_STANDALONE_CONFIG = builtSettings();

const app = next({ dev, dir: root, port, hostname: "localhost" });
await app.prepare();
const door = frontDoor(
  withEvents(withDiagrams(withStaticFiles(app.getRequestHandler()))),
  { publicUrl, trustedProxies },
  { dev },
);
const server = createServer(
  { ...requestLimits(), keepAliveTimeout: 70_000, maxHeaderSize: 32_768 },
  inTurns((request: IncomingMessage, response: ServerResponse) => {
    Promise.resolve(door(request, response)).catch(() => response.destroy());
  }),
);
// Nothing here speaks WebSocket but the development server (threat 55).
if (!dev)
  server.on("upgrade", (_request, socket) => {
    // Node listens for its errors no longer: whoever is gone by now would be an error of ours.
    socket.on("error", () => {});
    socket.end("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n");
  });
server.on("error", explain);
server.listen(port, hostname, announce);

// A deploy says SIGTERM and waits; somebody at a terminal wants it to end. More than one may come: a terminal tells
// the whole group, npm passes its own on.
process.on("SIGTERM", () => void stop(drainMs()));
process.on("SIGINT", () => void stop(0));

/** A request must have arrived whole within two minutes: a photograph over a bad line, but no slow drip. */
function requestLimits() {
  const requestTimeout = 1000 * (Number(process.env.LEEWARD_REQUEST_SECONDS) || 120);
  const headersTimeout = Math.min(20_000, requestTimeout);
  return { requestTimeout, headersTimeout, connectionsCheckingInterval: Math.min(5_000, requestTimeout / 4) };
}

function builtSettings(): string {
  return JSON.stringify(JSON.parse(readFileSync(resolve(dist, "required-server-files.json"), "utf8")).config);
}

/** Streams of events go to their own code straight away: Next's streams would be most of what they cost. */
function withEvents(next: Handler): Handler {
  return (request, response) => {
    const { leewardEvents } = globalThis as { leewardEvents?: Handler };
    const isStream = request.method === "GET" && EVENTS.test(request.url ?? "");
    return isStream && leewardEvents ? leewardEvents(request, response) : next(request, response);
  };
}

/** Serves the build's own files as they were compressed with it. A build without that leaves it to Next. */
function withStaticFiles(next: Handler): Handler {
  if (dev || !existsSync(resolve(dist, "leeward-sources"))) return next;
  const prefix = "/_next/static";
  const files = sirv(resolve(dist, "static"), {
    immutable: true,
    maxAge: 31_536_000,
    brotli: true,
    gzip: true,
  });
  return (request, response) => {
    const { url = "" } = request;
    if (!url.startsWith(`${prefix}/`)) return next(request, response);
    request.url = url.slice(prefix.length);
    files(request, response, () => {
      request.url = url;
      return next(request, response);
    });
  };
}

function announce(): void {
  console.log(`\nLeeward is ready: ${publicUrl ?? `http://localhost:${port}`}`);
  if (!provider.demo) return;
  console.log(
    "Demo, no model connected: answers are made up by this computer. To connect the IONOS AI Model Hub,",
  );
  console.log("put IONOS_API_TOKEN=... into the file .env here, and start again.");
}

function explain(error: NodeJS.ErrnoException): void {
  const sentence =
    error.code === "EADDRINUSE"
      ? `Port ${port} is taken by another program. Choose another one: PORT=3001 npm start`
      : error.code === "EACCES"
        ? `Port ${port} needs more rights than this user has. Choose one above 1023: PORT=3000 npm start`
        : `The server could not listen on port ${port}: ${error.message}`;
  console.error(sentence);
  process.exit(1);
}

/** How long answers may go on after SIGTERM. Milliseconds; 0 is a setting, too. */
function drainMs(): number {
  const seconds = Number(process.env.LEEWARD_DRAIN_SECONDS || 20);
  return 1000 * (Number.isFinite(seconds) && seconds >= 0 ? seconds : 20);
}

/** For saving what was interrupted. Milliseconds. */
const SAVING_MS = 8_000;

/**
 * New connections are refused; answers being written go on for so long to whoever follows them, the rest is saved as
 * interrupted, then the process ends.
 */
let stopping = false;
async function stop(patienceMs: number): Promise<void> {
  if (stopping) return;
  stopping = true;
  server.close();
  const { leewardShutdown } = globalThis as { leewardShutdown?: (patienceMs: number) => Promise<void> };
  const patience = new Promise<void>((done) => setTimeout(done, patienceMs + SAVING_MS).unref());
  await Promise.race([leewardShutdown?.(patienceMs), patience]).catch(() => {});
  process.exit(0);
}
