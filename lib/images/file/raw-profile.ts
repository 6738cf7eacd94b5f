import { ascii, startsWith } from "./letters";
import type { Metadata } from "./metadata-kind";

/** By the last word of the keyword. An APP1 is one of the first two. */
const KINDS: Record<string, Metadata["kind"]> = {
  exif: "exif",
  APP1: "exif",
  xmp: "xmp",
  iptc: "iptc",
  "8bim": "iptc",
  icc: "profile",
  icm: "profile",
};
const EXIF = "Exif\0\0";
const XMP = "http://ns.adobe.com/xap/1.0/\0";

/**
 * Metadata of other formats that ImageMagick writes into a PNG's text, as hexadecimal numbers. Packed, or of a kind that
 * nobody knows, it is `other`. Null where the keyword says that it is something else.
 */
export function rawProfile(chunk: string, data: Uint8Array, keyword: Uint8Array): Metadata | null {
  const type = /^Raw profile type (.+)$/.exec(ascii(keyword, 0, 79))?.[1];
  if (type === undefined) return null;
  const kind = KINDS[type] ?? "other";
  if (kind === "profile") return { kind, bytes: data };
  const bytes = chunk === "tEXt" ? numbers(data.subarray(keyword.length + 1)) : null;
  if (!bytes || kind === "other") return { kind: "other", bytes: data };
  if (startsWith(bytes, 0, XMP)) return { kind: "xmp", bytes: bytes.subarray(XMP.length) };
  return { kind, bytes: startsWith(bytes, 0, EXIF) ? bytes.subarray(EXIF.length) : bytes };
}

/** A line each for the kind and the length, then the numbers; null where there are none. */
function numbers(text: Uint8Array): Uint8Array | null {
  const lines = new TextDecoder("latin1").decode(text).trimStart().split("\n").slice(2);
  const digits = lines.join("").replace(/\s/g, "");
  if (digits === "" || /[^0-9a-f]/i.test(digits)) return null;
  return Uint8Array.from({ length: digits.length >> 1 }, (_, at) =>
    Number.parseInt(digits.slice(2 * at, 2 * at + 2), 16),
  );
}
