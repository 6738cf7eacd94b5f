import fc from "fast-check";
import sharp from "sharp";
import { expect, test } from "vitest";
import { fromCamera, noise, quarters } from "../testing/pictures";
import { readHeader } from "./header";
import { isPlain, piecesOf, withoutMetadata } from "./pieces";

const make = {
  "image/jpeg": () => quarters(301, 77).jpeg(),
  "image/png": () => quarters(301, 77).png(),
  "image/webp": () => quarters(301, 77).webp(),
  "image/avif": () => quarters(301, 77).avif(),
  "image/gif": () => quarters(301, 77).gif(),
  "image/tiff": () => quarters(301, 77).tiff(),
};
const types = Object.keys(make) as (keyof typeof make)[];
const written = async (type: keyof typeof make) => new Uint8Array(await make[type]().toBuffer());

test.each(types)("the header of %s tells type and size", async (type) => {
  expect(readHeader(await written(type))).toEqual({ type, width: 301, height: 77 });
});

test.each([
  ["lossless WebP", () => quarters(1000, 77).webp({ lossless: true }), "image/webp"],
  ["WebP with alpha", () => quarters(1000, 77).ensureAlpha(0.5).webp(), "image/webp"],
  ["progressive JPEG", () => quarters(1000, 77).jpeg({ progressive: true }), "image/jpeg"],
  ["AVIF in tiles", () => quarters(1000, 77).avif({ effort: 0 }), "image/avif"],
])("the header of a %s tells the size", async (_name, picture, type) => {
  expect(readHeader(await picture().toBuffer())).toEqual({ type, width: 1000, height: 77 });
});

test("a BMP's height may be negative, a HEIC is told from an AVIF", () => {
  const bmp = new DataView(new ArrayBuffer(54));
  bmp.setUint16(0, 0x424d);
  bmp.setInt32(18, 640, true);
  bmp.setInt32(22, -480, true);
  expect(readHeader(new Uint8Array(bmp.buffer))).toEqual({ type: "image/bmp", width: 640, height: 480 });
  const heic = Buffer.from("\0\0\0\x18ftypheic\0\0\0\0mif1heic", "latin1");
  expect(readHeader(heic)).toEqual({ type: "image/heic", width: 0, height: 0 });
});

test.each([
  [1, 301, 77],
  [3, 301, 77],
  [5, 77, 301],
  [6, 77, 301],
  [8, 77, 301],
])("with orientation %i the size is %i x %i", async (orientation, width, height) => {
  const camera = await fromCamera(quarters(301, 77), orientation);
  expect(readHeader(camera)).toEqual({ type: "image/jpeg", width, height });
});

test.each(["", "x", "<html>", "GIF", "%PDF-1.7", "\0\0\0\x18ftypmp42\0\0\0\0isom"])(
  "%j is no picture",
  (text) => {
    expect(readHeader(Buffer.from(text, "latin1"))).toBeNull();
  },
);

test("whatever the bytes are, reading them ends without an error", async () => {
  const samples = await Promise.all(types.map(written));
  const damaged = fc
    .tuple(
      fc.constantFrom(...samples),
      fc.nat(),
      fc.array(fc.tuple(fc.nat(400), fc.integer({ min: 0, max: 255 }))),
    )
    .map(([sample, length, changes]) => {
      const copy = sample.slice(0, length % (sample.length + 1));
      for (const [at, value] of changes) if (at < copy.length) copy[at] = value;
      return copy;
    });
  fc.assert(
    fc.property(fc.oneof(damaged, fc.uint8Array({ maxLength: 600 })), (bytes) => {
      readHeader(bytes);
      isPlain(withoutMetadata(bytes));
    }),
    { numRuns: 500 },
  );
});

test("a picture is read the same from the middle of a larger buffer", async () => {
  for (const type of types) {
    const bytes = await written(type);
    const within = new Uint8Array(bytes.length + 20).fill(0xff);
    within.set(bytes, 10);
    expect(readHeader(within.subarray(10, 10 + bytes.length))).toEqual(readHeader(bytes));
    expect(piecesOf(within.subarray(10, 10 + bytes.length))).toEqual(piecesOf(bytes));
  }
});

test("taking the metadata away leaves every pixel", async () => {
  const picture = noise(80, 60);
  for (const format of ["jpeg", "png"] as const) {
    const bytes = new Uint8Array(await picture.clone().withMetadata({ orientation: 3 })[format]().toBuffer());
    expect(isPlain(bytes)).toBe(false);
    const bare = withoutMetadata(bytes);
    expect(isPlain(bare)).toBe(true);
    const [before, after] = await Promise.all([bytes, bare].map((each) => pixelsOf(each)));
    expect(after).toEqual(before);
  }
});

test("a file cut short is not plain, at whatever byte", async () => {
  for (const type of ["image/jpeg", "image/png", "image/webp"] as const) {
    const bytes = withoutMetadata(await written(type));
    expect(isPlain(bytes)).toBe(true);
    for (let length = 0; length < bytes.length; length++)
      expect(isPlain(bytes.subarray(0, length))).toBe(false);
  }
});

function pixelsOf(bytes: Uint8Array): Promise<Buffer> {
  return sharp(bytes).raw().toBuffer();
}
