import { crc32, deflateRawSync } from "node:zlib";
import { PDFDocument, type PDFPage, StandardFonts } from "pdf-lib";

/** A PDF with a page for each text; an empty text makes an empty page. */
export async function aPdf(texts: string[], paint?: (page: PDFPage) => void): Promise<Uint8Array> {
  const pdf = await PDFDocument.create();
  const font = await pdf.embedFont(StandardFonts.Helvetica);
  for (const text of texts) {
    const page = pdf.addPage([595, 842]);
    if (text) page.drawText(text, { x: 50, y: 780, size: 14, font, maxWidth: 495, lineHeight: 18 });
    paint?.(page);
  }
  return pdf.save();
}

interface ZipEntry {
  name: string;
  bytes: Uint8Array | string;
  /** What the archive says, when that is not the truth. */
  declaredSize?: number;
  encrypted?: boolean;
}

/** A ZIP archive, truthful or not. */
export function aZip(entries: ZipEntry[]): Uint8Array {
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, bytes, declaredSize, encrypted } of entries) {
    const content = Buffer.from(bytes as Uint8Array);
    const packed = deflateRawSync(content);
    const title = Buffer.from(name);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(encrypted ? 1 : 0, 2);
    common.writeUInt16LE(8, 4);
    common.writeUInt32LE(crc32(content), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(declaredSize ?? content.length, 18);
    common.writeUInt16LE(title.length, 22);
    const file = Buffer.concat([Buffer.from("PK\u0003\u0004"), common, title, packed]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([Buffer.from("PK\u0001\u0002\u0014\0"), common, tail, title]));
    files.push(file);
    offset += file.length;
  }
  const listing = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write("PK\u0005\u0006", 0, "latin1");
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(listing.length, 12);
  end.writeUInt32LE(offset, 16);
  return new Uint8Array(Buffer.concat([...files, listing, end]));
}

/** A Word document of these elements of its body. */
export const aDocx = (body: string): Uint8Array =>
  aZip([
    { name: "[Content_Types].xml", bytes: "<Types/>" },
    { name: "word/document.xml", bytes: wordXml(body) },
  ]);

export const wordXml = (body: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${body}</w:body></w:document>`;

/** A paragraph with one run. */
export const paragraph = (text: string, properties = ""): string =>
  `<w:p>${properties && `<w:pPr>${properties}</w:pPr>`}<w:r><w:t xml:space="preserve">${text}</w:t></w:r></w:p>`;
