import "katex/dist/katex.min.css";

/** Brings the styles of formulas, as a file of its own. */
export const FormulaSheet = () => null;
