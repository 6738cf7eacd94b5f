import { LONGEST_DOCUMENT_TEXT, MOST_PAGES } from "../document.ts";
import { cutIntoPages } from "./cut.ts";
import { Unreadable } from "./refusal.ts";
import { tidied } from "./text.ts";
import { attributeOf, type XmlPiece, xmlPieces } from "./xml.ts";
import { partsOf, unpacked } from "./zip.ts";

/** A page between two breaks that is longer than this many characters is cut all the same. */
const LONGEST_BETWEEN_BREAKS = 20_000;
const PAGE_BREAK = "\f";
/** Where its text is. Word in the browser puts a number there. */
const MAIN_PART = /^word\/document\d*\.xml$/;

/**
 * The text of a Word document, page by page where Word has noted its page breaks. Headings, lists and tables keep
 * a sign of what they are. Throws Unreadable.
 */
export function readDocx(bytes: Uint8Array): string[] {
  const parts = partsOf(bytes);
  const main = [...parts].find(([name]) => MAIN_PART.test(name))?.[1];
  if (!main) throw new Unreadable("unsupported-format");
  const text = tidied(textOf(xmlOf(unpacked(bytes, main))));
  if (text.trim() === "") throw new Unreadable("no-text");
  const pages = pagesOf(text);
  if (pages.length > MOST_PAGES) {
    throw new Unreadable("too-many-pages", { pages: pages.length, limit: MOST_PAGES });
  }
  return pages;
}

function xmlOf(bytes: Uint8Array): string {
  const encoding = bytes[0] === 0xff ? "utf-16le" : bytes[0] === 0xfe ? "utf-16be" : "utf-8";
  return new TextDecoder(encoding).decode(bytes);
}

function pagesOf(text: string): string[] {
  // A break is often noted twice, with nothing between.
  const pages = text
    .split(PAGE_BREAK)
    .map((page) => page.replace(/\n{3,}/g, "\n\n").trim())
    .filter((page) => page !== "");
  const longest = pages.length === 1 ? 0 : LONGEST_BETWEEN_BREAKS;
  return pages.flatMap((page) => (page.length > longest ? cutIntoPages(page) : [page]));
}

/** Elements whose contents are no text of the document: what was deleted, moved away, or is said twice. */
const SKIPPED = new Set(["Fallback", "moveFrom", "instrText", "delText", "rPr", "sectPr", "tabs", "tblPr"]);

function textOf(xml: string): string {
  const writer = new TextWriter();
  let skipped: { name: string; depth: number } | null = null;
  for (const piece of xmlPieces(xml)) {
    if (piece.type === "text") {
      if (!skipped) writer.text(piece.text);
      continue;
    }
    if (skipped) {
      if (piece.name !== skipped.name || (piece.type === "open" && piece.empty)) continue;
      skipped.depth += piece.type === "open" ? 1 : -1;
      if (skipped.depth === 0) skipped = null;
    } else if (piece.type === "open" && SKIPPED.has(piece.name)) {
      if (!piece.empty) skipped = { name: piece.name, depth: 1 };
    } else writer.element(piece);
  }
  return writer.done();
}

/** Makes lines of paragraphs. Text counts only inside of `t`, as everything else is layout. */
class TextWriter {
  readonly #chunks: string[] = [];
  #length = 0;
  #inText = false;
  /** How many tables deep. */
  #tables = 0;
  #firstCell = true;

  text(text: string): void {
    if (this.#inText) this.#write(text);
  }

  element(piece: Exclude<XmlPiece, { type: "text" }>): void {
    if (piece.type === "open") this.#open(piece.name, piece.attributes, piece.empty);
    else this.#close(piece.name);
  }

  done(): string {
    return this.#chunks.join("");
  }

  #open(name: string, attributes: string, empty: boolean): void {
    if (name === "t") this.#inText = !empty;
    else if (name === "tab") this.#write("\t");
    else if (name === "cr") this.#write("\n");
    else if (name === "noBreakHyphen") this.#write("-");
    else if (name === "br") this.#write(attributeOf(attributes, "type") === "page" ? PAGE_BREAK : "\n");
    else if (name === "lastRenderedPageBreak") this.#write(PAGE_BREAK);
    else if (name === "pStyle") this.#write(headingMark(attributeOf(attributes, "val") ?? ""));
    else if (name === "numPr") this.#write("- ");
    else if (name === "tbl" && !empty) this.#tables++;
    else if (name === "tr") this.#firstCell = true;
    else if (name === "tc") this.#cell();
  }

  #close(name: string): void {
    if (name === "t") this.#inText = false;
    else if (name === "p") this.#write(this.#tables > 0 ? " " : "\n\n");
    else if (name === "tr") this.#write("\n");
    else if (name === "tbl") {
      this.#tables = Math.max(0, this.#tables - 1);
      this.#write("\n");
    }
  }

  #cell(): void {
    if (!this.#firstCell) this.#write("| ");
    this.#firstCell = false;
  }

  #write(text: string): void {
    this.#length += text.length;
    if (this.#length > LONGEST_DOCUMENT_TEXT)
      throw new Unreadable("too-long", { limit: LONGEST_DOCUMENT_TEXT });
    if (text !== "") this.#chunks.push(text);
  }
}

/** Word names its styles in its own language: Heading1, berschrift1, Titre1. */
function headingMark(style: string): string {
  const level = /^(?:heading|.?berschrift|titre|titolo|t.tulo|kop|nag.?.?wek)\s?([1-6])$/i.exec(style)?.[1];
  return level ? `${"#".repeat(Number(level))} ` : "";
}
