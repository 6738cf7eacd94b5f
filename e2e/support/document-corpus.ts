import { aDocx, aPdf, aZip, paragraph, wordXml } from "../../lib/documents/testing/files.ts";
import { nestedForms, protectedPdf } from "../../lib/documents/testing/hostile.ts";

/** `status`: what POST /api/documents answers. */
export interface DocumentFile {
  name: string;
  buffer: Buffer;
  status: 201 | 400 | 413;
  /** How many of its pages are drawn as pictures afterwards. */
  drawn?: number;
}

/** Documents that are made to hurt, and long ones. A function each, so that only one is in memory at a time. */
export const DOCUMENT_CORPUS: Record<string, () => Promise<DocumentFile>> = {
  "zero bytes": async () => refused("empty.txt", ""),
  "a program": async () => refused("tool.pdf", "MZ\0\0\0"),
  "a locked PDF": async () => refused("locked.pdf", protectedPdf()),
  "only a PDF's mark": async () => refused("mark.pdf", "%PDF-1.7\nnothing else"),
  "a cut PDF": async () => refused("cut.pdf", (await aPdf(["whole"])).slice(0, 400)),
  "a PDF of 10,000 pages": async () => refused("pages.pdf", await aPdf(Array(10_000).fill(""))),
  "a PDF of 400 pages": async () => taken("long.pdf", await aPdf(Array(400).fill(SENTENCE.repeat(12))), 10),
  "a PDF whose drawing never ends": async () => refused("endless.pdf", nestedForms(20, 10)),
  "a Word bomb that says its size": async () => refused("bomb.docx", bomb()),
  "a Word bomb that lies about its size": async () => refused("lie.docx", bomb(1_000)),
  "a Word document that claims 4 GB": async () =>
    refused("claims.docx", aZip([MAIN, { name: "word/media/a.png", bytes: "", declaredSize: 0xfffffff0 }])),
  "a billion laughs": async () =>
    refused("laughs.docx", aZip([{ name: "word/document.xml", bytes: LAUGHS }])),
  "a million nested elements": async () =>
    taken("nested.docx", aDocx(`${"<w:p>".repeat(1_000_000)}<w:t>deep</w:t>`)),
  "a Word document with 45 MB of text": async () =>
    refused("huge.docx", aZip([{ name: "word/document.xml", bytes: Buffer.alloc(45e6, "<w:t>a") }])),
  "4 million letters": async () => taken("letters.txt", "0123456789 abcdefghijklmnop\n".repeat(142_000)),
  "300,000 ideographs": async () => taken("ideographs.txt", "漢字".repeat(150_000)),
  "30,000 emoji": async () => taken("emoji.md", "👩‍👩‍👧‍👦".repeat(30_000)),
  "one line of a million letters": async () => taken("line.csv", "a".repeat(1_000_000)),
  "a million spaces": async () => taken("spaces.md", `${" ".repeat(1_000_000)}.`),
  "too many letters": async () => refused("long.log", "a ".repeat(2_100_000)),
  "24 MB of letters": async () => refused("large.log", "line\n".repeat(4_800_000)),
  "24 MB of noise": async () => refused("noise.bin", Buffer.alloc(24 * 1024 * 1024, 7)),
  "more than 25 MB": async () => ({ ...refused("o.pdf", Buffer.alloc(26 * 1024 * 1024, 7)), status: 413 }),
};

const SENTENCE = "The harbour master's report of November, with the tides and the ships that came in. ";
const MAIN = { name: "word/document.xml", bytes: wordXml(paragraph("fine")) };
const LAUGHS = `<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><w:document><w:t>&b;</w:t></w:document>`;

const bomb = (declaredSize?: number) =>
  aZip([
    {
      name: "word/document.xml",
      bytes: Buffer.alloc(60 * 1024 * 1024, "<w:t>a</w:t>"),
      ...(declaredSize ? { declaredSize } : {}),
    },
  ]);

const refused = (name: string, content: Uint8Array | string): DocumentFile => ({
  name,
  buffer: Buffer.from(content as Uint8Array),
  status: 400,
});

const taken = (name: string, content: Uint8Array | string, drawn = 0): DocumentFile => ({
  ...refused(name, content),
  status: 201,
  drawn,
});
