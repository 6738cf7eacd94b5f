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

  test.each([
    ["exif", "exif", SAID],
    ["exif of another make", "APP1", SAID],
    ["IPTC", "iptc", ["location", "author"]],
    ["XMP", "xmp", ["location", "camera", "text"]],
    ["XMP of another make", "APP1 with XMP", ["location", "camera", "text"]],
    ["a colour profile", "icc", ["profile"]],
    ["something unknown", "generic", ["other"]],
  ])("what ImageMagick writes into a PNG's text: %s", async (_name, type, said) => {
    const text = pngChunk("tEXt", Buffer.from(`Raw profile type ${await rawProfile(type)}`, "latin1"));
    const removed = removedFrom(withChunks(await small().png().toBuffer(), text), "image/png");
    expect(removed).toEqual(expect.arrayContaining(said));
    expect(removed).not.toContain(type === "xmp" || type === "APP1 with XMP" ? "other" : "text");
  });

  test.each(["zTXt", "tEXt"])(
    "of the same that cannot be read in a %s only that it was there",
    async (chunk) => {
      const text = pngChunk(chunk, Buffer.from("Raw profile type exif\0\0\x78\x9cpacked", "latin1"));
      expect(removedFrom(withChunks(await small().png().toBuffer(), text), "image/png")).toEqual(["other"]);
    },
  );

  test.each([
    ["a comment", gifBlock(0xfe, "Taken at home"), ["text"]],
    ["XMP", gifBlock(0xff, "XMP DataXMP", `${XMP}${XMP_END}`), ["location", "camera", "text"]],
    ["a colour profile", gifBlock(0xff, "ICCRGBG1012", "\x04acsp"), ["profile"]],
    ["what another program put there", gifBlock(0xff, "MAGPIE  1.0", "\x04note"), ["other"]],
  ])("of a GIF %s", async (_name, block, said) => {
    const gif = await small().gif().toBuffer();
    expect(removedFrom(withBlock(gif, block), "image/gif")).toEqual(said);
    const moving = await sharp([await small().png().toBuffer(), await small().negate().png().toBuffer()], {
      join: { animated: true },
    })
      .gif({ loop: 3 })
      .toBuffer();
    expect(removedFrom(moving, "image/gif")).toEqual([]);
    // Between the last frame and the end.
    const late = Buffer.concat([moving.subarray(0, -1), block, moving.subarray(-1)]);
    expect(removedFrom(late, "image/gif")).toEqual(said);
  });

  test("what hides behind the end of a GIF or BMP, and a BMP's colour profile", async () => {
    const gif = await small().gif().toBuffer();
    expect(removedFrom(Buffer.concat([gif, Buffer.from("PK an archive")]), "image/gif")).toEqual(["hidden"]);
    const bmp = bitmap(32, 32);
    expect(removedFrom(bmp, "image/bmp")).toEqual([]);
    expect(removedFrom(Buffer.concat([bmp, Buffer.from("PK an archive")]), "image/bmp")).toEqual(["hidden"]);
    bmp.write("DEBM", 70, "latin1");
    expect(removedFrom(bmp, "image/bmp")).toEqual(["profile"]);
    for (let length = 2; length < 200; length++) {
      expect(Array.isArray(removedFrom(bmp.subarray(0, length), "image/bmp"))).toBe(true);
    }
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

/** A BMP with the longest header, all black. */
function bitmap(width: number, height: number): Buffer {
  const head = 14 + 124;
  const file = Buffer.alloc(head + width * height * 4);
  file.write("BM", 0, "latin1");
  file.writeUInt32LE(file.length, 2);
  file.writeUInt32LE(head, 10);
  file.writeUInt32LE(124, 14);
  file.writeInt32LE(width, 18);
  file.writeInt32LE(height, 22);
  file.writeUInt16LE(1, 26);
  file.writeUInt16LE(32, 28);
  file.write("BGRs", 70, "latin1");
  return file;
}

/** Rows of hexadecimal numbers, below the kind and how many they are. */
async function rawProfile(what: string): Promise<string> {
  const [type = ""] = what.split(" ");
  const { exif = Buffer.alloc(0) } = await sharp(await small().jpeg().withExif(CAMERA).toBuffer()).metadata();
  const contents: Record<string, Buffer> = {
    exif,
    APP1: exif,
    iptc: Buffer.from("Photoshop 3.0\0\x1c\x02\x50\0\x03Ada\x1c\x02\x5a\0\x04Kiel", "latin1"),
    xmp: Buffer.from(XMP),
    "APP1 with XMP": Buffer.from(`http://ns.adobe.com/xap/1.0/\0${XMP}`),
  };
  const bytes = contents[what] ?? Buffer.from("whatever");
  const rows = bytes.toString("hex").replace(/.{72}/g, "$&\n");
  return `${type}\0\n${type}\n${String(bytes.length).padStart(8)}\n${rows}\n`;
}

/** XMP in a GIF is no row of blocks, but ends so that whoever takes it for one comes out at its end. */
const XMP_END = String.fromCharCode(1, ...Array.from({ length: 256 }, (_, at) => 255 - at), 0).slice(0, -1);

/** An extension; `rest` of a program's comes after its name, and is blocks already. */
function gifBlock(kind: number, text: string, rest = ""): Buffer {
  const head = Buffer.from([0x21, kind, text.length]);
  return Buffer.concat([head, Buffer.from(`${text}${rest}\0`, "latin1")]);
}

/** Before the first frame. */
function withBlock(gif: Buffer, block: Buffer): Buffer {
  const start = 13 + ((gif[10] ?? 0) & 0x80 ? 3 * 2 ** (((gif[10] ?? 0) & 7) + 1) : 0);
  return Buffer.concat([gif.subarray(0, start), block, gif.subarray(start)]);
}

function segment(marker: number, data: Buffer): Buffer {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(data.length + 2, 2);
  return Buffer.concat([head, data]);
}
