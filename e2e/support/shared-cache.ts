import { createServer, type IncomingHttpHeaders, type IncomingMessage, request } from "node:http";
import type { AddressInfo } from "node:net";

export interface SharedCache {
  url: string;
  /** Paths that it answered by itself, oldest first. */
  hits: string[];
  close(): Promise<void>;
}

interface Stored {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
  /** What the request said in the headers that the answer varies by. */
  varies: [name: string, value: string][];
  /** Milliseconds since 1970. */
  freshUntil: number;
}

/** Without a word about freshness these may be kept, for as long as the cache finds right (RFC 9110, 15.1). */
const KEPT_BY_GUESS = new Set([200, 203, 204, 300, 301, 308, 404, 405, 410, 414, 501]);
const GUESS_SECONDS = 3_600;

/**
 * A cache between many people and one server, as a company or a provider has it. It keeps to RFC 9111 and is as eager
 * as that allows: whatever it does not have to forget it gives to the next who asks.
 */
export async function sharedCache(target: string): Promise<SharedCache> {
  const kept = new Map<string, Stored[]>();
  const hits: string[] = [];
  const server = createServer(async (incoming, outgoing) => {
    const { url = "", method, headers } = incoming;
    const found = method === "GET" ? kept.get(url)?.find((each) => answers(each, headers)) : undefined;
    if (found) hits.push(url);
    const answer = found ?? (await ask(target, incoming));
    if (!found && method === "GET" && mayKeep(answer, headers)) {
      kept.set(url, [toKeep(answer, headers), ...(kept.get(url) ?? [])]);
    }
    outgoing.writeHead(answer.status, answer.headers).end(answer.body);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    hits,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

type Answer = Pick<Stored, "status" | "headers" | "body">;

async function ask(target: string, incoming: IncomingMessage): Promise<Answer> {
  const { url, method, headers } = incoming;
  const sent = Buffer.concat(await incoming.toArray());
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    request(`${target}${url}`, { method, headers, agent: false }, resolve).once("error", reject).end(sent);
  });
  const body = Buffer.concat(await response.toArray());
  const { "transfer-encoding": _, ...kept } = response.headers;
  return { status: response.statusCode ?? 502, headers: kept, body };
}

const answers = ({ varies, freshUntil }: Stored, headers: IncomingHttpHeaders): boolean =>
  freshUntil > Date.now() && varies.every(([name, value]) => String(headers[name] ?? "") === value);

/** Seconds that it may be given to others; 0: not at all. */
function freshFor({ status, headers }: Answer): number {
  const said = headers["cache-control"] ?? "";
  if (/\b(no-store|private|no-cache)\b/i.test(said)) return 0;
  const age = /\bs-maxage=(\d+)/i.exec(said) ?? /\bmax-age=(\d+)/i.exec(said);
  if (age) return Number(age[1]);
  if (headers.expires) return Math.max(0, (Date.parse(headers.expires) - Date.now()) / 1000 || 0);
  return KEPT_BY_GUESS.has(status) ? GUESS_SECONDS : 0;
}

function mayKeep(answer: Answer, { authorization }: IncomingHttpHeaders): boolean {
  const isPublic = /\b(public|s-maxage|must-revalidate)\b/i.test(answer.headers["cache-control"] ?? "");
  if (authorization && !isPublic) return false;
  return answer.headers.vary?.trim() !== "*" && freshFor(answer) > 0;
}

function toKeep(answer: Answer, headers: IncomingHttpHeaders): Stored {
  const names = (answer.headers.vary ?? "")
    .toLowerCase()
    .split(",")
    .map((name) => name.trim());
  const varies = names.filter(Boolean).map((name): [string, string] => [name, String(headers[name] ?? "")]);
  return { ...answer, varies, freshUntil: Date.now() + 1000 * freshFor(answer) };
}
