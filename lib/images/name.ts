/** Longest name kept, in code points. */
const LONGEST_NAME = 120;
/** Longest file ending that is kept when a name is cut. */
const LONGEST_ENDING = 10;

/**
 * A file's name fit to be stored and shown: without folders, control and direction-changing characters, at
 * most 120 code points with its ending kept. Empty when nothing is left. It never becomes a path.
 */
export function cleanName(name: string): string {
  const own = name.toWellFormed().normalize("NFC").split(/[/\\]/).at(-1) ?? "";
  const visible = own
    .replace(/[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/gu, " ")
    .replace(/\s+/g, " ")
    .trim();
  return shortened(/^\.*$/.test(visible) ? "" : visible);
}

function shortened(name: string): string {
  const points = [...name];
  if (points.length <= LONGEST_NAME) return name;
  const dot = points.lastIndexOf(".");
  const ending = dot > 0 && points.length - dot <= LONGEST_ENDING ? points.slice(dot) : [];
  return [...points.slice(0, LONGEST_NAME - ending.length - 1), "…", ...ending].join("");
}

/** What to call a picture by its address: the last part of the path, else the host, else the address itself. */
export function nameOfAddress(address: string): string {
  const url = URL.parse(address);
  if (!url) return cleanName(address);
  return cleanName(decoded(url.pathname)) || cleanName(url.hostname) || "image";
}

/** The request header that carries a file's name, URI-encoded because headers are not Unicode. */
export const FILE_NAME_HEADER = "x-file-name";

/** The name in that header; empty when there is none or it is malformed. */
export const fileNameOf = (headers: Headers): string => decoded(headers.get(FILE_NAME_HEADER) ?? "");

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return "";
  }
}
