import { crc32, deflateSync } from "node:zlib";
import sharp from "sharp";
import { blackTiff, type TiffKind } from "../../lib/images/testing/tiff.ts";
import { giant, type PictureFile, photo, screenshot, textFile, truncated } from "./pictures.ts";

/** `status`: what POST /api/images answers. */
export interface CorpusFile extends PictureFile {
  status: 201 | 400 | 413;
}

/**
 * Everything hostile that a test can make: empty, cut, lying about its size, its kind or its length, small files
 * with as many pixels as are let in, and with more. A function each, so that only one is in memory at a time.
 */
export const CORPUS: Record<string, () => Promise<CorpusFile>> = {
  "zero bytes": async () => ({ ...textFile("empty.png", "image/png", ""), status: 400 }),
  "text called PNG": async () => ({ ...textFile("text.png", "image/png", "no picture"), status: 400 }),
  "a page called JPEG": async () => ({ ...textFile("page.jpg", "image/jpeg", PAGE), status: 400 }),
  SVG: async () => ({ ...textFile("x.svg", "image/svg+xml", SVG), status: 400 }),
  "SVG bomb called PNG": async () => ({ ...textFile("bomb.png", "image/png", laughs()), status: 400 }),
  PDF: async () => ({ ...textFile("x.pdf", "application/pdf", "%PDF-1.7\n%%EOF"), status: 400 }),
  "cut JPEG": async () => ({ ...(await truncated("cut.jpg")), status: 400 }),
  "cut PNG": async () => cut(await screenshot("cut.png", 800, 600), 0.6),
  "only a JPEG's first bytes": async () => cut(await photo("head.jpg", 64, 64), 0.02),
  "noise behind a JPEG's first bytes": async () => ({ ...(await noise()), status: 400 }),
  "PNG that claims 30000 x 30000": async () => ({ ...(await giant("a.png", 30_000, 30_000)), status: 400 }),
  "PNG that claims 2^31": async () => ({ ...(await giant("b.png", 2 ** 31 - 1, 2 ** 31 - 1)), status: 400 }),
  "PNG that claims nothing": async () => ({ ...(await giant("c.png", 0, 0)), status: 400 }),
  "PNG that claims what it has not": async () => ({ ...(await giant("d.png", 7_000, 7_000)), status: 400 }),
  "GIF that claims 65535 x 65535": async () => made("e.gif", "image/gif", giantGif(), 400),
  "JPEG that claims 65535 x 65535": async () => ({ ...(await giantJpeg()), status: 400 }),
  "PNG of 100 million white pixels": async () => made("f.png", "image/png", await white(10_000, "png"), 400),
  "PNG of 49 million white pixels": async () => made("g.png", "image/png", await white(7_000, "png"), 201),
  "JPEG of 49 million pixels": async () => made("h.jpg", "image/jpeg", await white(7_000, "jpeg"), 201),
  "WebP of 49 million pixels": async () => made("i.webp", "image/webp", await white(7_000, "webp"), 201),
  "progressive JPEG of 49 million pixels": async () =>
    made("p.jpg", "image/jpeg", await interlaced("jpeg"), 400),
  "interlaced PNG of 49 million pixels": async () => made("q.png", "image/png", await interlaced("png"), 400),
  "GIF of 49 million pixels": async () => made("r.gif", "image/gif", await white(7_000, "gif"), 400),
  "progressive JPEG of 15 million pixels": async () =>
    made("u.jpg", "image/jpeg", await interlaced("jpeg", 3_900), 201),
  "interlaced PNG of 15 million pixels": async () =>
    made("v.png", "image/png", await interlaced("png", 3_900), 201),
  "GIF of 15 million pixels": async () => made("w.gif", "image/gif", await white(3_900, "gif"), 201),
  "TIFF of 49 million pixels": async () => made("s.tiff", "image/tiff", await white(7_000, "tiff"), 201),
  "TIFF of 49 million floats in planes": async () =>
    tiff("x.tiff", { ...LARGE, ...FLOATS, planar: true }, 400),
  "TIFF of 49 million pixels in planes": async () =>
    tiff("y.tiff", { ...LARGE, bits: 16, planar: true }, 400),
  "TIFF of 49 million floats": async () => tiff("z.tiff", { ...LARGE, bits: 32, float: true }, 400),
  "TIFF of 49 million floats in tiles": async () => tiff("za.tiff", { ...LARGE, ...FLOATS, tile: 1024 }, 400),
  "TIFF of 24 million floats": async () =>
    tiff("zb.tiff", { width: 4_900, height: 4_900, bits: 32, float: true }, 201),
  "lossless WebP of 49 million pixels": async () => made("zc.webp", "image/webp", await stripes(7_000), 400),
  "lossless WebP of 25 million pixels": async () => made("zd.webp", "image/webp", await stripes(5_000), 201),
  "PNG of deep and very wide lines": async () =>
    made("ze.png", "image/png", await deepBar(49_000, 1_000), 400),
  "AVIF of 12 million pixels": async () => made("t.avif", "image/avif", await white(3_500, "avif"), 400),
  "AVIF of 6 million pixels": async () => made("zf.avif", "image/avif", await white(2_500, "avif"), 201),
  "a thousand frames": async () => made("j.gif", "image/gif", await animation(1_000), 201),
  "PNG with a text of 200 MB": async () => made("k.png", "image/png", await textBomb(), 201),
  "PNG with a profile of 200 MB": async () => made("l.png", "image/png", await profileBomb(), 201),
  "one pixel high": async () => made("m.png", "image/png", await bar(40_000, 1), 400),
  "24 MB of noise": async () => made("n.jpg", "image/jpeg", Buffer.alloc(24 * 1024 * 1024, 7), 400),
  "more than 25 MB": async () => made("o.jpg", "image/jpeg", Buffer.alloc(26 * 1024 * 1024, 7), 413),
};

