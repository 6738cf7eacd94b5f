import type { DocumentRefusal, DocumentType } from "../document.ts";

/** What the reader is asked. The file comes first; pages of it can be drawn after that, counted from 1. */
export type ReaderRequest = { file: Uint8Array } | { open: Uint8Array } | { draw: number };

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

/** A page as pixels, four bytes each: red, green, blue and one to pass over. */
export interface DrawnPage {
  width: number;
  height: number;
  data: Uint8Array;
}

export type ReaderAnswer =
  | { reading: Reading }
  | { opened: true }
  | { drawn: DrawnPage }
  | { refused: { reason: DocumentRefusal; details: Record<string, number> } };

/** What a reader may take before it is ended. */
export interface ReaderLimits {
  /** Megabytes of memory, all told. */
  memoryMb: number;
  /** Seconds of computing, however busy the machine is. */
  cpuSeconds: number;
}
