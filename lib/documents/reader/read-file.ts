import { cutIntoPages } from "./cut.ts";
import { readDocx } from "./docx.ts";
import { openPdf } from "./pdf.ts";
import type { Reading } from "./protocol.ts";
import { Unreadable } from "./refusal.ts";
import { decodedText } from "./text.ts";

/** The text of a file of any kind that is read here, known by its bytes alone. Throws Unreadable. */
export async function readFile(bytes: Uint8Array): Promise<Reading> {
  if (bytes.length === 0) throw new Unreadable("empty");
  if (isPdf(bytes)) return { type: "application/pdf", ...(await openPdf(bytes)).read() };
  if (startsWith(bytes, "PK\u0003\u0004")) {
    return { type: DOCX, pages: readDocx(bytes), pageSizes: null };
  }
  if (startsWith(bytes, "\u00d0\u00cf\u0011\u00e0")) {
    // Office files before 2007, and newer ones behind a password.
    throw new Unreadable(hasUtf16(bytes, "EncryptedPackage") ? "encrypted" : "old-office");
  }
  if (startsWith(bytes, "{\\rtf")) throw new Unreadable("old-office");
  return { type: "text/plain", pages: cutIntoPages(decodedText(bytes)), pageSizes: null };
}

const DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/** The mark may stand anywhere within the first kilobyte: mail and scanners put lines before it. */
const isPdf = (bytes: Uint8Array) => latin1(bytes.subarray(0, 1024)).includes("%PDF-");

const startsWith = (bytes: Uint8Array, mark: string) => latin1(bytes.subarray(0, mark.length)) === mark;

const hasUtf16 = (bytes: Uint8Array, name: string) =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(Buffer.from(name, "utf16le"));

const latin1 = (bytes: Uint8Array) => Buffer.from(bytes).toString("latin1");
