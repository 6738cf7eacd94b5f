import { describe, expect, test } from "vitest";
import { isPlain } from "./file/pieces";
import { modelImage } from "./model-image";
import * as pictures from "./testing/pictures";
import { quarters } from "./testing/pictures";

const refusal = (bytes: Uint8Array) =>
  modelImage(bytes).then(
    () => "accepted",
    (error) => error.details?.reason ?? error,
  );

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
