import { createContext, type ReactNode } from "react";
import type { Colouring } from "./highlight/colouring";
import type { Grammar } from "./highlight/languages";
import type { Formula } from "./math";

/** Draws right away what otherwise waits for an idle moment of the browser: for pages that no script comes to. */
export interface AtOnce {
  colour(code: string, grammar: Grammar): Colouring;
  /** Null: it stays as it is written. */
  typeset(formula: Pick<Formula, "tex" | "display">): ReactNode;
  /** Said of a diagram, which needs a script to be drawn. */
  diagramNote: string;
}

export const AtOnceContext = createContext<AtOnce | null>(null);
