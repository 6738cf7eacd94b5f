import katex from "katex";
import { BOUNDS } from "@/components/message/markdown/formula-bounds";
import { lexBlocks } from "@/components/message/markdown/lexer";
import { type Formula, mask } from "@/components/message/markdown/math";
import { BLACKED_OUT } from "@/lib/shares/private-looking";
import { breathe } from "./breathe";

/** HTML of formulas by `formulaKey`. What is not there is shown as it is written. */
export type Formulas = Record<string, string>;

type ToSet = Pick<Formula, "tex" | "display">;

export const formulaKey = ({ tex, display }: ToSet): string => (display ? "$$" : "$") + tex;

/** Longest formula that is set, in characters of TeX: the slowest take 50 ms, and nobody else is served meanwhile. */
const LONGEST = 1_000;
/** Set in one page, in characters; each formula counts some more. The slowest take two seconds in all, once. */
const MOST = 30_000;
const EACH = 20;
/** Kept of what was set for any page, so that the second visitor waits for nothing. */
const MOST_KEPT = 2_000;
const kept = new Map<string, string | null>();

/** Definitions make much out of little, and there is no need for them. */
const DEFINES = /\\(?:[egx]?def|global|long|let|futurelet|(?:re)?new|provide)/;

/** Texts that are read without a pause. */
const PIECE = 8;

/** Sets the formulas of these texts one by one, and lets others be served between them. */
export async function formulasOf(texts: readonly string[]): Promise<Formulas> {
  const formulas: Formulas = {};
  let left = MOST;
  for (const [index, text] of texts.entries()) {
    if (index > 0 && index % PIECE === 0) await breathe();
    for (const formula of formulasIn({ tokens: lexBlocks(text, false) as Node[] })) {
      left -= formula.tex.length + EACH;
      if (left < 0) return formulas;
      const key = formulaKey(formula);
      if (!kept.has(key)) {
        await breathe();
        keep(key, typeset(formula));
      }
      const html = kept.get(key);
      if (html) formulas[key] = html;
    }
  }
  return formulas;
}

interface Node {
  type?: string;
  text?: string;
  tokens?: Node[];
  items?: Node[];
  /** Of a table its cells; a cell says here whether it is one of them. */
  header?: Node[] | boolean;
  rows?: Node[][];
}

/** In the order of the text; those of blocks, and those within lines. */
function* formulasIn(node: Node): Generator<ToSet> {
  if (node.type === "code" || node.type === "html") return;
  if (node.type === "math") return yield node as Formula;
  const { tokens = [], items = [], header, rows = [] } = node;
  const inner = [...tokens, ...items, ...(Array.isArray(header) ? header : []), ...rows.flat()];
  if (inner.length === 0) yield* mask(node.text ?? "").formulas;
  for (const each of inner) yield* formulasIn(each);
}

function keep(key: string, html: string | null): void {
  kept.set(key, html);
  const [oldest = key] = kept.keys();
  if (kept.size > MOST_KEPT) kept.delete(oldest);
}

/** Null where it may not or cannot be set. What KaTeX writes holds text only as text (threat 31). */
function typeset({ tex, display }: ToSet): string | null {
  if (tex.length > LONGEST || DEFINES.test(tex) || tex.includes(BLACKED_OUT)) return null;
  try {
    const options = { ...BOUNDS, displayMode: display, throwOnError: true, output: "htmlAndMathml" } as const;
    return katex.renderToString(tex, options);
  } catch {
    return null;
  }
}
