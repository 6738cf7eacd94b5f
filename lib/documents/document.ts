/** Largest file, bytes; what the front door lets through. */
export const LARGEST_DOCUMENT = 25 * 1024 * 1024;
/** Most pages that are read of a document. */
export const MOST_PAGES = 2_000;
/** Longest text that is read of a document, UTF-16 code units: about eight times what the model can hold. */
export const LONGEST_DOCUMENT_TEXT = 4_000_000;
/** Tokens that the model holds at all; a document beyond it can be sent in parts only. */
export const MODEL_HOLDS = 128_000;
/** Most documents in one message. */
export const MOST_DOCUMENTS = 10;

/** Most pages of a PDF that are drawn at one request. */
export const MOST_PAGES_DRAWN = 10;

/** Pages of a document that go into a message, from 1, both included. */
export interface DocumentChoice {
  documentId: string;
  firstPage: number;
  lastPage: number;
}

/** What was read of a document, page by page; a file without pages of its own is cut where lines end. */
export interface ExtractedText {
  pages: string[];
  /** Of each page, by the model's vocabulary. */
  pageTokens: number[];
  /** Some pages could not be counted, and their tokens are only about right. Missing in what is older. */
  rough?: boolean;
  /** What each page costs as a picture, by the formula; null where pages cannot be drawn. */
  pictureTokens: number[] | null;
}

/** POST /api/documents answers 201 with this. `pages` counts them, `tokens` are those of the whole text. */
export interface UploadedDocument {
  id: string;
  name: string;
  contentType: DocumentType;
  /** Kept of it: the file and its text. */
  bytes: number;
  pages: number;
  tokens: number;
  pageTokens: number[];
  /** Their tokens are only about right. */
  rough: boolean;
  pictureTokens: number[] | null;
  /** False for a scan: its pages can be sent as pictures only. */
  hasText: boolean;
}

/** What a document was found to be, by its bytes. */
export const DOCUMENT_TYPES = [
  "application/pdf",
  "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  "text/plain",
] as const;
export type DocumentType = (typeof DOCUMENT_TYPES)[number];

/** Tokens of a range of pages, both ends included, from 1. */
export const tokensOfPages = (pageTokens: readonly number[], firstPage: number, lastPage: number): number =>
  pageTokens.slice(firstPage - 1, lastPage).reduce((sum, tokens) => sum + tokens, 0);

/** Reasons to refuse a document; each has a sentence in the catalogues under `documentRefusal.<code>`. */
export const DOCUMENT_REFUSALS = [
  "empty",
  "too-many-bytes",
  "unsupported-format",
  "old-office",
  "encrypted",
  "damaged",
  "inflated",
  "too-many-pages",
  "too-long",
  "too-demanding",
  "no-text",
  "too-many-unsent",
  "too-much-stored",
  "upload-failed",
] as const;
export type DocumentRefusal = (typeof DOCUMENT_REFUSALS)[number];
