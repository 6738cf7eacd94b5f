import type { DocumentRefused } from "@/lib/client/documents/refused";
import { tokensOfPages, type UploadedDocument } from "@/lib/documents/document";
import type { DocumentPart } from "@/lib/messages/message";

interface Common {
  /** Of the tile, in this tab only. */
  key: string;
  name: string;
}

/** A document whose pages can be chosen; pages count from 1. */
export interface ReadyDocument extends Common {
  state: "ready";
  document: UploadedDocument;
  firstPage: number;
  lastPage: number;
  /** How many of its pages are pictures by now, while they are being drawn. */
  drawn: number | null;
}

/** A document in the composer on its way to the server, being read there, and what came of it. */
export type DocumentTile =
  | (Common & { state: "uploading"; progress: number })
  | (Common & { state: "reading" })
  | ReadyDocument
  | (Common & { state: "failed"; refused: DocumentRefused; again: boolean });

/** With the pages that are no pictures yet, of those that are to be. */
export const undrawn = (tile: ReadyDocument): ReadyDocument => ({
  ...tile,
  firstPage: Math.min(tile.lastPage, tile.firstPage + (tile.drawn ?? 0)),
});

export function partOf(tile: ReadyDocument): DocumentPart {
  const { id, name, contentType, pages } = tile.document;
  const { firstPage, lastPage } = tile;
  const tokens = tokensOf(tile);
  return { type: "document", documentId: id, name, contentType, pages, firstPage, lastPage, tokens };
}

/** What the chosen pages cost as text. */
export const tokensOf = ({ document, firstPage, lastPage }: ReadyDocument): number =>
  tokensOfPages(document.pageTokens, firstPage, lastPage);

/** What the chosen pages cost as pictures; null where pages cannot be drawn. */
export const pictureTokensOf = ({ document, firstPage, lastPage }: ReadyDocument): number | null =>
  document.pictureTokens && tokensOfPages(document.pictureTokens, firstPage, lastPage);
