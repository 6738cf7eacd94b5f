import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { readBody } from "./body.ts";
import { type ChatCall, createChat } from "./chat.ts";
import { ApiError, json, Refusal, type Reply, rateLimited, replyTo, UNAUTHORIZED } from "./errors.ts";
import { type EmulatorOptions, type Settings, settingsFrom } from "./options.ts";
import { createRateLimit, type RateLimit } from "./rate-limit.ts";
import { createStats, type RequestRecord, type Stats } from "./stats.ts";

export type RunningEmulator = {
  /** `http://127.0.0.1:PORT`; the API is below `/v1`. */
  url: string;
  port: number;
  /** Drops every open connection. */
  close(): Promise<void>;
};

/** Starts the emulator on the loopback interface. Rejects when the port is taken. */
export async function startEmulator(options: EmulatorOptions = {}): Promise<RunningEmulator> {
  const settings = settingsFrom(options);
  const server = createServer(createHandler(settings));
  // Longer than any client keeps an idle connection, so that none is closed under a new request.
  server.keepAliveTimeout = 75_000;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(settings.port, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { url: `http://127.0.0.1:${port}`, port, close };
}

type Emulator = {
  settings: Settings;
  chat: (call: ChatCall) => Promise<void>;
  stats: Stats;
  limit: RateLimit | undefined;
};

function createHandler(settings: Settings) {
  const emulator: Emulator = {
    settings,
    chat: createChat(settings),
    stats: createStats(),
    limit: settings.rateLimit && createRateLimit(settings.rateLimit),
  };
  return (request: IncomingMessage, response: ServerResponse): void => {
    const path = (request.url ?? "/").split("?")[0] ?? "/";
    const own = settings.faults ? ownPage(emulator, `${request.method} ${path}`) : undefined;
    if (own) send(response, own);
    else void serve(emulator, path, request, response);
  };
}

function ownPage({ stats }: Emulator, route: string): Reply | undefined {
  if (route === "GET /stats") return json(stats.read());
  if (route === "POST /hurry") stats.hurry();
  else if (route === "POST /reset") stats.reset();
  else return undefined;
  return json({});
}

async function serve(
  emulator: Emulator,
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const record = emulator.stats.begin(path);
  response.once("close", () => emulator.stats.end(record, response.writableFinished));
  try {
    passGateway(emulator, request);
    await route(emulator, path, request, response, record);
  } catch (error) {
    // A client that hung up while it was being read needs no answer.
    if (response.destroyed) return;
    if (response.headersSent) {
      response.destroy();
      return;
    }
    const reply = replyTo(error, emulator.settings.envelope);
    record.status = reply.status;
    request.resume();
    send(response, reply);
  }
}

/** What the hub's gateway does before the model server sees the request. */
function passGateway({ settings, limit }: Emulator, request: IncomingMessage): void {
  if (settings.token !== undefined && request.headers.authorization !== `Bearer ${settings.token}`) {
    throw new Refusal(UNAUTHORIZED);
  }
  const wait = limit?.take() ?? 0;
  if (wait > 0) throw new Refusal(rateLimited(wait));
}

async function route(
  { settings, chat }: Emulator,
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
  record: RequestRecord,
): Promise<void> {
  if (request.method === "GET" && path === "/v1/models") {
    const data = settings.models.map((id) => ({ id, object: "model" }));
    record.status = 200;
    send(response, json({ object: "list", data }));
    return;
  }
  if (request.method !== "POST" || path !== "/v1/chat/completions") {
    throw new ApiError("Not Found", { status: 404, type: "NotFoundError" });
  }
  const body = await readBody(request, settings.bodyLimitBytes);
  const header = request.headers["x-emulator-fault"];
  await chat({ body, faultHeader: typeof header === "string" ? header : undefined, response, record });
}

function send(response: ServerResponse, reply: Reply): void {
  response.writeHead(reply.status, { "content-type": reply.type, ...reply.headers });
  response.end(reply.body);
}
