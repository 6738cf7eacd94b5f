import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { removedFrom } from "./removed";
import { pngChunk, quarters, withChunks } from "./testing/pictures";

const CAMERA = {
  IFD0: { Make: "Maker", Model: "Model", DateTime: "2026:11:23 10:00:00", Artist: "Ada", Software: "v1" },
  IFD3: { GPSLatitudeRef: "N", GPSLatitude: "52/1 31/1 12/1" },
};
const SAID = ["location", "camera", "date", "author", "software"];
const XMP =
  '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf exif:GPSLatitude="52" tiff:Make="M" dc:description="d"/></x:xmpmeta>';
const small = () => quarters(32, 32);

describe("88 what is taken out of a file is named", () => {
  test.each([
    ["JPEG", "image/jpeg", () => small().jpeg().withExif(CAMERA)],
    ["PNG", "image/png", () => small().png().withExif(CAMERA)],
    ["WebP", "image/webp", () => small().webp().withExif(CAMERA)],
    ["AVIF", "image/avif", () => small().avif({ effort: 0 }).withExif(CAMERA)],
  ] as const)("EXIF of a %s", async (_name, type, make) => {
    expect(removedFrom(await make().toBuffer(), type)).toEqual(expect.arrayContaining(SAID));
  });

  test.each([
    ["JPEG", "image/jpeg", () => small().jpeg().withXmp(XMP)],
    ["WebP", "image/webp", () => small().webp().withXmp(XMP)],
    ["AVIF", "image/avif", () => small().avif({ effort: 0 }).withXmp(XMP)],
  ] as const)("XMP of a %s", async (_name, type, make) => {
    expect(removedFrom(await make().toBuffer(), type)).toEqual(["location", "camera", "text"]);
  });

  test("a TIFF, which is built as EXIF is", async () => {
    const { exif } = await sharp(await small().jpeg().withExif(CAMERA).toBuffer()).metadata();
    const tiff = Uint8Array.from(exif?.subarray("Exif__".length) ?? []);
    expect(removedFrom(tiff, "image/tiff")).toEqual(expect.arrayContaining(SAID));
  });

  test("XMP of a PNG, in words where it is not packed", async () => {
    const png = await small().png().toBuffer();
    const text = pngChunk("iTXt", Buffer.from(`XML:com.adobe.xmp\0\0\0\0\0${XMP}`, "latin1"));
    expect(removedFrom(withChunks(png, text), "image/png")).toEqual(["location", "camera", "text"]);
    const packed = await small().png().withXmp(XMP).toBuffer();
    expect(removedFrom(packed, "image/png")).toEqual(["other"]);
  });

  test.each([
    ["JPEG", "image/jpeg", () => small().jpeg().withIccProfile("p3")],
    ["PNG", "image/png", () => small().png().withIccProfile("p3")],
    ["WebP", "image/webp", () => small().webp().withIccProfile("p3")],
    ["AVIF", "image/avif", () => small().avif({ effort: 0 }).withIccProfile("p3")],
  ] as const)("the colour profile of a %s", async (_name, type, make) => {
    expect(removedFrom(await make().toBuffer(), type)).toEqual(["profile"]);
  });

  test.each([
    ["Author", "author"],
    ["Software", "software"],
    ["Creation Time", "date"],
    ["parameters", "text"],
  ])("a PNG's text %s", async (keyword, said) => {
    const text = pngChunk("tEXt", Buffer.from(`${keyword}\0something`, "latin1"));
    expect(removedFrom(withChunks(await small().png().toBuffer(), text), "image/png")).toEqual([said]);
  });

  test("IPTC, a comment, and what hides behind a JPEG's end", async () => {
    const jpeg = await small().jpeg().toBuffer();
    const iptc = Buffer.from("Photoshop 3.0\0\x1c\x02\x50\0\x03Ada\x1c\x02\x5a\0\x04Kiel", "latin1");
    const withAll = Buffer.concat([
      jpeg.subarray(0, 2),
      segment(0xed, iptc),
      segment(0xfe, Buffer.from("a comment")),
      jpeg.subarray(2),
      Buffer.from("PK\x03\x04 a whole archive"),
    ]);
    expect(removedFrom(withAll, "image/jpeg")).toEqual(["location", "author", "text", "hidden"]);
  });

  test("the brightness map of a telephone's JPEG", async () => {
    const xmp = `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf hdrgm:Version="1.0"/></x:xmpmeta>`;
    const jpeg = await small().jpeg().withXmp(xmp).toBuffer();
    const map = await sharp(jpeg).resize(8).jpeg().toBuffer();
    expect(removedFrom(Buffer.concat([jpeg, map]), "image/jpeg")).toEqual(["gain-map", "hidden"]);
  });

  test.each(["jpeg", "png", "webp", "gif"] as const)("of a plain %s nothing", async (format) => {
    const bytes = await small().toFormat(format).toBuffer();
    expect(removedFrom(bytes, `image/${format}`)).toEqual([]);
  });

  test("damaged metadata says what it can and never fails", async () => {
    const whole = await small().jpeg().withExif(CAMERA).withXmp(XMP).toBuffer();
    for (let length = 0; length < whole.length; length += 7) {
      expect(Array.isArray(removedFrom(whole.subarray(0, length), "image/jpeg"))).toBe(true);
    }
  });
});

function segment(marker: number, data: Buffer): Buffer {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(data.length + 2, 2);
  return Buffer.concat([head, data]);
}
