import { exifSays } from "./file/exif";
import type { ImageHeader } from "./file/header";
import { metadataOf } from "./file/metadata";
import type { Metadata } from "./file/metadata-kind";
import { REMOVED, type Removed } from "./schema";

/** What a file carries beside its pixels, which is not in what the model gets. In the order of REMOVED. */
export function removedFrom(bytes: Uint8Array, type: ImageHeader["type"]): Removed[] {
  const said = new Set(metadataOf(bytes, type).flatMap((metadata) => [...saidBy(metadata)]));
  return REMOVED.filter((kind) => said.has(kind));
}

function saidBy({ kind, bytes }: Metadata): Iterable<Removed> {
  switch (kind) {
    case "exif":
      return exifSays(bytes);
    case "xmp":
      return matching(textOf(bytes), XMP, "other");
    case "iptc":
      return iptcSays(bytes);
    case "text":
      return matching(textOf(bytes), KEYWORDS, "text");
    case "pictures":
      return [textOf(bytes).includes("hdrgm") ? "gain-map" : "preview"];
    case "comment":
      return ["text"];
    default:
      return [kind];
  }
}

type Words = [kind: Removed, words: RegExp][];

const XMP: Words = [
  ["location", /exif:GPS|Iptc4xmpExt:Location|photoshop:City/],
  ["camera", /tiff:(Make|Model)|aux:(Lens|SerialNumber)|exifEX:(Lens|BodySerial)/],
  ["date", /xmp:(Create|Modify)Date|photoshop:DateCreated|exif:DateTime/],
  ["author", /dc:(creator|rights)|photoshop:Credit|xmpRights:/],
  ["software", /xmp:CreatorTool|xmpMM:History/],
  ["text", /dc:(title|description|subject)/],
  ["gain-map", /hdrgm:|HDRGainMap/],
];

/** Keywords of PNG texts, by the format's own list. */
const KEYWORDS: Words = [
  ["date", /^Creation Time$|^date:/],
  ["author", /^(Author|Copyright)$/],
  ["software", /^Software$/],
  ["camera", /^(Source|Make|Model)$/],
];

/** Numbers of IPTC's own datasets. */
const IPTC: Record<number, Removed> = {
  5: "text",
  25: "text",
  55: "date",
  60: "date",
  65: "software",
  80: "author",
  90: "location",
  92: "location",
  95: "location",
  101: "location",
  105: "text",
  110: "author",
  116: "author",
  120: "text",
};

/** Datasets begin with 1C 02 and their number. */
function iptcSays(bytes: Uint8Array): Set<Removed> {
  const said = new Set<Removed>();
  for (let at = bytes.indexOf(0x1c); at >= 0; at = bytes.indexOf(0x1c, at + 1)) {
    const kind = bytes[at + 1] === 2 ? IPTC[bytes[at + 2] ?? -1] : undefined;
    if (kind) said.add(kind);
  }
  return said;
}

function matching(text: string, words: Words, otherwise: Removed): Removed[] {
  const found = words.filter(([, word]) => word.test(text)).map(([kind]) => kind);
  return found.length > 0 ? found : [otherwise];
}

/** Latin 1, so that no byte is an error; words that are looked for are ASCII. */
const textOf = (bytes: Uint8Array): string => new TextDecoder("latin1").decode(bytes);
