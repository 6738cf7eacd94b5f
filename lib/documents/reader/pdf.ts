import { PDFiumLibrary, PDFiumModule } from "@hyzyla/pdfium";
import { LONGEST_DOCUMENT_TEXT, MOST_PAGES } from "../document.ts";
import { modelSize } from "./model-size.ts";
import { PdfForm } from "./pdf-form.ts";
import type { DrawnPage, PageSize } from "./protocol.ts";
import { Unreadable } from "./refusal.ts";
import { tidied } from "./text.ts";

/** A PDF that could be opened. Pages count from 1. */
export interface PdfFile {
  pageCount: number;
  /** Of all pages, in points. */
  read(): { pages: string[]; pageSizes: PageSize[] };
  /** A page in the size in which the model sees it. */
  draw(page: number): DrawnPage;
}

type Pdfium = Awaited<ReturnType<typeof PDFiumModule>>;

/** What FPDF_GetLastError answers when a password is missing, or the protection is of an unknown kind. */
const ERR_PASSWORD = 4;
const ERR_SECURITY = 5;
/** Red, green and blue; of FPDFBitmap_BGR with FPDF_REVERSE_BYTE_ORDER. */
const FORMAT_BGR = 2;
const FLAG_ANNOTATIONS = 0x01;
const FLAG_REVERSE_BYTE_ORDER = 0x10;
const WHITE = 0xffffffff;
/** What PDFium puts in the place of a hyphen that only divides a word between two lines. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: one of the two that it uses
const HYPHEN_AT_LINE_END = /[\u0002\ufffe](\r?\n)?/g;

/** Opens a PDF with PDFium, which is WebAssembly: it has no way out of its own memory. Throws Unreadable. */
export async function openPdf(bytes: Uint8Array): Promise<PdfFile> {
  const pdfium = await loaded();
  // Kept while the process lives, as PDFium asks: one file for each process.
  const at = allocated(pdfium, bytes.length);
  pdfium.HEAPU8.set(bytes, at);
  const file = pdfium._FPDF_LoadMemDocument(at, bytes.length, 0);
  if (!file) {
    const error = pdfium._FPDF_GetLastError();
    throw new Unreadable(error === ERR_PASSWORD || error === ERR_SECURITY ? "encrypted" : "damaged");
  }
  const pageCount = pdfium._FPDF_GetPageCount(file);
  if (pageCount < 1) throw new Unreadable("damaged");
  if (pageCount > MOST_PAGES) throw new Unreadable("too-many-pages", { pages: pageCount, limit: MOST_PAGES });
  const form = new PdfForm(pdfium, file);
  return {
    pageCount,
    read: () => readPages(pdfium, file, form, pageCount),
    draw: (page) => onPage(pdfium, file, page - 1, (handle) => drawPage(pdfium, form, handle)),
  };
}

/** Its wrapper keeps every page in memory that was once looked at, so the library itself is asked. */
async function loaded(): Promise<Pdfium> {
  let pdfium: Pdfium | undefined;
  await PDFiumLibrary.initBase({
    vendor: async (options) => {
      pdfium = await PDFiumModule(options);
      return pdfium;
    },
  });
  if (!pdfium) throw new Error("PDFium did not load");
  return pdfium;
}

function readPages(
  pdfium: Pdfium,
  file: number,
  form: PdfForm,
  count: number,
): { pages: string[]; pageSizes: PageSize[] } {
  const pages: string[] = [];
  const pageSizes: PageSize[] = [];
  let length = 0;
  for (let index = 0; index < count; index++) {
    const text = onPage(pdfium, file, index, (page) => {
      pageSizes.push(sizeOf(pdfium, page));
      const filledIn = tidied(form.filledIn(page).join("\n"));
      return [textOf(pdfium, page), filledIn].filter((part) => part !== "").join("\n\n");
    });
    length += text.length;
    if (length > LONGEST_DOCUMENT_TEXT) throw new Unreadable("too-long", { limit: LONGEST_DOCUMENT_TEXT });
    pages.push(text);
  }
  return { pages, pageSizes };
}

function onPage<T>(pdfium: Pdfium, file: number, index: number, work: (page: number) => T): T {
  const page = pdfium._FPDF_LoadPage(file, index);
  if (!page) throw new Unreadable("damaged");
  try {
    return work(page);
  } finally {
    pdfium._FPDF_ClosePage(page);
  }
}

const sizeOf = (pdfium: Pdfium, page: number): PageSize => ({
  width: pdfium._FPDF_GetPageWidth(page),
  height: pdfium._FPDF_GetPageHeight(page),
});

function textOf(pdfium: Pdfium, page: number): string {
  const text = pdfium._FPDFText_LoadPage(page);
  if (!text) return "";
  try {
    const count = pdfium._FPDFText_CountChars(text);
    if (count <= 0) return "";
    if (count > LONGEST_DOCUMENT_TEXT) throw new Unreadable("too-long", { limit: LONGEST_DOCUMENT_TEXT });
    const at = allocated(pdfium, (count + 1) * 2);
    try {
      const written = pdfium._FPDFText_GetText(text, 0, count, at);
      const utf16 = pdfium.HEAPU8.slice(at, at + Math.max(0, written - 1) * 2);
      return tidied(new TextDecoder("utf-16le").decode(utf16).replace(HYPHEN_AT_LINE_END, ""));
    } finally {
      pdfium.wasmExports.free(at);
    }
  } finally {
    pdfium._FPDFText_ClosePage(text);
  }
}

function drawPage(pdfium: Pdfium, form: PdfForm, page: number): DrawnPage {
  const { width, height } = modelSize(sizeOf(pdfium, page));
  const bytes = width * height * 3;
  const at = allocated(pdfium, bytes);
  const bitmap = pdfium._FPDFBitmap_CreateEx(width, height, FORMAT_BGR, at, width * 3);
  try {
    pdfium._FPDFBitmap_FillRect(bitmap, 0, 0, width, height, WHITE);
    const flags = FLAG_ANNOTATIONS | FLAG_REVERSE_BYTE_ORDER;
    pdfium._FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, flags);
    form.draw(page, bitmap, { width, height, flags: FLAG_REVERSE_BYTE_ORDER });
    return { width, height, data: pdfium.HEAPU8.slice(at, at + bytes) };
  } finally {
    pdfium._FPDFBitmap_Destroy(bitmap);
    pdfium.wasmExports.free(at);
  }
}

function allocated(pdfium: Pdfium, bytes: number): number {
  const at = pdfium.wasmExports.malloc(bytes);
  if (!at) throw new Unreadable("too-demanding");
  return at;
}
