import { type Message, textOf } from "../messages/message";

/** Lines that the highest of usual windows shows, and some more, because how text breaks is only estimated. */
const LINES = 90;
/** Of a message's text at its full width. */
const LETTERS_PER_LINE = 80;
/** What a message takes besides its text: the space around it and its buttons. */
const LINES_AROUND = 4;
/** A picture or a document. */
const LINES_OF_PART = 3;
/** However long they are, the last question and its answer. */
const LEAST_MESSAGES = 2;

/** No more messages than this fill a window, however short they are. */
export const MOST_IN_SCREENFUL = Math.ceil(LINES / LINES_AROUND);

/** The last of a branch's messages: as many as fill a window, estimated, and at least the last two. */
export function screenful(branch: Message[]): Message[] {
  let lines = 0;
  let first = branch.length;
  while (first > 0 && (lines < LINES || branch.length - first < LEAST_MESSAGES)) {
    first -= 1;
    lines += linesOf(branch[first] as Message);
  }
  return branch.slice(first);
}

function linesOf(message: Message): number {
  const text = textOf(message)
    .split("\n")
    .reduce((lines, line) => lines + Math.ceil(line.length / LETTERS_PER_LINE), 0);
  const others = message.parts.filter(({ type }) => type !== "text").length;
  return LINES_AROUND + text + others * LINES_OF_PART;
}
