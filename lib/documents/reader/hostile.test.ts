import { describe, expect, test, vi } from "vitest";
import { aDocx, aPdf, aZip, paragraph, wordXml } from "../testing/files";
import { nestedForms, protectedPdf } from "../testing/hostile";
import { drawInProcess, readInProcess } from "./process";
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
    expect(await reasonOf(protectedPdf())).toBe("encrypted");
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

  test("draws pages one after the other, and is gone at once when nobody wants them", async () => {
    const pdf = await aPdf(["One", "", "Three"]);
    const drawn: [page: number, white: boolean][] = [];
    await drawInProcess(pdf, [1, 2], async ({ width, height, data }, page) => {
      expect(data.length).toBe(width * height * 3);
      drawn.push([page, data.every((byte) => byte === 255)]);
    });
    expect(drawn).toEqual([
      [1, false],
      [2, true],
    ]);

    const left = new AbortController();
    const { signal } = left;
    const take = vi.fn(async () => left.abort("left"));
    await expect(drawInProcess(pdf, [1, 2, 3], take, { signal })).rejects.toBe("left");
    expect(take).toHaveBeenCalledTimes(1);
    await expect(drawInProcess(pdf, [1], take, { signal })).rejects.toBe("left");
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
