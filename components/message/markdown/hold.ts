/** Longest line that is held back because it may be the head of a table. */
const LONGEST_HEAD = 600;

/** What stands before the text of a line: quote marks, list markers, indentation. */
const CONTAINERS = /^(?:[ \t]*(?:>|(?:[-*+]|\d{1,9}[.)])(?=[ \t]|$)))*[ \t]*/;
/** Nothing but characters that start, end or underline something. */
const MARKERS_ONLY = /^[#`~*_=+\-|:>\s]*$/;
const ORDINAL = /^\d{1,9}[.)]?$/;
const FENCE = /^(`{3,}|~{3,})/;
const FENCE_LINE = /^((?:[ \t]*(?:>|(?:[-*+]|\d{1,9}[.)])(?=[ \t])))*[ \t]*)(`{3,}|~{3,})([^\n]*)$/gm;
const TASK = /^\[[ xX]?\]?[ \t]*$/;
const DEFINITION = /^\[[^\]]+\]:[ \t]*\S*(?:[ \t]+["'(].*)?[ \t]*$/;
const MATH = /^(?:\$\$?|\\\[?)$/;
const TAG = /^<[^\s<>]{0,80}$/;
const DELIMITER_ROW = /^(?=[^\n]*\|)[ \t>]*\|?[ \t]*:?-[-:| \t]*$/m;
const DELIMITER_START = /^[|:\- \t]*$/;

/**
 * How much of `tail` (the unsettled end of a growing answer) can be shown: its length, or where a last line
 * starts whose first characters do not tell yet what it will be. So no marker, fence, underline or row of pipes
 * is seen for a moment as text.
 */
export function heldFrom(tail: string): number {
  const lineStart = tail.lastIndexOf("\n") + 1;
  const line = tail.slice(lineStart);
  const before = tail.slice(0, lineStart);
  const fence = openFence(before);
  if (fence) return isFenceEnd(line, fence) ? lineStart : withoutHalfCharacter(tail);
  const body = line.replace(CONTAINERS, "");
  if (mayBeTable(before, body)) return tableHeadStart(before, body, lineStart);
  return isUndecided(body) ? lineStart : withoutHalfCharacter(tail);
}

const isUndecided = (body: string) =>
  MARKERS_ONLY.test(body) ||
  ORDINAL.test(body) ||
  FENCE.test(body) ||
  TASK.test(body) ||
  DEFINITION.test(body) ||
  TAG.test(body) ||
  MATH.test(body);

/** The fence that the whole lines leave open. */
function openFence(lines: string): string | undefined {
  let open: string | undefined;
  for (const [, prefix = "", fence = "", info = ""] of lines.matchAll(FENCE_LINE)) {
    if (!open) open = fence.startsWith("`") && info.includes("`") ? undefined : fence;
    else if (!/[^\s>]/.test(prefix) && fence.startsWith(open) && info.trim() === "") open = undefined;
  }
  return open;
}

/** A line inside a fence that so far holds only fence characters may be the closing one. */
function isFenceEnd(line: string, open: string): boolean {
  const body = line.replace(/^[\s>]*/, "").trimEnd();
  return body === open.charAt(0).repeat(body.length);
}

/** Whether the line before, or this one, may be the head of a table whose delimiter row has not come. */
function mayBeTable(before: string, body: string): boolean {
  if (body.length > LONGEST_HEAD) return false;
  const head = lastLine(before).replace(CONTAINERS, "");
  const couldHead = body.startsWith("|") || (head.startsWith("|") && DELIMITER_START.test(body));
  if (!couldHead) return false;
  const paragraph = before.slice(before.lastIndexOf("\n\n") + 1);
  return !DELIMITER_ROW.test(paragraph);
}

function tableHeadStart(before: string, body: string, lineStart: number): number {
  const head = lastLine(before);
  const headIsHeld = head.replace(CONTAINERS, "").startsWith("|") && DELIMITER_START.test(body);
  return headIsHeld ? lineStart - head.length - 1 : lineStart;
}

/** The last whole line of `lines`, which end with a line end; "" where that one is blank. */
function lastLine(lines: string): string {
  return lines.slice(lines.lastIndexOf("\n", lines.length - 2) + 1, -1);
}

/** A character beyond U+FFFF is two units; the first alone would be shown as a broken one. */
function withoutHalfCharacter(text: string): number {
  const last = text.charCodeAt(text.length - 1);
  return last >= 0xd800 && last <= 0xdbff ? text.length - 1 : text.length;
}
