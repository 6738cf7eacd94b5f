import { readFileSync } from "node:fs";
import { join } from "node:path";

/** Of a telephone's 12 megapixels, and of the tiles that it codes them in. */
const PICTURE = { width: 4032, height: 3024 };
const TILE = 512;
const [COLUMNS, ROWS] = [Math.ceil(PICTURE.width / TILE), Math.ceil(PICTURE.height / TILE)];
const COUNT = COLUMNS * ROWS;

/**
 * A HEIC as telephones write them: a grid of tiles in HEVC, 4032 x 3024. No encoder for HEVC is among what this
 * project installs, so all tiles are the one of tile.heic (a part of `photograph`, made once with heif-enc -q 50); a
 * decoder does not know that and decodes each.
 */
export function telephoneHeic(): Buffer {
  const tile = readFileSync(join(import.meta.dirname, "tile.heic"));
  const coded = contentOf(tile, "mdat");
  const grid = Buffer.from([0, 0, ROWS - 1, COLUMNS - 1, ...u16(PICTURE.width), ...u16(PICTURE.height)]);
  const start = box("ftyp", "heic", u32(0), "mif1", "heic");
  const metaOf = (dataAt: number) => meta(tile, coded.length, grid.length, dataAt);
  const dataAt = start.length + metaOf(0).length + 8;
  const tiles = Array.from({ length: COUNT }, () => coded);
  return Buffer.concat([start, metaOf(dataAt), box("mdat", ...tiles, grid)]);
}

/** Items 1 to COUNT are the tiles, the one after them the grid, which is the picture. */
function meta(tile: Buffer, tileLength: number, gridLength: number, dataAt: number): Buffer {
  const items = Array.from({ length: COUNT + 1 }, (_, index) => index + 1);
  const grid = COUNT + 1;
  const lengthOf = (item: number) => (item === grid ? gridLength : tileLength);
  const locations = items.map((item) =>
    Buffer.from([
      ...u16(item),
      ...u16(0),
      ...u16(1),
      ...u32(dataAt + (item - 1) * tileLength),
      ...u32(lengthOf(item)),
    ]),
  );
  // A tile is hidden: it is no picture of its own.
  const infos = items.map((item) =>
    box("infe", [2, 0, 0, item === grid ? 0 : 1], u16(item), u16(0), item === grid ? "grid" : "hvc1", [0]),
  );
  const size = (width: number, height: number) => box("ispe", FULL, u32(width), u32(height));
  const decoder = box("hvcC", contentOf(tile, "hvcC"));
  // Properties from 1: how to decode, a tile's size, the picture's.
  const properties = items.map((item) =>
    Buffer.from(item === grid ? [...u16(item), 1, 3] : [...u16(item), 2, 0x81, 2]),
  );
  return box(
    "meta",
    FULL,
    box("hdlr", FULL, u32(0), "pict", u32(0), u32(0), u32(0), [0]),
    box("pitm", FULL, u16(grid)),
    box("iloc", FULL, [0x44, 0], u16(items.length), ...locations),
    box("iinf", FULL, u16(items.length), ...infos),
    box("iref", FULL, box("dimg", u16(grid), u16(COUNT), ...items.slice(0, COUNT).map(u16))),
    box(
      "iprp",
      box("ipco", decoder, size(TILE, TILE), size(PICTURE.width, PICTURE.height)),
      box("ipma", FULL, u32(items.length), ...properties),
    ),
  );
}

/** Version and flags. */
const FULL = [0, 0, 0, 0];

const u16 = (value: number): number[] => [value >> 8, value & 0xff];
const u32 = (value: number): number[] => [...u16(value >>> 16), ...u16(value & 0xffff)];

function box(type: string, ...content: (Buffer | number[] | string)[]): Buffer {
  const body = content.map((part) =>
    typeof part === "string" ? Buffer.from(part, "latin1") : Buffer.from(part),
  );
  const length = body.reduce((sum, part) => sum + part.length, 8);
  return Buffer.concat([Buffer.from([...u32(length)]), Buffer.from(type, "latin1"), ...body]);
}

/** What is in the first box of that type, wherever it is. */
function contentOf(file: Buffer, type: string): Buffer {
  const at = file.indexOf(type, 0, "latin1");
  if (at < 4) throw new Error(`there is no ${type} in tile.heic`);
  return file.subarray(at + 4, at - 4 + file.readUInt32BE(at - 4));
}
