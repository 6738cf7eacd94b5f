import type { IncomingMessage } from "node:http";
import { isIPv6 } from "node:net";

/** The settings that say who we are to a browser and who stands before us. */
export interface Trust {
  publicUrl: string | null;
  trustedProxies: number;
}

/** Scheme and host under which the person reached us: the configured address, else what our proxies or the request say. */
export function ownOrigin(request: IncomingMessage, { publicUrl, trustedProxies }: Trust): URL | null {
  if (publicUrl) return parse(publicUrl);
  const forwarded = (name: string) => (trustedProxies > 0 ? first(request.headers[name]) : undefined);
  const scheme = forwarded("x-forwarded-proto") === "https" ? "https" : "http";
  return parse(`${scheme}://${forwarded("x-forwarded-host") ?? request.headers.host ?? ""}`);
}

/**
 * The address that limits count by: the connection's, or what our own outermost proxy saw. Proxies append on
 * the right, so what a client made up stands further left and is never reached (threat 19).
 */
export function clientAddress(request: IncomingMessage, { trustedProxies }: Trust): string {
  const direct = request.socket.remoteAddress ?? "unknown";
  if (trustedProxies === 0) return direct;
  const seen = String(request.headers["x-forwarded-for"] ?? "").split(",");
  return seen.at(-trustedProxies)?.trim() || direct;
}

/**
 * The address as limits count it: whoever has one IPv6 address has the 2^64 of its network, so they are one. An
 * IPv4 address is itself, in either notation.
 */
export function countedAddress(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped) return mapped;
  if (!isIPv6(address)) return address;
  const [left = [], right = []] = address.split("::").map((half) => half.split(":").filter(Boolean));
  const zeros = Array<string>(Math.max(0, 8 - left.length - right.length)).fill("0");
  const network = [...left, ...zeros, ...right].slice(0, 4);
  return `${network.map((group) => Number.parseInt(group, 16).toString(16)).join(":")}::/64`;
}

const WRITES = new Set(["POST", "PUT", "PATCH", "DELETE"]);

export const isWrite = ({ method }: IncomingMessage): boolean => WRITES.has(method ?? "");

/**
 * True for a write that another site's page made the browser send. Browsers say where a request comes from;
 * a script that is no browser says nothing, and carries no one else's cookies.
 */
export function isForeignWrite(request: IncomingMessage, own: URL): boolean {
  if (!isWrite(request)) return false;
  const site = request.headers["sec-fetch-site"];
  const { origin } = request.headers;
  if (origin !== undefined) return parse(origin)?.origin !== own.origin;
  return site !== undefined && site !== "same-origin" && site !== "none";
}

function parse(url: string): URL | null {
  return URL.canParse(url) ? new URL(url) : null;
}

const first = (value: string | string[] | undefined) =>
  String(value ?? "")
    .split(",")[0]
    ?.trim() || undefined;
