import type { PDFiumModule } from "@hyzyla/pdfium";
import { LONGEST_DOCUMENT_TEXT } from "../document.ts";
import { Unreadable } from "./refusal.ts";

type Library = Awaited<ReturnType<typeof PDFiumModule>>;

/** Writes UTF-16 with a zero at its end; answers how many bytes it needs, whatever there is room for. */
type Reader = (form: number, annotation: number, buffer: number, bytes: number) => number;

/** PDFium's functions for what lies upon a page, which the library's types leave out. Handles are numbers. */
type Pdfium = Library & {
  _FPDF_SetFormFieldHighlightAlpha(form: number, alpha: number): void;
  _FPDFPage_GetAnnotCount(page: number): number;
  _FPDFPage_GetAnnot(page: number, index: number): number;
  _FPDFPage_CloseAnnot(annotation: number): void;
  _FPDFAnnot_GetSubtype(annotation: number): number;
  _FPDFAnnot_GetFlags(annotation: number): number;
  _FPDFAnnot_GetStringValue(annotation: number, key: number, buffer: number, bytes: number): number;
  _FPDFAnnot_GetFormFieldType(form: number, annotation: number): number;
  _FPDFAnnot_GetFormFieldFlags(form: number, annotation: number): number;
  _FPDFAnnot_GetFormFieldName: Reader;
  _FPDFAnnot_GetFormFieldAlternateName: Reader;
  _FPDFAnnot_GetFormFieldValue: Reader;
};

interface Drawing {
  /** Pixels. */
  width: number;
  height: number;
  flags: number;
}

/** FPDF_ANNOTATION_SUBTYPE: text that is typed onto the page, and a field of a form. */
const FREE_TEXT = 3;
const WIDGET = 20;
/** FPDF_ANNOT_FLAG_HIDDEN and _NOVIEW: nobody sees it on the page. */
const UNSEEN = 0x02 | 0x20;
/** FPDF_FORMFIELD_TYPE; what is written is a choice, a list or a text. */
const CHECKBOX = 2;
const RADIO = 3;
const WRITTEN = [4, 5, 6];
/** FPDF_FORMFLAG_TEXT_PASSWORD. */
const PASSWORD = 1 << 13;
/** Of FPDF_FORMFILLINFO, with room to spare. Bytes. */
const INFO_BYTES = 256;
/** Of a field's name as it is told, in characters. */
const LONGEST_NAME = 200;

/** What is filled into the fields of a file, and typed onto its pages: for PDFium that is no part of them. */
export class PdfForm {
  readonly #pdfium: Pdfium;
  /** 0: it has no form that can be read. */
  readonly #form: number;
  /** Memory with the names of what is asked of an annotation itself. */
  readonly #contents: number;
  readonly #state: number;

  /** What it takes is kept while the process lives, as the file is. */
  constructor(library: Library, file: number) {
    this.#pdfium = library as Pdfium;
    // Its version, and nobody to call.
    this.#form = this.#pdfium._FPDFDOC_InitFormFillEnvironment(file, this.#put([2], INFO_BYTES));
    // Nothing is to be filled in here, so no field is to be found by its colour.
    if (this.#form) this.#pdfium._FPDF_SetFormFieldHighlightAlpha(this.#form, 0);
    this.#contents = this.#put(new TextEncoder().encode("Contents\0"));
    this.#state = this.#put(new TextEncoder().encode("AS\0"));
  }

  /** A line for each thing on a page. What is hidden and what is typed into a field for a password is left out. */
  filledIn(page: number): string[] {
    const lines: string[] = [];
    let length = 0;
    const count = this.#pdfium._FPDFPage_GetAnnotCount(page);
    for (let index = 0; index < count && length <= LONGEST_DOCUMENT_TEXT; index++) {
      const annotation = this.#pdfium._FPDFPage_GetAnnot(page, index);
      if (!annotation) continue;
      const line = this.#lineOf(annotation);
      this.#pdfium._FPDFPage_CloseAnnot(annotation);
      length += line.length;
      if (line !== "") lines.push(line);
    }
    return lines;
  }

  /** Draws the fields of a page upon it. `flags`: as the page is drawn, but for its annotations. */
  draw(page: number, bitmap: number, { width, height, flags }: Drawing): void {
    if (!this.#form) return;
    this.#pdfium._FORM_OnAfterLoadPage(page, this.#form);
    this.#pdfium._FPDF_FFLDraw(this.#form, bitmap, page, 0, 0, width, height, 0, flags);
    this.#pdfium._FORM_OnBeforeClosePage(page, this.#form);
  }

  #lineOf(annotation: number): string {
    const pdfium = this.#pdfium;
    if (pdfium._FPDFAnnot_GetFlags(annotation) & UNSEEN) return "";
    const subtype = pdfium._FPDFAnnot_GetSubtype(annotation);
    if (subtype === FREE_TEXT) return this.#own(annotation, this.#contents);
    return subtype === WIDGET && this.#form ? this.#fieldOf(annotation) : "";
  }

  #fieldOf(annotation: number): string {
    const pdfium = this.#pdfium;
    const type = pdfium._FPDFAnnot_GetFormFieldType(this.#form, annotation);
    const isOn = !["", "Off"].includes(this.#own(annotation, this.#state));
    if (type === CHECKBOX) return `${isOn ? "☑" : "☐"} ${this.#nameOf(annotation)}`;
    const isPassword = pdfium._FPDFAnnot_GetFormFieldFlags(this.#form, annotation) & PASSWORD;
    if (!(type === RADIO ? isOn : WRITTEN.includes(type) && !isPassword)) return "";
    const value = this.#read("_FPDFAnnot_GetFormFieldValue", annotation);
    return value === "" ? "" : `${this.#nameOf(annotation)}: ${value}`;
  }

  /** As the form shows it, else as it calls it. */
  #nameOf(annotation: number): string {
    const shown = this.#read("_FPDFAnnot_GetFormFieldAlternateName", annotation);
    return (shown || this.#read("_FPDFAnnot_GetFormFieldName", annotation)).slice(0, LONGEST_NAME);
  }

  #read(what: `_FPDFAnnot_GetFormField${"Name" | "AlternateName" | "Value"}`, annotation: number): string {
    return this.#text((at, bytes) => this.#pdfium[what](this.#form, annotation, at, bytes));
  }

  /** What stands in an annotation itself under a name, which is somewhere in memory. */
  #own(annotation: number, name: number): string {
    return this.#text((at, bytes) => this.#pdfium._FPDFAnnot_GetStringValue(annotation, name, at, bytes));
  }

  #text(read: (buffer: number, bytes: number) => number): string {
    const bytes = read(0, 0);
    // Two are the zero at its end.
    if (bytes <= 2 || bytes > 2 * LONGEST_DOCUMENT_TEXT) return "";
    const at = this.#put([], bytes);
    read(at, bytes);
    const utf16 = this.#pdfium.HEAPU8.slice(at, at + bytes - 2);
    this.#pdfium.wasmExports.free(at);
    return new TextDecoder("utf-16le").decode(utf16).trim();
  }

  /** Memory with these bytes and zeros after them. */
  #put(bytes: ArrayLike<number>, size = bytes.length): number {
    const at = this.#pdfium.wasmExports.malloc(size);
    if (!at) throw new Unreadable("too-demanding");
    this.#pdfium.HEAPU8.fill(0, at, at + size);
    this.#pdfium.HEAPU8.set(bytes, at);
    return at;
  }
}
