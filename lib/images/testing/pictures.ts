import { crc32, deflateSync } from "node:zlib";
import sharp, { type Sharp } from "sharp";

/** In every metadata field of the pictures below: nothing that is stored may contain it. */
export const SECRET = "Leuchtturm-Geheimnis";

export const RED = [220, 30, 30];
export const GREEN = [30, 180, 30];
export const BLUE = [30, 30, 220];
export const YELLOW = [230, 220, 40];

/** Four colours, a quarter each: red, green above blue, yellow. */
export function quarters(width: number, height: number): Sharp {
  const data = Buffer.alloc(width * height * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const above = y < height / 2;
      const left = x < width / 2;
      data.set(above ? (left ? RED : GREEN) : left ? BLUE : YELLOW, (y * width + x) * 3);
    }
  }
  return sharp(data, { raw: { width, height, channels: 3 } });
}

/** Something like a photograph: no encoder makes it small without loss. The same each time. */
export function noise(width: number, height: number): Sharp {
  const data = Buffer.alloc(width * height * 3);
  let state = 1;
  for (let i = 0; i < data.length; i++) {
    state = (state * 1103515245 + 12345) % 0x80000000;
    data[i] = state >> 16;
  }
  return sharp(data, { raw: { width, height, channels: 3 } });
}

/** A camera's JPEG: on its side, with place, owner, XMP and a colour profile. */
export function fromCamera(picture: Sharp, orientation: number): Promise<Buffer> {
  return picture
    .jpeg({ quality: 95 })
    .withIccProfile("p3")
    .withExif({
      IFD0: { Copyright: SECRET, Make: SECRET },
      IFD3: { GPSLatitudeRef: "N", GPSLatitude: "52/1 31/1 12/1" },
    })
    .withMetadata({ orientation })
    .withXmp(`<x:xmpmeta xmlns:x="adobe:ns:meta/"><note>${SECRET}</note></x:xmpmeta>`)
    .toBuffer();
}

/** One PNG chunk with its length and checksum. */
export function pngChunk(name: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(name, "latin1"), data]);
  const chunk = Buffer.alloc(body.length + 8);
  chunk.writeUInt32BE(data.length);
  body.copy(chunk, 4);
  chunk.writeUInt32BE(crc32(body), body.length + 4);
  return chunk;
}

/** A PNG with chunks put in before its pixels. */
export function withChunks(png: Buffer, ...chunks: Buffer[]): Buffer {
  const behindHeader = 8 + 25;
  return Buffer.concat([png.subarray(0, behindHeader), ...chunks, png.subarray(behindHeader)]);
}

/** A PNG that claims a size and has hardly a pixel. `depth`: bits and the way of colours, three of 8 if not said. */
export function claimedPng(width: number, height: number, depth = [8, 2]): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([...depth, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    pngChunk("IHDR", header),
    pngChunk("IDAT", deflateSync(Buffer.alloc(1024))),
    pngChunk("IEND", Buffer.alloc(0)),
  ]);
}

/** The colour at a point, given as shares of width and height, 0 to 1. */
export async function colourAt(bytes: Uint8Array, x: number, y: number): Promise<number[]> {
  const { data, info } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true });
  const at = Math.floor(y * (info.height - 1)) * info.width + Math.floor(x * (info.width - 1));
  return [...data.subarray(at * info.channels, at * info.channels + 3)];
}

/** How far two colours are apart in the channel where they differ most, of 255. */
export function distance(one: number[], other: number[]): number {
  return Math.max(...one.map((value, i) => Math.abs(value - (other[i] ?? 0))));
}
