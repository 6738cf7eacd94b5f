import "katex/dist/katex.min.css";
import katex from "katex";
import { BOUNDS } from "./formula-bounds";

/**
 * The formula as elements, with MathML for screen readers; null where KaTeX cannot read it. It makes elements, never
 * HTML, and sets their styles as our policy allows.
 */
export function typeset(tex: string, displayMode: boolean): HTMLElement | null {
  const node = document.createElement("span");
  try {
    katex.render(tex, node, { ...BOUNDS, displayMode, throwOnError: true, output: "htmlAndMathml" });
    return node;
  } catch {
    return null;
  }
}
