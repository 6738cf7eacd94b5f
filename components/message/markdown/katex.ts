import "katex/dist/katex.min.css";
import katex from "katex";

/**
 * What a model may not do with a formula: links and attributes (`trust`), definitions that grow without end
 * (`maxExpand`), rules of any size (`maxSize`, in em). Threat 31.
 */
export const BOUNDS = { trust: false, maxExpand: 500, maxSize: 20, strict: "ignore" } as const;

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
