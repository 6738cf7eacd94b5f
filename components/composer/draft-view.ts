import type { DocumentTile } from "../document/tiles";
import type { Tile } from "./tiles";

/** What the composer shows of a draft. */
export interface DraftView {
  text: string;
  tiles: readonly Tile[];
  documents: readonly DocumentTile[];
  /** How many files the last choice had more than fit into one message. */
  leftOut: number;
  /** The same for documents. */
  documentsLeftOut: number;
}

export const EMPTY_DRAFT: DraftView = { text: "", tiles: [], documents: [], leftOut: 0, documentsLeftOut: 0 };
