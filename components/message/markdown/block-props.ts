import type { Links } from "marked";
import type { Open } from "./blocks";
import type { BlockToken } from "./lexer";

/** What each piece inside a block is told. */
export interface Surroundings {
  links: Links;
  /** How the text ends, where this piece is its end. */
  open?: Open;
  /** 0 for the blocks of the answer itself. */
  depth: number;
}

export interface BlockProps<Token = BlockToken> extends Surroundings {
  token: Token;
}

/** Whether a piece with this source would look the same. */
export const isSameIn = (former: Surroundings, next: Surroundings, raw: string): boolean =>
  former.open === next.open &&
  former.depth === next.depth &&
  (former.links === next.links || !raw.includes("["));
