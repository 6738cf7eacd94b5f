import { bmpMetadata } from "./bmp";
import { gifMetadata } from "./gif";
import type { ImageHeader } from "./header";
import { ascii, indexOf, startsWith } from "./letters";
import type { Metadata } from "./metadata-kind";
import { piecesOf } from "./pieces";
import { rawProfile } from "./raw-profile";

/** All of it, in the order in which it stands there. Nothing is unpacked; damaged files give what can be found. */
export function metadataOf(bytes: Uint8Array, type: ImageHeader["type"]): Metadata[] {
  switch (type) {
    case "image/jpeg":
    case "image/png":
      return inPieces(bytes, type === "image/jpeg" ? jpegKind : pngKind);
    case "image/webp":
      return [...webpChunks(bytes)];
    case "image/tiff":
      return [{ kind: "exif", bytes }];
    case "image/heic":
    case "image/avif":
      return [...boxed(bytes)];
    case "image/gif":
      return [...gifMetadata(bytes)];
    case "image/bmp":
      return [...bmpMetadata(bytes)];
    default:
      return [];
  }
}

type Find = (piece: Uint8Array) => Metadata | null;

function inPieces(bytes: Uint8Array, kindOf: Find): Metadata[] {
  const rest = piecesOf(bytes)?.pieces.filter(({ essential }) => !essential) ?? [];
  return rest.flatMap(({ start, end }) => kindOf(bytes.subarray(start, end)) ?? []);
}

/** Segments by their marker and the name that begins them. */
function jpegKind(piece: Uint8Array): Metadata | null {
  const marker = piece[0] === 0xff ? piece[1] : undefined;
  if (marker === undefined || marker === 0xd8) return { kind: "hidden", bytes: piece };
  const named = (name: string, kind: Metadata["kind"]): Metadata | null =>
    startsWith(piece, 4, name) ? { kind, bytes: piece.subarray(4 + name.length) } : null;
  if (marker === 0xfe) return { kind: "comment", bytes: piece.subarray(4) };
  if (marker === 0xe1) return named("Exif\0\0", "exif") ?? named("http://ns.adobe.com/xap/1.0/\0", "xmp");
  if (marker === 0xe2) return named("ICC_PROFILE\0", "profile") ?? named("MPF\0", "pictures");
  if (marker === 0xed) return named("Photoshop 3.0\0", "iptc");
  // JFIF with a thumbnail, and what single makers put there.
  return marker > 0xe0 && marker <= 0xef ? { kind: "other", bytes: piece } : null;
}

function pngKind(piece: Uint8Array): Metadata | null {
  const name = ascii(piece, 4, 4);
  const data = piece.subarray(8, -4);
  if (name === "eXIf") return { kind: "exif", bytes: data };
  if (name === "iCCP") return { kind: "profile", bytes: data };
  if (name === "tIME") return { kind: "date", bytes: data };
  if (/^([tzi])(TX|EX)t$/i.test(name)) {
    const keyword = data.subarray(0, Math.max(0, data.indexOf(0)));
    if (startsWith(keyword, 0, "XML:com.adobe.xmp")) return { kind: "xmp", bytes: data };
    return rawProfile(name, data, keyword) ?? { kind: "text", bytes: keyword };
  }
  // Numbers about the pixels, and frames of an animation, say nothing of anybody.
  if (/^(gAMA|cHRM|sRGB|sBIT|pHYs|bKGD|hIST|sPLT|cICP|mDCV|cLLI|acTL|fcTL|fdAT)$/.test(name)) return null;
  return { kind: /^[A-Za-z]{4}$/.test(name) ? "other" : "hidden", bytes: piece };
}

function* webpChunks(bytes: Uint8Array): Generator<Metadata> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = Math.min(bytes.length, 8 + view.getUint32(4, true));
  const kinds: Record<string, Metadata["kind"]> = { EXIF: "exif", "XMP ": "xmp", ICCP: "profile" };
  for (let at = 12; at + 8 <= end; ) {
    const size = view.getUint32(at + 4, true);
    const kind = kinds[ascii(bytes, at, 4)];
    const start = at + 8 + (kind === "exif" && startsWith(bytes, at + 8, "Exif\0\0") ? 6 : 0);
    if (kind) yield { kind, bytes: bytes.subarray(start, Math.min(end, at + 8 + size)) };
    at += 8 + size + (size % 2);
  }
  if (end < bytes.length) yield { kind: "hidden", bytes: bytes.subarray(end) };
}

/** AVIF and HEIC keep EXIF and XMP in items anywhere; their beginnings cannot be mistaken for pixels. */
function* boxed(bytes: Uint8Array): Generator<Metadata> {
  for (const start of ["II*\0\x08\0\0\0", "MM\0*\0\0\0\x08"]) {
    const at = indexOf(bytes, start);
    if (at >= 0) yield { kind: "exif", bytes: bytes.subarray(at) };
  }
  const xmp = indexOf(bytes, "<x:xmpmeta");
  if (xmp >= 0) yield { kind: "xmp", bytes: bytes.subarray(xmp, endOf(bytes, xmp)) };
  const profile = Math.max(indexOf(bytes, "colrprof"), indexOf(bytes, "colrrICC"));
  if (profile >= 0) yield { kind: "profile", bytes: bytes.subarray(profile + 8) };
  if (indexOf(bytes, "auxid:hdrgainmap") >= 0 || indexOf(bytes, "aux:hdrgainmap") >= 0)
    yield { kind: "pictures", bytes: LATIN.encode("hdrgm") };
}

/** Whether an AVIF or HEIC file counts its colours as telephones do, by Display P3 rather than sRGB. */
export function isDisplayP3(bytes: Uint8Array): boolean {
  const tagged = indexOf(bytes, "colrnclx");
  // Primaries 12 are those of P3 with daylight white.
  if (tagged >= 0 && bytes[tagged + 8] === 0 && bytes[tagged + 9] === 12) return true;
  const profile = metadataOf(bytes, "image/heic").find(({ kind }) => kind === "profile")?.bytes;
  return profile !== undefined && Math.abs((redOf(profile) ?? 0) - P3_RED) < 0.004;
}

/** How much of the first standard colour a full red has: 0.436 in sRGB. */
const P3_RED = 0.515;

/** The same of a colour profile; null when it is of another make. */
function redOf(profile: Uint8Array): number | null {
  const view = new DataView(profile.buffer, profile.byteOffset, profile.byteLength);
  const count = profile.length > 132 ? view.getUint32(128) : 0;
  for (let at = 132; at < 132 + 12 * count && at + 12 <= profile.length; at += 12) {
    const value = view.getUint32(at + 4) + 8;
    if (ascii(profile, at, 4) === "rXYZ" && value + 4 <= profile.length) return view.getInt32(value) / 65_536;
  }
  return null;
}

function endOf(bytes: Uint8Array, start: number): number {
  const end = indexOf(bytes, "</x:xmpmeta>", start);
  return end >= 0 ? end : Math.min(bytes.length, start + 65_536);
}

const LATIN = new TextEncoder();
