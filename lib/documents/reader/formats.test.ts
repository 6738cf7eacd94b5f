import { PDFDocument, PDFString } from "pdf-lib";
import { describe, expect, test } from "vitest";
import { aDocx, aPdf, aZip, paragraph, wordXml } from "../testing/files";
import { cutIntoPages } from "./cut";
import { openPdf } from "./pdf";
import { readFile } from "./read-file";

const utf8 = (text: string) => new TextEncoder().encode(text);
const utf16 = (text: string, mark: number[]) => {
  const bytes = Buffer.from(text, "utf16le");
  return new Uint8Array(Buffer.concat([Buffer.from(mark), mark[0] === 0xfe ? bytes.swap16() : bytes]));
};
const textOf = async (bytes: Uint8Array) => (await readFile(bytes)).pages.join("");

describe("text files", () => {
  test("UTF-8, with and without its mark", async () => {
    expect(await textOf(utf8("Grüße, 世界 👋\r\nZeile 2\rZeile 3"))).toBe("Grüße, 世界 👋\nZeile 2\nZeile 3");
    expect(await textOf(utf8("\ufeffname;ort\n"))).toBe("name;ort\n");
  });

  test("UTF-16 by its mark, in either order", async () => {
    expect(await textOf(utf16("Grüße 👋", [0xff, 0xfe]))).toBe("Grüße 👋");
    expect(await textOf(utf16("Grüße 👋", [0xfe, 0xff]))).toBe("Grüße 👋");
  });

  test("windows-1252 where it is not UTF-8", async () => {
    expect(await textOf(new Uint8Array([0x47, 0x72, 0xfc, 0xdf, 0x65, 0x20, 0x80, 0x20, 0x84, 0x93]))).toBe(
      "Grüße € „“",
    );
  });

  test("a log keeps its lines, not its colours' escapes, and is not taken for a binary file", async () => {
    expect(await textOf(utf8("\u001b[32mok\u001b[0m\n".repeat(50)))).toContain("ok");
  });

  test("code and markup are text as they stand, whatever they would do elsewhere", async () => {
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>`;
    expect(await readFile(utf8(svg))).toMatchObject({ type: "text/plain", pages: [svg], pageSizes: null });
  });

  test.each([
    ["a picture", Buffer.from("89504e470d0a1a0a0000000d49484452", "hex")],
    ["a program", Buffer.concat([Buffer.from("\u007fELF\u0002\u0001\u0001"), Buffer.alloc(64)])],
    ["control characters", Buffer.from("a\u0001b\u0002c\u0003".repeat(20))],
  ])("85 %s is no text", async (_what, bytes) => {
    await expect(readFile(new Uint8Array(bytes))).rejects.toMatchObject({ reason: "unsupported-format" });
  });

  test("89 an empty file, and one of nothing but space", async () => {
    await expect(readFile(new Uint8Array())).rejects.toMatchObject({ reason: "empty" });
    await expect(readFile(utf8(" \n\t\n"))).rejects.toMatchObject({ reason: "empty" });
  });

  test("long text is cut into pages that are the text again", () => {
    const text = Array.from({ length: 400 }, (_, line) => `Line ${line} of a text 👋 that goes on.`).join(
      "\n",
    );
    const pages = cutIntoPages(text);
    expect(pages.length).toBeGreaterThan(3);
    expect(pages.join("")).toBe(text);
    for (const page of pages.slice(0, -1)) expect(page).toMatch(/\n$/);
    const unbroken = "👋".repeat(5_001);
    expect(cutIntoPages(unbroken).every((page) => page.isWellFormed())).toBe(true);
    expect(cutIntoPages(unbroken).join("")).toBe(unbroken);
  });

  test("4 million characters are read, more are refused with the limit", async () => {
    const line = "0123456789 abcdefghijklmnopqrstuvwxyz ABCDEFGHIJKLMNOPQRSTUVWXYZ\n";
    const { pages } = await readFile(utf8(line.repeat(60_000)));
    expect(pages.length).toBeLessThan(2_000);
    await expect(readFile(utf8(line.repeat(70_000)))).rejects.toMatchObject({
      reason: "too-long",
      details: { limit: 4_000_000 },
    });
  });
});

describe("PDF", () => {
  test("text page by page, and the pages' sizes", async () => {
    const reading = await readFile(await aPdf(["First page, Möwe", "", "Third"]));
    expect(reading.type).toBe("application/pdf");
    expect(reading.pages).toEqual(["First page, Möwe", "", "Third"]);
    expect(reading.pageSizes).toHaveLength(3);
    expect(reading.pageSizes?.[0]).toEqual({ width: 595, height: 842 });
  });

  test("what is filled into its fields and typed onto it, as it is seen", async () => {
    const pdf = await PDFDocument.create();
    const page = pdf.addPage([595, 842]);
    const form = pdf.getForm();
    const field = (name: string, text: string) => {
      const made = form.createTextField(name);
      made.setText(text);
      return made;
    };
    field("person.name", "Ada Lovelace, Zoë").addToPage(page, { y: 700 });
    field("empty", "").addToPage(page, { y: 660 });
    const secret = field("secret", "hunter22");
    secret.enablePassword();
    secret.addToPage(page, { y: 620 });
    field("hidden", "nobody sees this").addToPage(page, { y: 580, hidden: true });
    const box = form.createCheckBox("Agrees");
    box.addToPage(page, { y: 540 });
    box.check();
    form.createCheckBox("Wants post").addToPage(page, { y: 500 });
    const country = form.createDropdown("Country");
    country.addOptions(["Sweden", "Germany"]);
    country.select("Germany");
    country.addToPage(page, { y: 460 });
    const way = form.createRadioGroup("Way");
    way.addOptionToPage("By sea", page, { y: 420 });
    way.addOptionToPage("By land", page, { y: 380 });
    way.select("By sea");
    const typed = {
      Type: "Annot",
      Subtype: "FreeText",
      Rect: [50, 50, 200, 80],
      Contents: PDFString.of("Typed on."),
    };
    page.node.addAnnot(pdf.context.register(pdf.context.obj(typed)));
    expect(await textOf(await pdf.save())).toBe(
      [
        "person.name: Ada Lovelace, Zoë",
        "☑ Agrees",
        "☐ Wants post",
        "Country: Germany",
        "Way: By sea",
        "Typed on.",
      ].join("\n"),
    );
  });

  test("fields are drawn with what is in them, without a colour to find them by", async () => {
    const pdf = await PDFDocument.create();
    const page = pdf.addPage([595, 842]);
    const field = pdf.getForm().createTextField("name");
    field.setText("Ada Lovelace");
    field.addToPage(page, { x: 50, y: 700, width: 300, height: 40, borderWidth: 0 });
    const { data } = (await openPdf(await pdf.save())).draw(1);
    expect(data.filter((value) => value < 64).length).toBeGreaterThan(1_000);
    const isGrey = (at: number) => data[at] === data[at + 1] && data[at + 1] === data[at + 2];
    expect(Array.from({ length: data.length / 3 }, (_, pixel) => pixel * 3).every(isGrey)).toBe(true);
  });

  test("something may stand before its mark", async () => {
    const pdf = await aPdf(["Received"]);
    expect(await textOf(new Uint8Array(Buffer.concat([Buffer.from("\r\n\r\n"), pdf])))).toBe("Received");
  });
});

describe("DOCX", () => {
  test("paragraphs, headings, lists, tables, tabs and breaks", async () => {
    const cell = (text: string) => `<w:tc>${paragraph(text)}</w:tc>`;
    const docx = aDocx(
      paragraph("Bericht &amp; Plan", '<w:pStyle w:val="berschrift1"/>') +
        paragraph("one", "<w:numPr/>") +
        `<w:p><w:pPr><w:tabs><w:tab w:val="left"/></w:tabs></w:pPr><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>&#8364;</w:t></w:r></w:p>` +
        `<w:tbl><w:tr>${cell("Name")}${cell("Ort")}</w:tr><w:tr>${cell("Ada")}${cell("Kiel")}</w:tr></w:tbl>`,
    );
    const text = (await textOf(docx)).replace(/ +/g, " ");
    expect(text).toBe("# Bericht & Plan\n\n- one\n\na\tb\n€\n\nName | Ort \nAda | Kiel");
  });

  test("the part with the text may have a number, as Word in the browser writes it", async () => {
    const docx = aZip([
      { name: "word/styles2.xml", bytes: "<w:styles/>" },
      { name: "word/document2.xml", bytes: wordXml(paragraph("from the browser")) },
    ]);
    expect((await textOf(docx)).trim()).toBe("from the browser");
  });

  test("what was deleted, moved away or is only a field's code is not there", async () => {
    const docx = aDocx(
      `<w:p><w:r><w:t>kept</w:t></w:r><w:del><w:r><w:delText>deleted</w:delText></w:r></w:del>` +
        `<w:moveFrom><w:r><w:t>moved</w:t></w:r></w:moveFrom><w:r><w:instrText>PAGE</w:instrText></w:r>` +
        `<mc:AlternateContent><mc:Choice><w:t> box</w:t></mc:Choice><mc:Fallback><w:t> box</w:t></mc:Fallback></mc:AlternateContent></w:p>`,
    );
    expect((await textOf(docx)).trim()).toBe("kept box");
  });

  test("pages are those that Word has noted", async () => {
    const docx = aDocx(
      `${paragraph("one")}<w:p><w:r><w:br w:type="page"/></w:r></w:p><w:p><w:r><w:lastRenderedPageBreak/><w:t>two</w:t></w:r></w:p>`,
    );
    expect((await readFile(docx)).pages).toEqual(["one", "two"]);
  });

  test("other archives, old office files and protected ones each have their reason", async () => {
    const reasonOf = (bytes: Uint8Array) => readFile(bytes).catch((error) => error.reason);
    const ole = (name: string) =>
      new Uint8Array(Buffer.concat([Buffer.from("d0cf11e0a1b11ae1", "hex"), Buffer.from(name, "utf16le")]));
    expect(await reasonOf(aZip([{ name: "xl/workbook.xml", bytes: "<workbook/>" }]))).toBe(
      "unsupported-format",
    );
    expect(await reasonOf(ole("WordDocument"))).toBe("old-office");
    expect(await reasonOf(ole("EncryptedPackage"))).toBe("encrypted");
    expect(await reasonOf(aDocx("<w:p/>"))).toBe("no-text");
    const locked = aZip([{ name: "word/document.xml", bytes: wordXml(paragraph("x")), encrypted: true }]);
    expect(await reasonOf(locked)).toBe("encrypted");
  });
});
