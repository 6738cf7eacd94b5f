/** What the first directory of a TIFF file says; EXIF is one too, mostly without the sizes. */
export interface TiffDirectory {
  width: number | null;
  height: number | null;
  /** EXIF orientation, 1 to 8; from 5 on the picture lies on its side. */
  orientation: number;
}

const WIDTH = 256;
const HEIGHT = 257;
const ORIENTATION = 274;

/** Reads the first directory of the TIFF that starts at `start`; null when it is none. Nothing is decoded. */
export function readTiffDirectory(view: DataView, start = 0): TiffDirectory | null {
  try {
    return read(view, start);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function read(view: DataView, start: number): TiffDirectory | null {
  const found: TiffDirectory = { width: null, height: null, orientation: 1 };
  const isTiff = eachEntry(view, start, (tag, value) => {
    if (tag === WIDTH) found.width = value;
    if (tag === HEIGHT) found.height = value;
    if (tag === ORIENTATION) found.orientation = value;
  });
  return isTiff ? found : null;
}

/** How a TIFF's pixels are cut into bands that reach across the picture. */
export interface TiffBands {
  /** Rows of a strip or tile. */
  rows: number;
  /** Whether a decoder can read the lines in it one by one. */
  byLine: boolean;
}

/** Of what cannot be read the worst is thought. */
export function readTiffBands(bytes: Uint8Array): TiffBands {
  const said = new Map<number, number[]>();
  try {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    // A tag may stand there twice, and which one counts is for the decoder to choose.
    eachEntry(view, 0, (tag, value) => said.set(tag, [...(said.get(tag) ?? []), value]));
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { rows: Number.POSITIVE_INFINITY, byLine: false };
  }
  const rows = [...(said.get(ROWS_PER_STRIP) ?? []), ...(said.get(TILE_LENGTH) ?? [])];
  const inPlanes = (said.get(PLANES) ?? []).some((way) => way !== 1);
  const packedByLine = (said.get(COMPRESSION) ?? [1]).every((way) => BY_LINE.has(way));
  return {
    rows: rows.length > 0 && !rows.includes(0) ? Math.max(...rows) : Number.POSITIVE_INFINITY,
    byLine: !inPlanes && packedByLine && !said.has(TILE_LENGTH),
  };
}

const COMPRESSION = 259;
const ROWS_PER_STRIP = 278;
/** 1: the colours of a pixel side by side; 2: one colour of all pixels after the other. */
const PLANES = 284;
const TILE_LENGTH = 323;
/** None, fax, LZW, JPEG, Deflate by two numbers, PackBits. */
const BY_LINE = new Set([1, 2, 3, 4, 5, 7, 8, 32_946, 32_773]);

/** Calls `found` for each entry of the first directory; false when this is no TIFF. Throws RangeError. */
function eachEntry(view: DataView, start: number, found: (tag: number, value: number) => void): boolean {
  const order = view.getUint16(start);
  if (order !== 0x4949 && order !== 0x4d4d) return false;
  const little = order === 0x4949;
  if (view.getUint16(start + 2, little) !== 42) return false;
  const directory = start + view.getUint32(start + 4, little);
  for (let i = 0; i < view.getUint16(directory, little); i++) {
    const entry = directory + 2 + i * 12;
    found(view.getUint16(entry, little), number(view, entry, little));
  }
  return true;
}

/** The value of a SHORT (type 3) or LONG (4) entry. */
function number(view: DataView, entry: number, little: boolean): number {
  return view.getUint16(entry + 2, little) === 3
    ? view.getUint16(entry + 8, little)
    : view.getUint32(entry + 8, little);
}
