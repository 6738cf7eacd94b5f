import { readFileSync } from "node:fs";
import { join } from "node:path";
import { crc32, deflateSync } from "node:zlib";
import sharp, { type Sharp } from "sharp";
import { withGainMap } from "./gain-map";
import type { PictureFile } from "./pictures";

/** A file, and what somebody who reads its format in full sees in it. */
export interface FormatFile extends PictureFile {
  seen: Buffer;
  /** How alike, where the file itself has lost something of it. */
  least?: number;
}

/** One file of each kind that people have: formats, depths, colours, ways to lie; some larger than the model sees. */
export async function everyFormat(): Promise<FormatFile[]> {
  const large = scene(1800, 1200);
  const small = scene(640, 480);
  return Promise.all([
    made("turned.jpg", large.clone().jpeg({ quality: 92 }).withMetadata({ orientation: 6 })),
    made("p3.jpg", large.clone().jpeg({ quality: 92 }).withIccProfile("p3")),
    { ...(await made("shining.jpg", large.clone().jpeg({ quality: 92 }))), buffer: await withGainMap(large) },
    made("inks.jpg", large.clone().toColourspace("cmyk").jpeg({ quality: 92 })),
    made("deep.png", large.clone().toColourspace("rgb16").png()),
    made("clear.png", small.clone().ensureAlpha(0.5).png()),
    made("photo.avif", small.clone().avif({ quality: 85, effort: 0 })),
    made("photo.webp", large.clone().webp({ quality: 90 })),
    made("palette.gif", small.clone().gif()),
    made("moving.webp", (await frames(small)).webp({ quality: 95 })),
    { ...(await made("moving.png", small.clone().png())), ...(await animatedPng(small)) },
    { ...(await made("windows.bmp", small.clone().png())), buffer: await bitmap(small) },
    made("scan.tif", large.clone().tiff({ compression: "lzw" })),
    telephone(),
  ]);
}

/** Soft shapes, waves and an edge, in many colours. */
function scene(width: number, height: number): Sharp {
  const data = Buffer.alloc(width * height * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [u, v] = [x / width, y / height];
      const disc = Math.hypot(u - 0.5, v - 0.5) < 0.3 ? 60 : 0;
      const wave = 24 * Math.sin(x / 9) * Math.cos(y / 11);
      const pixel = [40 + 160 * u + wave, 60 + 100 * v + disc + wave, 180 - 120 * u + wave];
      data.set(
        pixel.map((value) => Math.min(255, Math.max(0, Math.round(value)))),
        (y * width + x) * 3,
      );
    }
  }
  return sharp(data, { raw: { width, height, channels: 3 } });
}

async function made(name: string, pipeline: Sharp): Promise<FormatFile> {
  const buffer = await pipeline.toBuffer();
  const seen = sharp(buffer).autoOrient().flatten({ background: "#fff" }).toColourspace("srgb");
  return { name, mimeType: "", buffer, seen: await seen.png().toBuffer() };
}

/** The picture, then black. */
async function frames(first: Sharp): Promise<Sharp> {
  const black = sharp({ create: { width: 640, height: 480, channels: 3, background: "#000" } });
  const both = await Promise.all([first.clone(), black].map((frame) => frame.png().toBuffer()));
  return sharp(both, { join: { animated: true } });
}

/** Rows from below, blue first, each filled up to four bytes. */
async function bitmap(picture: Sharp): Promise<Buffer> {
  const { data, info } = await picture.clone().raw().toBuffer({ resolveWithObject: true });
  const row = Math.ceil((info.width * 3) / 4) * 4;
  const file = Buffer.alloc(54 + row * info.height);
  file.write("BM", 0, "latin1");
  file.writeUInt32LE(file.length, 2);
  file.writeUInt32LE(54, 10);
  file.writeUInt32LE(40, 14);
  file.writeInt32LE(info.width, 18);
  file.writeInt32LE(info.height, 22);
  file.writeUInt16LE(1, 26);
  file.writeUInt16LE(24, 28);
  for (let y = 0; y < info.height; y++) {
    for (let x = 0; x < info.width; x++) {
      const from = (y * info.width + x) * 3;
      const pixel = [data[from + 2] ?? 0, data[from + 1] ?? 0, data[from] ?? 0];
      file.set(pixel, 54 + (info.height - 1 - y) * row + x * 3);
    }
  }
  return file;
}

/** Its first frame is the picture itself, its second black. */
async function animatedPng(picture: Sharp): Promise<{ buffer: Buffer }> {
  const png = await picture.clone().png().toBuffer();
  const { width = 0, height = 0 } = await sharp(png).metadata();
  const control = (frame: number) => {
    const data = Buffer.alloc(26);
    [frame, width, height].forEach((value, at) => {
      data.writeUInt32BE(value, at * 4);
    });
    data.writeUInt16BE(1, 20);
    data.writeUInt16BE(10, 22);
    return chunk("fcTL", data);
  };
  const twice = Buffer.alloc(8);
  twice.writeUInt32BE(2);
  const pixels = png.indexOf("IDAT") - 4;
  const end = png.indexOf("IEND") - 4;
  const black = Buffer.concat([
    Buffer.from([0, 0, 0, 2]),
    deflateSync(Buffer.alloc((width * 3 + 1) * height)),
  ]);
  return {
    buffer: Buffer.concat([
      png.subarray(0, pixels),
      chunk("acTL", twice),
      control(0),
      png.subarray(pixels, end),
      control(1),
      chunk("fdAT", black),
      png.subarray(end),
    ]),
  };
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const whole = Buffer.alloc(body.length + 8);
  whole.writeUInt32BE(data.length);
  body.copy(whole, 4);
  whole.writeUInt32BE(crc32(body), body.length + 4);
  return whole;
}

/** The four quarters that telephone.heic was made of, darker to the left. */
async function telephone(): Promise<FormatFile> {
  const [width, height] = [320, 240];
  const data = Buffer.alloc(width * height * 3);
  const QUARTERS = [
    [220, 30, 30],
    [30, 180, 30],
    [30, 30, 220],
    [230, 220, 40],
  ];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const colour = QUARTERS[(y < height / 2 ? 0 : 2) + (x < width / 2 ? 0 : 1)] ?? [];
      data.set(
        colour.map((value) => Math.round(value * (0.6 + (0.4 * x) / width))),
        (y * width + x) * 3,
      );
    }
  }
  const buffer = readFileSync(join(import.meta.dirname, "telephone.heic"));
  const seen = await sharp(data, { raw: { width, height, channels: 3 } })
    .png()
    .toBuffer();
  return { name: "telephone.heic", mimeType: "image/heic", buffer, seen, least: 0.9 };
}
