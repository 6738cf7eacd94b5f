import type { Line } from "./lines";

/** How much code is coloured at a time, in characters: some 15 ms on a slow machine. */
const STEP = 8_000;
/** Minified code and data: grammars take a time that grows with the square of such a line, for nothing to read. */
const LONG_LINE = /[^\n]{1000}/;

/** How far a block of code is coloured. */
export interface Colouring {
  /** The beginning of the block that `lines` show. */
  code: string;
  lines: readonly Line[];
  /** Up to here colours are final: nothing (a string, a comment) is open there. */
  settledLength: number;
  settledLines: number;
}

export const UNCOLOURED: Colouring = { code: "", lines: [], settledLength: 0, settledLines: 0 };

/**
 * Colours the next stretch of `code`, which goes on from `former.code`. Call again until `code` is the same, each
 * time in a task of its own. Text is never lost or added: the lines together are `code` of the answer.
 */
export function colourNext(
  former: Colouring,
  code: string,
  highlight: (code: string) => readonly Line[],
): Colouring {
  const start = former.settledLength;
  const end = stretchEnd(code, start);
  const stretch = code.slice(start, end);
  const lines = LONG_LINE.test(stretch) ? plain(stretch) : highlight(stretch);
  const isLast = end === code.length;
  const settled = isLast ? 0 : settledCount(lines);
  return {
    code: code.slice(0, end),
    lines: [...former.lines.slice(0, former.settledLines), ...lines],
    settledLength: start + lengthOf(lines.slice(0, settled)),
    settledLines: former.settledLines + settled,
  };
}

const plain = (code: string): Line[] => code.split(/(?<=\n)/).map((text) => [{ text }]);

/** At the end of a line where there is one. */
function stretchEnd(code: string, start: number): number {
  if (code.length - start <= STEP) return code.length;
  const lineEnd = code.lastIndexOf("\n", start + STEP - 1) + 1;
  return lineEnd > start ? lineEnd : start + STEP;
}

/**
 * How many lines can be left as they are: up to where something new starts at the left edge, else to where at
 * least no string or comment is open, else all.
 */
function settledCount(lines: readonly Line[]): number {
  const half = Math.floor(lines.length / 2);
  const free = lines.map((line, index) => index >= half && !line.at(-1)?.className);
  const fresh = free.findLastIndex((isFree, index) => isFree && startsFresh(lines[index + 1]));
  return (fresh >= 0 ? fresh : free.lastIndexOf(true)) + 1 || lines.length;
}

const startsFresh = (line: Line | undefined): boolean => /^[^\s)\]}>]/.test(line?.[0]?.text ?? "");

const lengthOf = (lines: readonly Line[]): number =>
  lines.reduce((sum, line) => line.reduce((length, piece) => length + piece.text.length, sum), 0);
