import sharp, { type Sharp } from "sharp";

/**
 * A photograph as newer telephones make them: the ordinary picture, and behind it in the same file a second JPEG that
 * tells bright screens where to shine (ISO 21496-1 by XMP, found through the multi-picture index). Everything else
 * shows the first.
 */
export async function withGainMap(picture: Sharp): Promise<Buffer> {
  const first = await picture.clone().jpeg({ quality: 92 }).toBuffer();
  const { width = 0, height = 0 } = await sharp(first).metadata();
  // Half as wide and high, brightest in the middle, so that applying it by mistake would be seen.
  const map = await sharp({ create: { width: 64, height: 64, channels: 3, background: "#fff" } })
    .extend({ top: 32, bottom: 32, left: 32, right: 32, background: "#000" })
    .resize(Math.round(width / 2), Math.round(height / 2), { fit: "fill" })
    .greyscale()
    .jpeg()
    .toBuffer();
  const second = inserted(map, [segment(0xe1, XMP_MARK + xmp(MAP_ATTRIBUTES))]);
  const aboutBoth = segment(0xe1, XMP_MARK + xmp('hdrgm:Version="1.0"', directory(second.length)));
  // The index has a fixed size, so what it says of the others' places can be known before it is written.
  const marks = first.length + aboutBoth.length + index(0, 0, 0).length;
  const from = 2 + aboutBoth.length + 8;
  return Buffer.concat([inserted(first, [aboutBoth, index(marks, second.length, marks - from)]), second]);
}

const XMP_MARK = "http://ns.adobe.com/xap/1.0/\0";
const MAP_ATTRIBUTES =
  'hdrgm:Version="1.0" hdrgm:GainMapMin="0" hdrgm:GainMapMax="2" hdrgm:Gamma="1" hdrgm:OffsetSDR="0.015625" ' +
  'hdrgm:OffsetHDR="0.015625" hdrgm:HDRCapacityMin="0" hdrgm:HDRCapacityMax="2" hdrgm:BaseRenditionIsHDR="False"';

const xmp = (attributes: string, inside = ""): string =>
  '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">' +
  '<rdf:Description xmlns:hdrgm="http://ns.adobe.com/hdr-gain-map/1.0/" ' +
  'xmlns:Container="http://ns.google.com/photos/1.0/container/" ' +
  `xmlns:Item="http://ns.google.com/photos/1.0/container/item/" ${attributes}>${inside}` +
  "</rdf:Description></rdf:RDF></x:xmpmeta>";

const directory = (length: number): string =>
  "<Container:Directory><rdf:Seq>" +
  '<rdf:li rdf:parseType="Resource"><Container:Item Item:Semantic="Primary" Item:Mime="image/jpeg"/></rdf:li>' +
  `<rdf:li rdf:parseType="Resource"><Container:Item Item:Semantic="GainMap" Item:Mime="image/jpeg" Item:Length="${length}"/></rdf:li>` +
  "</rdf:Seq></Container:Directory>";

/** CIPA DC-007: three entries, and for each picture its size and its place, counted from the index's own header. */
function index(firstLength: number, secondLength: number, secondAt: number): Buffer {
  const body = Buffer.alloc(4 + 8 + 2 + 3 * 12 + 4 + 2 * 16);
  body.write("MPF\0", 0, "latin1");
  body.write("MM\0\x2a", 4, "latin1");
  body.writeUInt32BE(8, 8);
  body.writeUInt16BE(3, 12);
  entry(body, 14, 0xb000, 7, 4, 0x30313030);
  entry(body, 26, 0xb001, 4, 1, 2);
  entry(body, 38, 0xb002, 7, 32, 50);
  body.writeUInt32BE(0x00030000, 54);
  body.writeUInt32BE(firstLength, 58);
  body.writeUInt32BE(secondLength, 74);
  body.writeUInt32BE(secondAt, 78);
  return segment(0xe2, body.toString("latin1"));
}

function entry(body: Buffer, at: number, tag: number, type: number, count: number, value: number): void {
  body.writeUInt16BE(tag, at);
  body.writeUInt16BE(type, at + 2);
  body.writeUInt32BE(count, at + 4);
  body.writeUInt32BE(value, at + 8);
}

function segment(marker: number, text: string): Buffer {
  const data = Buffer.from(text, "latin1");
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(data.length + 2, 2);
  return Buffer.concat([head, data]);
}

/** The JPEG with segments right behind its beginning. */
const inserted = (jpeg: Buffer, segments: Buffer[]): Buffer =>
  Buffer.concat([jpeg.subarray(0, 2), ...segments, jpeg.subarray(2)]);
