import { deflateSync } from "node:zlib";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { isModelReady } from "./encoding";
import { isPlain, withoutMetadata } from "./file/pieces";
import { modelImage } from "./model-image";
import * as pictures from "./testing/pictures";
import { BLUE, colourAt, distance, GREEN, quarters, RED, SECRET, YELLOW } from "./testing/pictures";

const WHITE = [255, 255, 255];

describe("what the model sees", () => {
  test("a large picture is drawn onto the grid", async () => {
    const image = await modelImage(await quarters(2000, 1500).jpeg().toBuffer());
    expect(image).toMatchObject({ contentType: "image/jpeg", width: 1540, height: 1176, tokens: 2352 });
    expect(await sharp(image.bytes).metadata()).toMatchObject({ width: 1540, height: 1176, format: "jpeg" });
  });

  test("a picture that fits keeps its size", async () => {
    const image = await modelImage(await quarters(301, 77).webp({ quality: 80 }).toBuffer());
    expect(image).toMatchObject({ width: 301, height: 77, tokens: 3 * 12 });
  });

  test.each([
    ["a JPEG", () => quarters(800, 600).jpeg({ quality: 90 }), "image/jpeg"],
    ["a progressive JPEG", () => quarters(1540, 1176).jpeg({ progressive: true }), "image/jpeg"],
    ["a grey JPEG", () => quarters(64, 64).greyscale().jpeg(), "image/jpeg"],
    ["a PNG", () => quarters(800, 600).png(), "image/png"],
    ["a PNG with a palette", () => quarters(800, 600).png({ palette: true }), "image/png"],
    ["a PNG whose alpha is opaque everywhere", () => quarters(80, 60).ensureAlpha().png(), "image/png"],
    ["a WebP", () => quarters(800, 600).webp(), "image/webp"],
    ["a lossless WebP", () => quarters(800, 600).webp({ lossless: true }), "image/webp"],
  ])("%s that is ready for the model stays byte for byte", async (_name, make, contentType) => {
    // sharp writes a density into every PNG, which a browser does not.
    const bytes = withoutMetadata(new Uint8Array(await make().toBuffer()));
    const image = await modelImage(bytes);
    expect(image.contentType).toBe(contentType);
    expect(Buffer.compare(image.bytes, bytes)).toBe(0);
  });

  test.each([
    ["AVIF", () => quarters(400, 300).avif({ quality: 90 }), "image/jpeg"],
    ["GIF", () => quarters(400, 300).gif(), "image/png"],
    ["TIFF", () => quarters(400, 300).tiff({ compression: "lzw" }), "image/png"],
    ["16 bits", () => quarters(400, 300).toColourspace("rgb16").png(), "image/png"],
    ["CMYK", () => quarters(400, 300).toColourspace("cmyk").jpeg({ quality: 95 }), "image/jpeg"],
    ["grey with 16 bits", () => quarters(400, 300).toColourspace("grey16").png(), "image/png"],
  ])("%s is converted, in its own colours", async (name, make, contentType) => {
    const image = await modelImage(await make().toBuffer());
    expect(image).toMatchObject({ contentType, width: 400, height: 300 });
    expect(await sharp(image.bytes).metadata()).toMatchObject({
      depth: "uchar",
      hasAlpha: false,
      space: "srgb",
    });
    if (name.startsWith("grey")) return;
    // CMYK cannot print every colour: it comes back near, not equal.
    const near = name === "CMYK" ? 100 : 12;
    expect(distance(await colourAt(image.bytes, 0.25, 0.25), RED)).toBeLessThan(near);
    expect(distance(await colourAt(image.bytes, 0.75, 0.25), GREEN)).toBeLessThan(near);
    expect(distance(await colourAt(image.bytes, 0.25, 0.75), BLUE)).toBeLessThan(near);
    expect(distance(await colourAt(image.bytes, 0.75, 0.75), YELLOW)).toBeLessThan(near);
  });

  test("a wide-gamut profile is converted to sRGB, not just dropped", async () => {
    // Pure Display P3 green, in numbers (0, 255, 0), lies outside sRGB; mid-tones shift visibly too.
    const p3 = await quarters(200, 200).withIccProfile("p3").jpeg({ quality: 95 }).toBuffer();
    const image = await modelImage(p3);
    // withIccProfile converted sRGB to P3 numbers; converting back must give the first colours.
    expect(distance(await colourAt(image.bytes, 0.25, 0.25), RED)).toBeLessThan(12);
    expect(isPlain(image.bytes)).toBe(true);
  });

  test("what is transparent is white", async () => {
    const clear = { r: 10, g: 20, b: 30, alpha: 0 };
    const png = await sharp({ create: { width: 90, height: 40, channels: 4, background: clear } })
      .png()
      .toBuffer();
    const image = await modelImage(png);
    expect(await colourAt(image.bytes, 0.5, 0.5)).toEqual(WHITE);
    expect((await sharp(image.bytes).metadata()).hasAlpha).toBe(false);
  });

  test("of an animation it is the first frame", async () => {
    const frames = await Promise.all(
      [RED, BLUE].map(([r, g, b]) =>
        sharp({ create: { width: 60, height: 40, channels: 3, background: { r, g, b } } })
          .png()
          .toBuffer(),
      ),
    );
    for (const animation of [
      await sharp(frames, { join: { animated: true } })
        .gif()
        .toBuffer(),
      await sharp(frames, { join: { animated: true } })
        .webp({ lossless: true })
        .toBuffer(),
    ]) {
      const image = await modelImage(animation);
      expect(image).toMatchObject({ width: 60, height: 40 });
      expect(distance(await colourAt(image.bytes, 0.5, 0.5), RED)).toBeLessThan(12);
    }
  });

  test("a drawing stays without loss, a photograph as PNG becomes JPEG", async () => {
    expect((await modelImage(await quarters(2000, 1000).png().toBuffer())).contentType).toBe("image/png");
    expect((await modelImage(await pictures.noise(1600, 1000).png().toBuffer())).contentType).toBe(
      "image/jpeg",
    );
  });

  test("what it makes, it takes as it is", async () => {
    for (const bytes of [
      await pictures.noise(1600, 1000).png().toBuffer(),
      await quarters(2000, 1000).png().toBuffer(),
      await pictures.fromCamera(quarters(300, 200), 6),
    ]) {
      const first = await modelImage(bytes);
      expect(isModelReady(first.bytes)).toBe(true);
      const second = await modelImage(first.bytes);
      expect(Buffer.compare(second.bytes, first.bytes)).toBe(0);
    }
  });
});

