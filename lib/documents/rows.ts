import "server-only";
import type { Actor } from "@/lib/users/actor";
import type { DocumentType, ExtractedText, UploadedDocument } from "./document";

/** The documents an actor may see: their own. Every query and command on documents goes through it. */
export const documentsOf = (actor: Actor) => ({ ownerId: actor.id });

/** Uploaded, but in no message. */
export const UNSENT = { messages: { none: {} } } as const;

export const DOCUMENT_COLUMNS = {
  id: true,
  name: true,
  contentType: true,
  bytes: true,
  blobKey: true,
  textKey: true,
  contentHash: true,
  pages: true,
  tokens: true,
} as const;

export interface DocumentRow {
  id: string;
  name: string;
  contentType: string;
  bytes: number;
  blobKey: string;
  textKey: string;
  contentHash: string;
  pages: number;
  tokens: number;
}

/** Only what reads files writes content types, so a row has one of those. */
export const uploadedOf = (
  row: DocumentRow,
  { pages, pageTokens, rough = false, pictureTokens }: ExtractedText,
): UploadedDocument => ({
  id: row.id,
  name: row.name,
  contentType: row.contentType as DocumentType,
  bytes: row.bytes,
  pages: row.pages,
  tokens: row.tokens,
  pageTokens,
  rough,
  pictureTokens,
  hasText: pages.some((page) => page.trim() !== ""),
});
