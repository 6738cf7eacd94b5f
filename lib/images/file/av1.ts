import { indexOf } from "./letters";

/** Box that tells how the colours of a picture in an AVIF lie there, and where in it, in bits of a byte. */
const CONFIGURATION = "av1C";
const BITS_AT = 6;
const DEEP = 0x40;
const GREY = 0x10;
const HALF_ACROSS = 0x08;
const HALF_DOWN = 0x04;

/** What a pixel of an AVIF takes before its colours are put together; the most of the pictures in it, or of any. */
export function avifBytesPerPixel(bytes: Uint8Array): number {
  let most = 0;
  for (let at = indexOf(bytes, CONFIGURATION); at >= 0; at = indexOf(bytes, CONFIGURATION, at + 1)) {
    most = Math.max(most, bytesPerPixel(bytes[at + BITS_AT] ?? 0));
  }
  return most || bytesPerPixel(DEEP);
}

function bytesPerPixel(bits: number): number {
  const colour = (bits & HALF_ACROSS ? 0.5 : 1) * (bits & HALF_DOWN ? 0.5 : 1);
  return (1 + (bits & GREY ? 0 : 2 * colour)) * (bits & DEEP ? 2 : 1);
}
