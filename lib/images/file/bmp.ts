import { ascii } from "./letters";
import type { Metadata } from "./metadata-kind";

/** Length of the header that may have a colour profile, and where it says so. */
const LONG_HEADER = 124;
const COLOURS = 70;
const PROFILE_OFFSET = 126;
/** The file's own header. */
const HEADER = 14;
/** With the one that nearly all have. */
const SHORT_HEADER = 54;
/** Ways in which the pixels lie there as they are. */
const PLAIN = 0;
const MASKED = 3;

/** What a BMP carries beside its pixels: a colour profile, bytes behind what it says is its end. */
export function* bmpMetadata(bytes: Uint8Array): Generator<Metadata> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < HEADER + 4) return;
  const isLong = view.getUint32(HEADER, true) === LONG_HEADER && bytes.length >= HEADER + LONG_HEADER;
  // Written backwards: embedded, or the path of a file, which may say whose it is.
  if (isLong && /^(DEBM|KNIL)$/.test(ascii(bytes, COLOURS, 4))) {
    yield { kind: "profile", bytes: bytes.subarray(HEADER + view.getUint32(PROFILE_OFFSET, true)) };
  }
  if (bytes.length < SHORT_HEADER) return;
  // Some programs write no length, or a wrong one.
  const end = Math.max(view.getUint32(2, true), view.getUint32(10, true) + pixelsOf(view));
  if (end < bytes.length) yield { kind: "hidden", bytes: bytes.subarray(end) };
}

/** How many bytes they take: rows of whole words, or as many as the header says where they are packed. */
function pixelsOf(view: DataView): number {
  const [width, height] = [Math.abs(view.getInt32(18, true)), Math.abs(view.getInt32(22, true))];
  const row = Math.ceil((width * view.getUint16(28, true)) / 32) * 4;
  const isPacked = ![PLAIN, MASKED].includes(view.getUint32(30, true));
  return isPacked ? view.getUint32(34, true) : row * height;
}
