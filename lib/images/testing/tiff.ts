import { deflateSync } from "node:zlib";

/** How a TIFF lies in its file. Sizes in pixels; one of them takes `samples` colours of `bits` each. */
export interface TiffKind {
  width: number;
  height: number;
  samples?: 3 | 4;
  bits?: 8 | 16 | 32;
  /** Numbers with a point. */
  float?: boolean;
  /** One colour of all pixels after the other. */
  planar?: boolean;
  /** Of a strip; all of them otherwise. */
  rows?: number;
  /** Edge of a tile, in the place of strips. */
  tile?: number;
}

/** A black TIFF, deflated: some 100 KB for 49 million pixels. */
export function blackTiff(kind: TiffKind): Buffer {
  const { width, height, samples = 3, bits = 8, planar = false, rows = height, tile } = kind;
  const [across, down] = tile ? [tile, tile] : [width, rows];
  const size = across * down * (bits / 8) * (planar ? 1 : samples);
  const count = Math.ceil(width / across) * Math.ceil(height / down) * (planar ? samples : 1);
  // All pieces are the same bytes; of a last strip that is not as high the rest is not read.
  const piece = deflateSync(Buffer.alloc(size), { level: 9 });
  const [starts, lengths] = [8, piece.length].map((value) => Array<number>(count).fill(value));
  return assembled(piece, [
    [256, LONG, [width]],
    [257, LONG, [height]],
    [258, SHORT, Array(samples).fill(bits)],
    [259, SHORT, [DEFLATE]],
    [262, SHORT, [RGB]],
    ...(tile ? [] : ([[273, LONG, starts]] as Entry[])),
    [277, SHORT, [samples]],
    ...(tile
      ? []
      : ([
          [278, LONG, [rows]],
          [279, LONG, lengths],
        ] as Entry[])),
    [284, SHORT, [planar ? 2 : 1]],
    ...(tile
      ? ([
          [322, LONG, [tile]],
          [323, LONG, [tile]],
          [324, LONG, starts],
          [325, LONG, lengths],
        ] as Entry[])
      : []),
    ...(samples > 3 ? ([[338, SHORT, [ALPHA]]] as Entry[]) : []),
    [339, SHORT, Array(samples).fill(kind.float ? 3 : 1)],
  ]);
}

type Entry = [tag: number, type: number, values: number[] | undefined];
const SHORT = 3;
const LONG = 4;
const DEFLATE = 8;
const RGB = 2;
const ALPHA = 2;

/** The header, the pixels, the values that are longer than four bytes, the directory. */
function assembled(pixels: Buffer, entries: Entry[]): Buffer {
  const head = Buffer.from("II*\0\0\0\0\0", "latin1");
  const parts = [head, pixels];
  let end = head.length + pixels.length;
  const directory = entries.map(([tag, type, values = []]) => {
    const entry = Buffer.alloc(12);
    entry.writeUInt16LE(tag, 0);
    entry.writeUInt16LE(type, 2);
    entry.writeUInt32LE(values.length, 4);
    const data = Buffer.from(
      type === SHORT ? Uint16Array.from(values).buffer : Uint32Array.from(values).buffer,
    );
    if (data.length <= 4) entry.set(data, 8);
    else {
      entry.writeUInt32LE(end, 8);
      parts.push(data);
      end += data.length;
    }
    return entry;
  });
  head.writeUInt32LE(end, 4);
  const count = Buffer.alloc(2);
  count.writeUInt16LE(entries.length);
  return Buffer.concat([...parts, count, ...directory, Buffer.alloc(4)]);
}
