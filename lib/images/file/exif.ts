import type { Removed } from "../schema";

/** Tags of EXIF by what they give away; what is in none of these (sizes, exposure, …) says nothing of anybody. */
const TAGS: Record<number, Removed> = {
  270: "text",
  271: "camera",
  272: "camera",
  305: "software",
  306: "date",
  315: "author",
  316: "software",
  33432: "author",
  36867: "date",
  36868: "date",
  37500: "camera",
  37510: "text",
  42032: "author",
  42033: "camera",
  42035: "camera",
  42036: "camera",
  40091: "text",
  40092: "text",
  40093: "author",
  40094: "text",
  40095: "text",
};
const EXIF_DIRECTORY = 34665;
const GPS_DIRECTORY = 34853;
/** Of the GPS directory the version alone is no place. */
const GPS_VERSION = 0;
const THUMBNAIL = 513;

/** What an EXIF block says; empty for what cannot be read. */
export function exifSays(bytes: Uint8Array): Set<Removed> {
  const said = new Set<Removed>();
  try {
    read(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), said);
  } catch (error) {
    // Cut short, or an offset beyond the end: what was read until then counts.
    if (!(error instanceof RangeError)) throw error;
  }
  return said;
}

function read(view: DataView, said: Set<Removed>): void {
  const little = view.getUint16(0) === 0x4949;
  if (!little && view.getUint16(0) !== 0x4d4d) return;
  const first = view.getUint32(4, little);
  const inside: [directory: number, gps: boolean][] = [];
  const second = entries(view, first, little, (tag, value) => {
    if (tag === EXIF_DIRECTORY) inside.push([value, false]);
    else if (tag === GPS_DIRECTORY) inside.push([value, true]);
    else if (TAGS[tag]) said.add(TAGS[tag]);
  });
  for (const [directory, gps] of inside) {
    entries(view, directory, little, (tag) => {
      if (gps && tag !== GPS_VERSION) said.add("location");
      else if (!gps && TAGS[tag]) said.add(TAGS[tag]);
    });
  }
  if (second) entries(view, second, little, (tag) => tag === THUMBNAIL && said.add("preview"));
}

/** Calls `found` for each entry of a directory; returns the offset of the next one, 0 for none. */
function entries(
  view: DataView,
  at: number,
  little: boolean,
  found: (tag: number, value: number) => void,
): number {
  const count = view.getUint16(at, little);
  for (let i = 0; i < count; i++) {
    const entry = at + 2 + i * 12;
    found(view.getUint16(entry, little), view.getUint32(entry + 8, little));
  }
  return view.getUint32(at + 2 + count * 12, little);
}
