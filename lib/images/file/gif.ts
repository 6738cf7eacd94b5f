import { ascii } from "./letters";
import type { Metadata } from "./metadata-kind";

const EXTENSION = 0x21;
const FRAME = 0x2c;
const END = 0x3b;
/** Of extensions. The fourth kind says how long a frame is shown. */
const COMMENT = 0xfe;
const PLAIN_TEXT = 0x01;
const APPLICATION = 0xff;

/** What a GIF carries beside its frames: comments, words laid over them, what programs put there, bytes behind its end. */
export function* gifMetadata(bytes: Uint8Array): Generator<Metadata> {
  let at = 13 + tableSize(bytes[10]);
  while (at < bytes.length && bytes[at] !== END) {
    const start = bytes[at] === EXTENSION ? at + 2 : at + 10 + tableSize(bytes[at + 9]) + 1;
    if (bytes[at] !== EXTENSION && bytes[at] !== FRAME) return;
    const end = endOfBlocks(bytes, start);
    if (bytes[at] === EXTENSION) yield* extension(bytes[at + 1] ?? 0, bytes.subarray(start, end));
    at = end;
  }
  if (at + 1 < bytes.length) yield { kind: "hidden", bytes: bytes.subarray(at + 1) };
}

function* extension(kind: number, blocks: Uint8Array): Generator<Metadata> {
  if (kind === COMMENT || kind === PLAIN_TEXT) yield { kind: "comment", bytes: blocks };
  if (kind !== APPLICATION) return;
  const program = ascii(blocks, 1, 11);
  const bytes = blocks.subarray(12);
  if (program === "XMP DataXMP") yield { kind: "xmp", bytes };
  else if (program === "ICCRGBG1012") yield { kind: "profile", bytes };
  // How often to begin again.
  else if (program !== "NETSCAPE2.0" && program !== "ANIMEXTS1.0") yield { kind: "other", bytes };
}

/** Bytes of the colours that the flags tell of. */
const tableSize = (flags = 0): number => (flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0);

/** Each block begins with its length; an empty one is the last. XMP in words ends so that it can be stepped over too. */
function endOfBlocks(bytes: Uint8Array, start: number): number {
  let at = start;
  while (at < bytes.length && bytes[at] !== 0) at += 1 + (bytes[at] ?? 0);
  return Math.min(bytes.length, at + 1);
}
