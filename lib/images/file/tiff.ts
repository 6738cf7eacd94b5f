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
  const order = view.getUint16(start);
  if (order !== 0x4949 && order !== 0x4d4d) return null;
  const little = order === 0x4949;
  if (view.getUint16(start + 2, little) !== 42) return null;
  const directory = start + view.getUint32(start + 4, little);
  const found: TiffDirectory = { width: null, height: null, orientation: 1 };
  for (let i = 0; i < view.getUint16(directory, little); i++) {
    const entry = directory + 2 + i * 12;
    const tag = view.getUint16(entry, little);
    if (tag === WIDTH) found.width = number(view, entry, little);
    if (tag === HEIGHT) found.height = number(view, entry, little);
    if (tag === ORIENTATION) found.orientation = number(view, entry, little);
  }
  return found;
}

/** The value of a SHORT (type 3) or LONG (4) entry. */
function number(view: DataView, entry: number, little: boolean): number {
  return view.getUint16(entry + 2, little) === 3
    ? view.getUint16(entry + 8, little)
    : view.getUint32(entry + 8, little);
}
