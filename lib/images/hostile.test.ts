import { readFileSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { isPlain } from "./file/pieces";
import { readTiffBands } from "./file/tiff";
import { modelImage } from "./model-image";
import * as pictures from "./testing/pictures";
import { quarters } from "./testing/pictures";
import { blackTiff } from "./testing/tiff";

const refusal = (bytes: Uint8Array) =>
  modelImage(bytes).then(
    () => "accepted",
    (error) => error.details?.reason ?? error,
  );

/** As iPhones make them, 320 x 240. */
const heic = readFileSync(join(import.meta.dirname, "../../e2e/support/telephone.heic"));

describe("threat 94: HEIC", () => {
  test("94 has no decoder here, and is refused by its format, however large it claims to be", async () => {
    const giant = Buffer.from(heic);
    for (let at = giant.indexOf("ispe"); at >= 0; at = giant.indexOf("ispe", at + 1)) {
      giant.fill(0x7f, at + 8, at + 16);
    }
    const before = process.memoryUsage().rss;
    for (let i = 0; i < 50; i++) {
      expect(await refusal(heic)).toBe("unsupported-format");
      expect(await refusal(giant)).toBe("unsupported-format");
    }
    expect(process.memoryUsage().rss - before).toBeLessThan(50_000_000);
  });

  test("94 that calls itself AVIF is damaged, for there is nothing to decode it with", async () => {
    const liar = Buffer.from(heic.toString("latin1").replaceAll("heic", "avif"), "latin1");
    expect(await refusal(liar)).toBe("damaged");
  });
});

describe("threat 84: giants", () => {
  test.each([
    ["a PNG", () => pictures.claimedPng(30_000, 30_000)],
    ["a PNG of the greatest size there is", () => pictures.claimedPng(0x7fffffff, 0x7fffffff)],
    ["a GIF", () => Buffer.concat([Buffer.from("GIF89a"), Buffer.alloc(4, 0xff), Buffer.alloc(20)])],
    ["a JPEG", async () => claimedJpeg(await quarters(16, 16).jpeg().toBuffer(), 60_000, 60_000)],
    ["an AVIF", async () => claimedAvif(await quarters(16, 16).avif().toBuffer(), 5000, 5000)],
    ["a WebP", async () => claimedWebp(await quarters(16, 16).ensureAlpha(0.5).webp().toBuffer())],
  ])("84 %s that claims too many pixels is refused from its header", async (_name, make) => {
    expect(await refusal(await make())).toBe("too-many-pixels");
  });

  test.each([
    ["a progressive JPEG", async () => claimedJpeg(await progressive(), 5000, 4000)],
    ["a JPEG of several scans", async () => claimedJpeg(twoScans(await plain()), 5000, 4000)],
    ["an interlaced PNG", async () => inPasses(pictures.claimedPng(5000, 4000))],
    ["a GIF", () => Buffer.concat([Buffer.from("GIF89a"), Buffer.from([0x88, 0x13, 0xa0, 0x0f, 0, 0, 0])])],
  ])("84 %s of 20 million pixels, which would be decoded whole, is refused", async (_name, make) => {
    expect(await refusal(await make())).toBe("too-many-pixels");
  });

  test.each([
    [
      "a TIFF of four planes of floats",
      () => blackTiff({ ...large, planar: true, samples: 4, bits: 32, float: true }),
    ],
    ["a TIFF of four planes of 16 bits", () => blackTiff({ ...large, planar: true, samples: 4, bits: 16 })],
    ["a TIFF of three planes", () => blackTiff({ ...large, planar: true })],
    ["a TIFF of floats side by side", () => blackTiff({ ...large, bits: 32, float: true })],
    [
      "a TIFF of floats in high tiles",
      () => blackTiff({ ...large, bits: 32, float: true, samples: 4, tile: 1024 }),
    ],
    ["a PNG of deep and very wide lines", () => pictures.claimedPng(49_000, 1000, [16, 6])],
    ["an AVIF of 12 million pixels", () => blackAvif(4032, 3024, "4:2:0")],
    ["an AVIF of 8 million pixels in full colours", () => blackAvif(3840, 2160, "4:4:4")],
    ["an AVIF of 8 million deep pixels", () => blackAvif(3840, 2160, "4:2:0", 10)],
    ["a deep interlaced PNG", () => inPasses(pictures.claimedPng(3900, 3900, [16, 6]))],
    ["a lossless WebP", async () => claimedLossless(await lossless().toBuffer(), 7000)],
    [
      "an extended lossless WebP",
      async () => claimedLossless(await lossless().withIccProfile("p3").toBuffer(), 7000),
    ],
    ["a moving WebP", moving],
  ])("84, 94 %s that is small and would take more than 150 MB is refused", async (_name, make) => {
    const bytes = await make();
    expect(bytes.length).toBeLessThan(1_000_000);
    expect(await refusal(bytes)).toBe("too-many-pixels");
  });

  test.each([
    ["a TIFF in strips", () => blackTiff({ ...large, rows: 16 })],
    ["a TIFF in a single strip", () => blackTiff(large)],
    ["a TIFF of low planes", () => blackTiff({ ...large, planar: true, rows: 16 })],
    ["a TIFF in tiles", () => blackTiff({ ...large, tile: 256 })],
    [
      "a TIFF of floats, 24 million of them",
      () => blackTiff({ width: 4900, height: 4900, bits: 32, float: true }),
    ],
    ["an AVIF as large as large screens", () => blackAvif(3840, 2160, "4:2:0")],
    ["a telephone's JPEG of 48 million pixels", async () => claimedJpeg(await plain(), 8064, 6048)],
  ])("%s is taken, for it is read bit by bit", async (_name, make) => {
    expect(await refusal(await make())).toBe("accepted");
  });

  test("a TIFF that says twice how it lies counts as the worse", async () => {
    const twice = blackTiff({ ...large, rows: 16 });
    // In the place of the samples' format: once more where the planes lie.
    const format = twice.lastIndexOf(Buffer.from([83, 1, 3, 0]));
    twice.set([284 & 255, 1, 3, 0, 1, 0, 0, 0, 2, 0, 0, 0], format);
    expect(readTiffBands(twice)).toEqual({ rows: 16, byLine: false });
  });

  test("a lossless WebP of 25 million pixels goes on to the decoder", async () => {
    expect(await refusal(claimedLossless(await lossless().toBuffer(), 5000))).toBe("damaged");
  });

  const blackAvif = (width: number, height: number, chromaSubsampling: string, bitdepth?: 10) =>
    sharp({ create: { width, height, channels: 3, background: "#000" } })
      .avif({ effort: 0, chromaSubsampling, ...(bitdepth ? { bitdepth } : {}) })
      .toBuffer();

  const large = { width: 7000, height: 7000 };
  const lossless = () => quarters(16, 16).webp({ lossless: true });

  /** Its size stands before its pixels, and in the extended form at the beginning too. */
  function claimedLossless(webp: Buffer, edge: number): Buffer {
    const copy = Buffer.from(webp);
    const pixels = copy.indexOf("VP8L") + 9;
    copy.writeUInt32LE((copy.readUInt32LE(pixels) & 0xf0000000) | ((edge - 1) << 14) | (edge - 1), pixels);
    if (copy.toString("latin1", 12, 16) !== "VP8X") return copy;
    copy.writeUIntLE(edge - 1, 24, 3);
    copy.writeUIntLE(edge - 1, 27, 3);
    return copy;
  }

  /** 25 million pixels, of which the frames have only some. */
  async function moving(): Promise<Buffer> {
    const frames = await Promise.all(
      [quarters(16, 16), quarters(16, 16).negate()].map((one) => one.png().toBuffer()),
    );
    const webp = await sharp(frames, { join: { animated: true } })
      .webp()
      .toBuffer();
    webp.writeUIntLE(4999, 24, 3);
    webp.writeUIntLE(4999, 27, 3);
    return webp;
  }

  test("84 of pixels that are read line by line, more are let in", async () => {
    expect(await refusal(claimedJpeg(await plain(), 5000, 4000))).toBe("accepted");
    expect(await refusal(pictures.claimedPng(5000, 4000))).toBe("damaged");
  });

  const plain = () => quarters(16, 16).jpeg().toBuffer();
  const progressive = () => quarters(16, 16).jpeg({ progressive: true }).toBuffer();

  function twoScans(jpeg: Buffer): Buffer {
    const scan = jpeg.subarray(jpeg.indexOf(Buffer.from([0xff, 0xda])), -2);
    return Buffer.concat([jpeg.subarray(0, -2), scan, jpeg.subarray(-2)]);
  }

  function inPasses(png: Uint8Array): Uint8Array {
    const copy = Uint8Array.from(png);
    copy[28] = 1;
    return copy;
  }

  test("84 memory stays flat", async () => {
    const giant = pictures.claimedPng(30_000, 30_000);
    const before = process.memoryUsage().rss;
    for (let i = 0; i < 50; i++) expect(await refusal(giant)).toBe("too-many-pixels");
    expect(process.memoryUsage().rss - before).toBeLessThan(50_000_000);
  });

  test("84 the decoder's own limit holds where a header lies", async () => {
    // The pixels come from a second frame header that the size was not read from.
    const small = await quarters(16, 16).jpeg().toBuffer();
    const liar = Buffer.concat([
      small.subarray(0, 2),
      frameHeader(8, 8),
      claimedJpeg(small, 60_000, 60_000).subarray(2),
    ]);
    expect(await refusal(liar)).toMatch(/^(too-many-pixels|damaged)$/);
  });

  test.each([
    ["wide", 4000, 1],
    ["high", 1, 5000],
  ])("a picture too %s for the model is refused", async (_name, width, height) => {
    expect(await refusal(await quarters(width, height).png().toBuffer())).toBe("too-narrow");
  });

  function claimedJpeg(jpeg: Buffer, width: number, height: number): Buffer {
    const copy = Buffer.from(jpeg);
    const frame = Math.max(...[0xc0, 0xc2].map((marker) => copy.indexOf(Buffer.from([0xff, marker]))));
    copy.writeUInt16BE(height, frame + 5);
    copy.writeUInt16BE(width, frame + 7);
    return copy;
  }

  function frameHeader(width: number, height: number): Buffer {
    return Buffer.from([
      0xff,
      0xc0,
      0,
      11,
      8,
      height >> 8,
      height & 255,
      width >> 8,
      width & 255,
      1,
      1,
      0x11,
      0,
    ]);
  }

  function claimedAvif(avif: Buffer, width: number, height: number): Buffer {
    const copy = Buffer.from(avif);
    const size = copy.indexOf("ispe") + 8;
    copy.writeUInt32BE(width, size);
    copy.writeUInt32BE(height, size + 4);
    return copy;
  }

  function claimedWebp(webp: Buffer): Buffer {
    expect(webp.toString("latin1", 12, 16)).toBe("VP8X");
    const copy = Buffer.from(webp);
    copy.fill(0xff, 24, 30);
    return copy;
  }
});

describe("threat 85: not what it says", () => {
  const script = '<script>alert("x")</script>';

  test.each([
    ["an SVG", `<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>`, "unsupported-format"],
    [
      "an SVG behind a prologue",
      `<?xml version="1.0"?>\n<!-- x -->\n<!DOCTYPE svg>\n<svg/>`,
      "unsupported-format",
    ],
    ["HTML", `<!doctype html><p>${script}`, "not-an-image"],
    ["PDF", "%PDF-1.7\n1 0 obj", "not-an-image"],
    ["text", "just text", "not-an-image"],
    ["a Photoshop file", "8BPS\0\x01\0\0\0\0\0\0\0\x03", "unsupported-format"],
    ["an ImageMagick script", 'push graphic-context\nfill "url(https://127.0.0.1/)"', "not-an-image"],
    [
      "a NIfTI, FITS or other header that libvips knows",
      `SIMPLE  =                    T${" ".repeat(100)}`,
      "not-an-image",
    ],
  ])("85 %s is refused", async (_name, content, reason) => {
    expect(await refusal(Buffer.from(content, "latin1"))).toBe(reason);
  });

  test("85 HTML or PDF before a picture is refused", async () => {
    const jpeg = await quarters(32, 32).jpeg().toBuffer();
    expect(await refusal(Buffer.concat([Buffer.from(`<html>${script}`), jpeg]))).toBe("not-an-image");
    expect(await refusal(Buffer.concat([Buffer.from("%PDF-1.4\n"), jpeg]))).toBe("not-an-image");
  });

  test.each([
    [
      "behind a JPEG",
      async () => Buffer.concat([await quarters(32, 32).jpeg().toBuffer(), Buffer.from(script)]),
    ],
    [
      "behind a PNG",
      async () => Buffer.concat([await quarters(32, 32).png().toBuffer(), Buffer.from(script)]),
    ],
    [
      "behind a WebP",
      async () => Buffer.concat([await quarters(32, 32).webp().toBuffer(), Buffer.from(script)]),
    ],
    [
      "behind a GIF",
      async () => Buffer.concat([await quarters(32, 32).gif().toBuffer(), Buffer.from(script)]),
    ],
    ["in a JPEG's comment", async () => withComment(await quarters(32, 32).jpeg().toBuffer(), script)],
    [
      "in a PNG's chunk",
      async () =>
        pictures.withChunks(
          await quarters(32, 32).png().toBuffer(),
          pictures.pngChunk("htMl", Buffer.from(script)),
        ),
    ],
  ])("85 of a script %s nothing is kept", async (_name, make) => {
    const image = await modelImage(await make());
    expect(Buffer.from(image.bytes).includes("script")).toBe(false);
    expect(isPlain(image.bytes)).toBe(true);
  });

  function withComment(jpeg: Buffer, comment: string): Buffer {
    const segment = Buffer.concat([Buffer.from([0xff, 0xfe, 0, comment.length + 2]), Buffer.from(comment)]);
    return Buffer.concat([jpeg.subarray(0, 2), segment, jpeg.subarray(2)]);
  }
});

describe("broken pictures", () => {
  test("zero bytes", async () => {
    expect(await refusal(new Uint8Array())).toBe("empty");
  });

  test.each([
    ["JPEG", () => pictures.noise(300, 200).jpeg()],
    ["PNG", () => pictures.noise(300, 200).png()],
    ["WebP", () => pictures.noise(300, 200).webp()],
    ["AVIF", () => pictures.noise(300, 200).avif()],
    ["GIF", () => pictures.noise(300, 200).gif()],
    ["TIFF", () => pictures.noise(300, 200).tiff()],
  ])("a %s that ends early is damaged, wherever it ends", async (_name, make) => {
    const whole = await make().toBuffer();
    for (const share of [0.1, 0.5, 0.9]) {
      expect(await refusal(whole.subarray(0, Math.floor(whole.length * share)))).toBe("damaged");
    }
  });

  test("a few first bytes alone are damaged or nothing", async () => {
    const jpeg = await quarters(32, 32).jpeg().toBuffer();
    for (const length of [1, 2, 3, 4, 10, 20, 30]) {
      expect(await refusal(jpeg.subarray(0, length))).toMatch(/^(damaged|not-an-image)$/);
    }
  });

  test("pixels that do not inflate are damaged", async () => {
    const png = await pictures.noise(300, 200).png().toBuffer();
    expect(await refusal(png.fill(0, 1000, 2000))).toBe("damaged");
  });
});
