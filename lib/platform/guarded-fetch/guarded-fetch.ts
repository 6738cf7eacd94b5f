import "server-only";
import dns from "node:dns";
import http, { type IncomingMessage } from "node:http";
import https from "node:https";
import { isPublicAddress } from "./addresses";
import { FetchRefused } from "./refused";

/** Redirects that are followed; each is checked like the first address. */
const MOST_REDIRECTS = 5;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

export interface GuardedOptions {
  /** The `accept` header. */
  accept: string;
  /** Whether an answer with that content type (lower case, no parameters; empty: none) is worth reading. */
  wanted: (contentType: string) => boolean;
  /** Most bytes of the answer. */
  limit: number;
  /** Milliseconds for all of it, redirects included. */
  timeoutMs: number;
}

export interface Fetched {
  /** Where it was found in the end. */
  url: URL;
  contentType: string;
  bytes: Uint8Array<ArrayBuffer>;
}

/**
 * GETs what stands at an address that a person, a model or a page named, and reaches nothing but the open internet:
 * of every hop the name is resolved here, every address it has must be public, and the connection goes to that very
 * address, so that a second look-up cannot lead elsewhere. No cookies, no credentials, no proxy. Throws FetchRefused.
 */
export async function guardedFetch(address: string, options: GuardedOptions): Promise<Fetched> {
  const signal = AbortSignal.timeout(options.timeoutMs);
  try {
    return await follow(address, options, signal);
  } catch (error) {
    if (error instanceof FetchRefused) throw error;
    throw new FetchRefused(signal.aborted ? "too-slow" : "unreachable", error);
  }
}

async function follow(address: string, options: GuardedOptions, signal: AbortSignal): Promise<Fetched> {
  let url = checkedUrl(address);
  for (let hop = 0; hop <= MOST_REDIRECTS; hop++) {
    const response = await get(url, await vetted(url, signal), options.accept, signal);
    const next = redirectOf(response);
    if (next === null) return read(url, response, options);
    response.destroy();
    url = checkedUrl(next, url);
  }
  throw new FetchRefused("too-many-redirects");
}

/** Writes names and numbers in their one form: `http://0x7f.1` is 127.0.0.1 from here on. */
function checkedUrl(address: string, base?: URL): URL {
  const url = URL.parse(address, base);
  if (!url || !/^https?:$/.test(url.protocol) || url.hostname === "") throw new FetchRefused("bad-address");
  if (url.username || url.password) throw new FetchRefused("bad-address");
  return url;
}

/** An address of the host to connect to. All that it has must be public, lest one is tried after another. */
async function vetted(url: URL, signal: AbortSignal): Promise<string> {
  const host = url.hostname.replace(/^\[|\]$/g, "");
  // By its standard that name is always this machine, whatever a resolver makes of it.
  if (/(^|\.)localhost\.?$/.test(host)) throw new FetchRefused("private-address");
  const found = await Promise.race([dns.promises.lookup(host, { all: true }), aborted(signal)]);
  const [first] = found;
  if (!first) throw new FetchRefused("unreachable");
  if (!found.every(({ address }) => isPublicAddress(address))) throw new FetchRefused("private-address");
  return first.address;
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) =>
    signal.addEventListener("abort", () => reject(signal.reason), { once: true }),
  );
}

function get(url: URL, address: string, accept: string, signal: AbortSignal): Promise<IncomingMessage> {
  const secure = url.protocol === "https:";
  const isName = !/^[\d.]+$|^\[/.test(url.hostname);
  return new Promise((resolve, reject) => {
    const request = (secure ? https : http).request({
      host: address,
      port: url.port || (secure ? 443 : 80),
      path: url.pathname + url.search,
      headers: { host: url.host, accept, "accept-encoding": "identity", "user-agent": "Leeward" },
      // The certificate must be the name's, not the address's.
      ...(secure && isName ? { servername: url.hostname.replace(/\.$/, "") } : {}),
      agent: false,
      signal,
    });
    request.once("response", resolve).once("error", reject).end();
  });
}

function redirectOf({ statusCode = 0, headers }: IncomingMessage): string | null {
  return REDIRECTS.has(statusCode) ? (headers.location ?? null) : null;
}

async function read(url: URL, response: IncomingMessage, options: GuardedOptions): Promise<Fetched> {
  try {
    const { statusCode = 0, headers } = response;
    if (statusCode !== 200) throw new FetchRefused("bad-status", statusCode);
    const contentType = (headers["content-type"] ?? "").split(";")[0]?.trim().toLowerCase() ?? "";
    if (!options.wanted(contentType)) throw new FetchRefused("unwanted-type", contentType);
    return { url, contentType, bytes: await bytesOf(response, options.limit) };
  } finally {
    response.destroy();
  }
}

async function bytesOf(response: IncomingMessage, limit: number): Promise<Uint8Array<ArrayBuffer>> {
  if (Number(response.headers["content-length"]) > limit) throw new FetchRefused("too-large");
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.byteLength;
    if (size > limit) throw new FetchRefused("too-large");
    chunks.push(chunk);
  }
  return new Uint8Array(Buffer.concat(chunks, size));
}