const PAGE = "<!doctype html><script>alert(1)</script>";
const SVG = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';

const made = (name: string, mimeType: string, buffer: Buffer, status: CorpusFile["status"]): CorpusFile => {
  return { name, mimeType, buffer, status };
};

const cut = ({ buffer, ...file }: PictureFile, share: number): CorpusFile => {
  return { ...file, buffer: buffer.subarray(0, Math.ceil(buffer.length * share)), status: 400 };
};

/** XML entities that would grow tenfold nine times. */
function laughs(): string {
  const entities = Array.from({ length: 9 }, (_, n) => `<!ENTITY l${n + 1} "${`&l${n};`.repeat(10)}">`);
  return `<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY l0 "ha">${entities.join("")}]><svg>&l9;</svg>`;
}

async function noise(): Promise<PictureFile> {
  const { buffer, ...file } = await photo("noise.jpg", 200, 200);
  return { ...file, buffer: Buffer.concat([buffer.subarray(0, 200), Buffer.alloc(50_000, 0x5a)]) };
}

function giantGif(): Buffer {
  const head = Buffer.from("GIF89a\xff\xff\xff\xff\x00\x00\x00", "latin1");
  return Buffer.concat([
    head,
    Buffer.from(",\x00\x00\x00\x00\xff\xff\xff\xff\x00\x02\x02\x4c\x01\x00;", "latin1"),
  ]);
}

/** The frame header's sizes overwritten. */
async function giantJpeg(): Promise<PictureFile> {
  const file = await photo("giant.jpg", 64, 64);
  const frame = file.buffer.indexOf(Buffer.from([0xff, 0xc0]));
  file.buffer.fill(0xff, frame + 5, frame + 9);
  return file;
}

/** Such a one must be decoded whole before its first line is known. */
const interlaced = async (format: "png" | "jpeg", edge = 7_000): Promise<Buffer> =>
  sharp(await white(edge, "png"))
    .toFormat(format, { progressive: true, chromaSubsampling: "4:4:4" })
    .toBuffer();

const white = (edge: number, format: "png" | "jpeg" | "webp" | "gif" | "tiff" | "avif"): Promise<Buffer> =>
  sharp({ create: { width: edge, height: edge, channels: 3, background: "#fff" }, limitInputPixels: false })
    .toFormat(format, format === "avif" ? { effort: 0 } : {})
    .toBuffer();

const LARGE = { width: 7_000, height: 7_000 };
const FLOATS = { bits: 32, float: true, samples: 4 } as const;

const tiff = (name: string, kind: TiffKind, status: CorpusFile["status"]): CorpusFile =>
  made(name, "image/tiff", blackTiff(kind), status);

/** Grows from dark to light again and again: without loss some kilobytes, and each pixel held while it is read. */
const stripes = (edge: number): Promise<Buffer> =>
  sharp(
    Buffer.alloc(edge * edge).map((_, at) => (at % edge) >> 5),
    { raw: { width: edge, height: edge, channels: 1 } },
  )
    .webp({ lossless: true, effort: 0 })
    .toBuffer();

async function animation(frames: number): Promise<Buffer> {
  const pixels = Buffer.alloc(64 * 64 * frames * 3).map((_, at) => Math.floor(at / (64 * 64 * 3)) % 256);
  return sharp(pixels, { raw: { width: 64, height: 64 * frames, channels: 3, pageHeight: 64 } })
    .gif()
    .toBuffer();
}

const bar = (width: number, height: number): Promise<Buffer> =>
  sharp({ create: { width, height, channels: 3, background: "#888" } })
    .png()
    .toBuffer();

const deepBar = (width: number, height: number): Promise<Buffer> =>
  sharp({ create: { width, height, channels: 4, background: "#888" } })
    .toColourspace("rgb16")
    .png()
    .toBuffer();

/** Texts and profiles in a PNG are packed: 200 MB of one letter take 200 KB. */
const packed = () => deflateSync(Buffer.alloc(200 * 1024 * 1024, 97));

const textBomb = () => withChunk("zTXt", Buffer.concat([Buffer.from("Comment\0\0", "latin1"), packed()]));
const profileBomb = () => withChunk("iCCP", Buffer.concat([Buffer.from("Profile\0\0", "latin1"), packed()]));

async function withChunk(type: string, data: Buffer): Promise<Buffer> {
  const { buffer } = await screenshot("x.png", 64, 64);
  const typeAndData = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32BE(crc32(typeAndData));
  // After the header, which ends at 33.
  return Buffer.concat([buffer.subarray(0, 33), length, typeAndData, checksum, buffer.subarray(33)]);
}
