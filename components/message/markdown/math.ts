/** A formula in a text: as it is written, without its marks, and whether it stands on a line of its own. */
export interface Formula {
  raw: string;
  tex: string;
  display: boolean;
}

/** What stands on lines of its own between `$$` or `\[ \]`; not `closed` while its end has not come. */
export interface MathBlockToken extends Formula {
  type: "math";
  closed: boolean;
}

/** Longest formula, in characters. */
const LONGEST = 4_000;

const NO_BLANK = String.raw`(?!\n[ \t]*\n)`;
const BLOCK = new RegExp(
  String.raw`^ {0,3}(?:\$\$((?:${NO_BLANK}(?!\$)[\s\S])+)\$\$|\\\[((?:${NO_BLANK}(?!\\\])[\s\S])+)\\\])[ \t]*(?=\n|$)`,
);
const OPEN_BLOCK = new RegExp(
  String.raw`^ {0,3}(?:\$\$(?!\$)(?:${NO_BLANK}(?!\$\$)[\s\S])*|\\\[(?:${NO_BLANK}(?!\\\])[\s\S])*)$`,
);
const LINE_START = /\n {0,3}(?=\$\$|\\\[)/g;

/** The block of math that `source` begins with. One that is not closed only where more will come. */
export function mathBlock(source: string, growing: boolean): MathBlockToken | undefined {
  if (!/^ {0,3}(?:\$\$|\\\[)/.test(source)) return undefined;
  const found = BLOCK.exec(source);
  const tex = found?.[1] ?? found?.[2] ?? "";
  if (found && tex.trim() !== "" && tex.length <= LONGEST) {
    return { type: "math", raw: found[0], tex: tex.trim(), display: true, closed: true };
  }
  const open = growing ? OPEN_BLOCK.exec(source) : null;
  if (!open || open[0].length > LONGEST) return undefined;
  return { type: "math", raw: open[0], tex: "", display: true, closed: false };
}

/** Where in `source` the next line is that begins a whole block of math. */
export function nextMathBlock(source: string): number | undefined {
  for (const { index } of source.matchAll(LINE_START)) {
    if (mathBlock(source.slice(index + 1), false)) return index + 1;
  }
  return undefined;
}

/** The whole lines of `source` up to where a block of math may have begun that has not come to its end. */
export function beforeOpenMath(source: string): string {
  const paragraph = source.search(/\n[ \t]*\n(?![\s\S]*\n[ \t]*\n)/) + 1;
  let end = 0;
  for (const { index } of `\n${source.slice(paragraph)}`.matchAll(LINE_START)) {
    if (index < end) continue;
    const rest = source.slice(paragraph + index);
    if (OPEN_BLOCK.test(rest)) return source.slice(0, paragraph + index);
    end = index + (mathBlock(rest, false)?.raw.length ?? 0);
  }
  return source;
}

/** Letters of the private use area: no writing has them, and Markdown takes them for letters. */
const MASK = "\ue000";
const FIRST = 0xe100;
const MASKED = /\ue000([\ue100-\uf8ff])/g;
const MOST = 0xf8ff - FIRST;

export interface Masked {
  text: string;
  formulas: readonly Formula[];
}

const NO_FORMULAS: readonly Formula[] = [];

/**
 * The inline text with a stand-in for each whole formula, so that nothing in one is read as Markdown. Code is left
 * alone. A single `$` is mostly money: it counts where both stand tight around something and not against a word.
 */
export function mask(text: string): Masked {
  if (!/\$|\\[([]/.test(text) || text.includes(MASK)) return { text, formulas: NO_FORMULAS };
  const formulas: Formula[] = [];
  let masked = "";
  let done = 0;
  for (let at = 0; at < text.length && formulas.length < MOST; ) {
    const candidate = text.slice(at).search(/[`$\\]/);
    if (candidate < 0) break;
    at += candidate;
    const formula = formulaAt(text, at);
    if (!formula) {
      at += skipped(text, at);
      continue;
    }
    masked += text.slice(done, at) + MASK + String.fromCharCode(FIRST + formulas.length);
    formulas.push(formula);
    at += formula.raw.length;
    done = at;
  }
  return { text: masked + text.slice(done), formulas };
}

/** The text with its formulas as they were written. */
export const unmask = (text: string, formulas: readonly Formula[]): string =>
  formulas.length === 0 ? text : text.replace(MASKED, (_, letter) => formulaOf(letter, formulas)?.raw ?? "");

/** Text and formulas in turn. */
export function split(text: string, formulas: readonly Formula[]): (string | Formula)[] {
  if (formulas.length === 0) return [text];
  return text
    .split(MASKED)
    .map((piece, index) => (index % 2 === 0 ? piece : (formulaOf(piece, formulas) ?? "")))
    .filter((piece) => piece !== "");
}

const formulaOf = (letter: string, formulas: readonly Formula[]): Formula | undefined =>
  formulas[letter.charCodeAt(0) - FIRST];

const PAREN = /\\\(((?:(?!\\\))[\s\S]){1,2000})\\\)/y;
const BRACKET = /\\\[((?:(?!\\\])[\s\S]){1,2000})\\\]/y;
const DOUBLE = /\$\$(?!\$)([^$]{1,2000})\$\$(?!\$)/y;
const SINGLE = /\$(?![\s$])((?:[^$\n\\`]|\\[^\n]){0,400}?[^$\n\\`\s]|\\[^\n\s])\$(?![\w$])/y;
/** What a formula that begins with a digit has, and an amount of money has not. */
const SIGNS = /[\\^_={}+<>*/]|\d[a-z]/;

function formulaAt(text: string, at: number): Formula | undefined {
  if (text[at] === "\\") return match(PAREN, text, at, false) ?? match(BRACKET, text, at, true);
  if (text[at] !== "$") return undefined;
  const double = match(DOUBLE, text, at, true);
  if (double || text[at + 1] === "$" || /[\w$]/.test(text[at - 1] ?? "")) return double;
  const single = match(SINGLE, text, at, false);
  return single && isLikely(single.tex) ? single : undefined;
}

function match(pattern: RegExp, text: string, at: number, display: boolean): Formula | undefined {
  pattern.lastIndex = at;
  const found = pattern.exec(text);
  const tex = found?.[1]?.trim();
  return found && tex ? { raw: found[0], tex, display } : undefined;
}

/** `$5, or 7$` is an amount and `$HOME$` a variable of a shell. */
const isLikely = (tex: string) =>
  !/^[A-Z_]{2,}$/.test(tex) && (!/^\d/.test(tex) || SIGNS.test(tex) || /^\d+$/.test(tex));

/** How far to go on from what is no formula: over a whole span of code, and over what is escaped. */
function skipped(text: string, at: number): number {
  if (text[at] === "\\") return 2;
  if (text[at] === "$") return text[at + 1] === "$" ? 2 : 1;
  const fence = /`+/y;
  fence.lastIndex = at;
  const run = fence.exec(text)?.[0] ?? "`";
  for (let end = text.indexOf(run, at + run.length); end >= 0; end = text.indexOf(run, end + 1)) {
    const isWhole = text[end - 1] !== "`" && text[end + run.length] !== "`";
    if (isWhole) return end + run.length - at;
  }
  return run.length;
}

/** Longest piece of a formula that is waited for; a longer one is shown as it comes. */
const LONGEST_WAIT = 600;

/** Where in the text of a growing leaf, formulas masked, one begins that has not come to its end; -1 where none does. */
export function halfFormula(text: string): number {
  const at = Math.max(text.lastIndexOf("\\("), text.lastIndexOf("\\["), text.lastIndexOf("$$"));
  if (at < 0 || text.length - at > LONGEST_WAIT || text[at - 1] === "\\") return -1;
  return isInCode(text.slice(0, at)) ? -1 : at;
}

const isInCode = (before: string) => ((before.match(/`+/g)?.length ?? 0) & 1) === 1;