describe("threat 88: metadata", () => {
  test.each([
    [1, RED, GREEN],
    [3, YELLOW, BLUE],
    [6, BLUE, RED],
    [8, GREEN, YELLOW],
  ])(
    "88 a camera's picture with orientation %i is upright, place and owner gone",
    async (orientation, topLeft, topRight) => {
      const camera = await pictures.fromCamera(quarters(300, 200), orientation);
      expect(camera.includes(SECRET)).toBe(true);
      expect((await sharp(camera).metadata()).orientation).toBe(orientation);

      const image = await modelImage(camera);
      expect([image.width, image.height]).toEqual(orientation >= 5 ? [200, 300] : [300, 200]);
      expect(distance(await colourAt(image.bytes, 0.2, 0.2), topLeft)).toBeLessThan(14);
      expect(distance(await colourAt(image.bytes, 0.8, 0.2), topRight)).toBeLessThan(14);
      await expectNoMetadata(image.bytes);
    },
  );

  test("88 text, EXIF, XMP and profile in a PNG are gone", async () => {
    const text = Buffer.from(`Comment\0${SECRET}`, "latin1");
    const international = Buffer.from(`XML:com.adobe.xmp\0\0\0\0\0<x>${SECRET}</x>`, "latin1");
    const png = pictures.withChunks(
      await quarters(90, 60).png().toBuffer(),
      pictures.pngChunk("tEXt", text),
      pictures.pngChunk("iTXt", international),
      pictures.pngChunk("zTXt", Buffer.concat([Buffer.from("Note\0\0"), deflateSync(SECRET)])),
      pictures.pngChunk("eXIf", Buffer.from(`MM\0*\0\0\0\x08\0\0\0\0\0\0${SECRET}`, "latin1")),
      pictures.pngChunk("tIME", Buffer.from([7, 234, 1, 1, 1, 1, 1])),
    );
    const image = await modelImage(png);
    await expectNoMetadata(image.bytes);
    expect(image.contentType).toBe("image/png");
  });

  test("88 EXIF and XMP in a WebP are gone", async () => {
    const webp = await quarters(90, 60)
      .withExif({ IFD0: { Copyright: SECRET } })
      .webp()
      .toBuffer();
    expect(webp.includes(SECRET)).toBe(true);
    await expectNoMetadata((await modelImage(webp)).bytes);
  });

  async function expectNoMetadata(bytes: Uint8Array): Promise<void> {
    expect(isPlain(bytes)).toBe(true);
    const { exif, xmp, icc, iptc, orientation, comments } = await sharp(bytes).metadata();
    expect({ exif, xmp, icc, iptc, orientation, comments }).toEqual({});
    const text = Buffer.from(bytes).toString("latin1");
    for (const trace of [SECRET, "Exif", "adobe", "ICC_PROFILE", "tEXt", "iTXt", "zTXt", "eXIf", "iCCP"]) {
      expect(text).not.toContain(trace);
    }
  }
});
