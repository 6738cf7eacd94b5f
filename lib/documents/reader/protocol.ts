import type { DocumentRefusal, DocumentType } from "../document.ts";

/** What the reader is asked of the file that is its input: its text, or pages of a PDF as pixels, counted from 1. */
export type ReaderRequest = { read: true } | { draw: number };

/** What was read of a file. Sizes of pages in points, null for all but PDF. */
export interface Reading {
  type: DocumentType;
  pages: string[];
  pageSizes: PageSize[] | null;
}

export interface PageSize {
  width: number;
  height: number;
}

/** A page as pixels, three bytes each: red, green, blue. */
export interface DrawnPage {
  width: number;
  height: number;
  data: Uint8Array;
}

export type ReaderAnswer =
  | { reading: Reading }
  /** The pixels follow on descriptor 4. */
  | { drawn: Omit<DrawnPage, "data"> }
  | { refused: { reason: DocumentRefusal; details: Record<string, number> } };

/** What a reader may take before it is ended. */
export interface ReaderLimits {
  /** Megabytes of memory, all told. */
  memoryMb: number;
  /** Seconds of computing for an answer, however busy the machine is. */
  cpuSeconds: number;
}
