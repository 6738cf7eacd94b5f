import type { IncomingMessage, ServerResponse } from "node:http";
import { limitBody } from "./body-limit.ts";
import {
  API_POLICY,
  BUILT_POLICY,
  contentSecurityPolicy,
  isFramed,
  makeNonce,
  securityHeaders,
} from "./headers.ts";
import { clientAddress, countedAddress, isForeignWrite, isWrite, ownOrigin, type Trust } from "./origin.ts";

type Next = (request: IncomingMessage, response: ServerResponse) => Promise<void> | void;

/** Headers that only we may write; a client's are dropped (threats 4, 13, 50). */
const OURS =
  /^(x-leeward-|x-nonce$|x-middleware-|x-nextjs-(?!data$)|x-invoke-|x-matched-path$|x-forwarded-|forwarded$|content-security-policy)/;

/**
 * The front door: everything that holds for every request, before any route sees it. Refuses what no browser
 * of ours sends, drops headers that a client may not set, says where a request comes from, and puts the
 * security headers on whatever goes out.
 */
export function frontDoor(next: Next, trust: Trust, { dev = false } = {}): Next {
  const always = Object.entries(securityHeaders(trust.publicUrl));
  return (request, response) => {
    for (const [name, value] of always) response.setHeader(name, value);
    // Absolute-form and protocol-relative targets are a proxy's language, and we are none (threat 55).
    if (!request.url?.startsWith("/") || request.url.startsWith("//") || request.url.includes("\\")) {
      return refuse(response, 400, "bad-request");
    }
    const own = ownOrigin(request, trust);
    if (!own) return refuse(response, 400, "bad-request");
    if (isForeignWrite(request, own) && !isShareSheet(request)) return refuse(response, 403, "forbidden");
    const isApi = request.url.startsWith("/api/");
    if (!isApi && !dev && isWrite(request)) return refuseOnPage(request, response);
    if (isWrite(request) && !limitBody(request, response, () => refuse(response, 413, "too-large"))) return;

    const address = clientAddress(request, trust);
    for (const name of Object.keys(request.headers)) if (OURS.test(name)) delete request.headers[name];
    const nonce = makeNonce();
    const framed = isFramed(request.url);
    const isBuilt = !dev && request.url.startsWith("/_next/static/");
    const policy =
      isApi || isSharedPicture(request.url)
        ? API_POLICY
        : isBuilt
          ? BUILT_POLICY
          : contentSecurityPolicy(nonce, { dev, framed });
    if (framed) response.setHeader("x-frame-options", "SAMEORIGIN");
    Object.assign(request.headers, {
      "x-leeward-address": countedAddress(address),
      "x-forwarded-for": address,
      "x-forwarded-host": own.host,
      "x-forwarded-proto": own.protocol.slice(0, -1),
      "x-nonce": nonce,
      // Pages do not know their own path; signing in leads back to it.
      "x-leeward-path": request.url.split("?")[0],
      // Next reads the nonce for its own scripts from here.
      "content-security-policy": policy,
    });
    response.setHeader("content-security-policy", policy);
    const isShare = /^\/(api\/)?s\//.test(request.url);
    if (isShare) response.setHeader("referrer-policy", "no-referrer");
    // Data of pages is a page, whoever asks for it by its own address.
    if (isApi || isShare || request.url.startsWith("/_next/data/"))
      response.setHeader("cache-control", "private, no-store");
    return next(request, response);
  };
}

/** Of a share: a file that somebody may open by itself. */
const isSharedPicture = (url: string): boolean => /^\/s\/[^/?]+\/images\//.test(url);

/** What app/manifest.ts names to the system. */
const SHARE_TARGET = "/share-target";

/**
 * Sent by the telephone itself, for no page: with "Origin: null", and a "none" that no page can make a browser say. It
 * is led on like a form, or somebody would see our refusal where they shared a picture.
 */
const isShareSheet = ({ url, headers }: IncomingMessage): boolean =>
  url === SHARE_TARGET && headers["sec-fetch-site"] === "none";

/**
 * Pages take nothing: there are no server actions, and what would deserialise them is never reached (threat 6). A
 * form that is sent before its page has come to life asks for the page again.
 */
function refuseOnPage({ url = "/", headers }: IncomingMessage, response: ServerResponse): void {
  const type = headers["content-type"] ?? "";
  // A share sheet's files that no worker of ours took on their way here cannot be taken here either.
  const isForm = /^application\/x-www-form-urlencoded\b/i.test(type) || url === SHARE_TARGET;
  if (isForm && headers["next-action"] === undefined) {
    response.writeHead(303, { location: url, "cache-control": "private, no-store" }).end();
    return;
  }
  response.setHeader("allow", "GET, HEAD");
  refuse(response, 405, "bad-request");
}

/** The same form as route()'s refusals, for what never reaches a route. */
function refuse(response: ServerResponse, status: number, code: string): void {
  response.writeHead(status, { "content-type": "application/json", "cache-control": "private, no-store" });
  response.end(JSON.stringify({ error: { code } }));
}
