import { decodeEntities } from "./entities";

const ALLOWED = new Set(["http:", "https:", "mailto:"]);
/** Longest address that is made a link; longer ones carry data away rather than lead somewhere. */
const LONGEST = 2_000;

/**
 * The address of a link in an answer as a URL, or null where it must stay text: anything but absolute http, https
 * and mailto (the URL parser sees through case, control characters and white space as the browser would), and
 * addresses with a user name in them, which are there to be mistaken for another host.
 */
export function safeLink(href: string): URL | null {
  const address = decodeEntities(href);
  const url = address.length <= LONGEST ? parse(address) : null;
  if (!url || !ALLOWED.has(url.protocol) || url.username !== "" || url.password !== "") return null;
  return url.protocol === "mailto:" || url.hostname !== "" ? url : null;
}

function parse(address: string): URL | null {
  try {
    return new URL(address);
  } catch {
    return null;
  }
}
