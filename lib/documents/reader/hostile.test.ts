import { describe, expect, test } from "vitest";
import { aDocx, aPdf, aZip, paragraph, wordXml } from "../testing/files";
import { readInProcess } from "./process";
import { readFile } from "./read-file";

const reasonOf = (bytes: Uint8Array) => readFile(bytes).catch((error) => error.reason ?? error);
const latin1 = (text: string) => new Uint8Array(Buffer.from(text, "latin1"));

describe("archives made to hurt", () => {
  const bomb = Buffer.alloc(60 * 1024 * 1024, "<w:t>a</w:t>");

  test("84 a bomb that says its size is refused before it is unpacked", async () => {
    expect(await reasonOf(aZip([{ name: "word/document.xml", bytes: bomb }]))).toBe("inflated");
  });

  test("84 a bomb that lies about its size is refused when it has become larger", async () => {
    expect(await reasonOf(aZip([{ name: "word/document.xml", bytes: bomb, declaredSize: 1_000 }]))).toBe(
      "inflated",
    );
  });

  test("84 parts that nobody asked for are never unpacked, and may not say too much", async () => {
    const other = { name: "word/media/image1.png", bytes: bomb };
    const main = { name: "word/document.xml", bytes: wordXml(paragraph("fine")) };
    expect((await readFile(aZip([main, other]))).pages).toEqual(["fine"]);
    expect(await reasonOf(aZip([main, { ...other, declaredSize: 0xfffffff0 }]))).toBe("inflated");
  });

  test("a billion laughs have nowhere to begin", async () => {
    const laughs = `<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><w:document><w:t>&b;</w:t></w:document>`;
    expect(await reasonOf(aZip([{ name: "word/document.xml", bytes: laughs }]))).toBe("damaged");
  });

  test("nor have entities that would read a file", async () => {
    expect((await readFile(aDocx(paragraph("&xxe; &#0; ok")))).pages).toEqual(["&xxe;  ok"]);
  });

  test("two million nested elements are read as they come", async () => {
    const docx = aDocx(`${"<w:p>".repeat(1_000_000)}<w:t>deep</w:t>`);
    expect((await readFile(docx)).pages[0]).toContain("deep");
  });

  test("cut off anywhere it is damaged, never a crash", async () => {
    const docx = aDocx(paragraph("whole"));
    for (let length = 4; length < docx.length; length += 7) {
      expect(await reasonOf(docx.slice(0, length))).toBe("damaged");
    }
  });

  test("whatever single byte is wrong, it is read or refused", async () => {
    const docx = aDocx(paragraph("whole"));
    for (let at = 4; at < docx.length; at++) {
      const changed = docx.slice();
      changed[at] = (changed[at] ?? 0) ^ 0xff;
      const answer = await readFile(changed).then(
        () => "read",
        (error) => error.reason,
      );
      expect(answer).toEqual(expect.any(String));
    }
  });
});

describe("PDFs made to hurt", () => {
  test("a protected one says so", async () => {
    expect(await reasonOf(latin1(PROTECTED))).toBe("encrypted");
  });

  test("no PDF but for its mark is damaged", async () => {
    expect(await reasonOf(latin1("%PDF-1.7\nnothing else"))).toBe("damaged");
    const pdf = await aPdf(["whole"]);
    expect(await reasonOf(pdf.slice(0, 400))).toBe("damaged");
  });

  test("10,000 pages are refused by their count", async () => {
    const pdf = await aPdf(Array(10_000).fill(""));
    await expect(readFile(pdf)).rejects.toMatchObject({
      reason: "too-many-pages",
      details: { pages: 10_000, limit: 2_000 },
    });
  });

  test("one that draws without end is ended", async () => {
    // A form that draws itself ten times over, twenty deep: ten to the twentieth.
    const pdf = nestedForms(20, 10);
    await expect(readInProcess(pdf, { memoryMb: 512, cpuSeconds: 3 })).rejects.toMatchObject({
      reason: "too-demanding",
    });
  });
});

describe("the reader's process", () => {
  test("is ended when it takes too much memory, and the next file is read as ever", async () => {
    const large = new Uint8Array(24 * 1024 * 1024).fill(0x61);
    await expect(readInProcess(large, { memoryMb: 90, cpuSeconds: 20 })).rejects.toMatchObject({
      reason: "too-demanding",
    });
    expect((await readInProcess(latin1("fine"))).pages).toEqual(["fine"]);
  });

  test("passes reasons on, and keeps this process's memory flat", async () => {
    const bomb = aZip([{ name: "word/document.xml", bytes: Buffer.alloc(45 * 1024 * 1024, "<w:t>a") }]);
    await readInProcess(latin1("warm"));
    const before = process.memoryUsage().rss;
    for (let round = 0; round < 4; round++) {
      await expect(readInProcess(bomb)).rejects.toMatchObject({ reason: "too-long" });
    }
    expect(process.memoryUsage().rss - before).toBeLessThan(150 * 1024 * 1024);
  });
});

/** The smallest file with a password that PDFium takes for one: its key's check cannot succeed. */
const PROTECTED = `%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]>>endobj
4 0 obj<</Filter/Standard/V 1/R 2/Length 40/P -64/O<${"28".repeat(32)}>/U<${"ab".repeat(32)}>>>endobj
trailer<</Root 1 0 R/Encrypt 4 0 R/ID[<00112233445566778899aabbccddeeff><00112233445566778899aabbccddeeff>]/Size 5>>
startxref
0
%%EOF`;

function nestedForms(depth: number, times: number): Uint8Array {
  const objects = [
    "<</Type/Catalog/Pages 2 0 R>>",
    "<</Type/Pages/Kids[3 0 R]/Count 1>>",
    "<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Resources<</XObject<</F 5 0 R>>>>/Contents 4 0 R>>",
    stream("", "/F Do"),
  ];
  for (let level = 0; level < depth; level++) {
    const next = `/Resources<</XObject<</F ${level + 6} 0 R>>>>`;
    objects.push(stream(`/Type/XObject/Subtype/Form/BBox[0 0 99 99]${next}`, "/F Do ".repeat(times)));
  }
  objects.push(stream("/Type/XObject/Subtype/Form/BBox[0 0 99 99]", "0 0 9 9 re f"));
  const body = objects.map((object, index) => `${index + 1} 0 obj${object}endobj\n`).join("");
  return latin1(`%PDF-1.4\n${body}trailer<</Root 1 0 R/Size ${objects.length + 1}>>\nstartxref\n0\n%%EOF`);
}

const stream = (dictionary: string, content: string) =>
  `<<${dictionary}/Length ${content.length}>>stream\n${content}\nendstream `;
