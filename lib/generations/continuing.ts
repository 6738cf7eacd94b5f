import { type Part, textOf } from "../messages/message";
import type { Turn } from "./prompt";

/**
 * What the model is asked when it is to go on. A question of the person's, because every OpenAI-compatible server takes
 * that; an answer as the last message, to be continued, is an extension of some (decision 10).
 */
const GO_ON =
  "Your answer above broke off. Go on exactly where it ends, with the very next word, in its language and form. " +
  "Repeat nothing of it, and say nothing about this.";

/** A last word longer than this is none: an address, or a language that has no spaces. Characters. */
const LONGEST_WORD = 40;
/** So much of the end is looked at for what the model repeats. Characters. */
const TAIL = 400;
/** What is repeated must be so long to be taken for that. Characters. */
const SHORTEST_REPEAT = 12;

/** An answer that is gone on with: what is kept of its text, and its last word, which is written anew. */
export interface Begun {
  kept: string;
  dropped: string;
}

/**
 * All but the last word of a text that broke off is kept: that may be half of one. So it always goes on between two
 * words, and nobody has to guess whether a space belongs there.
 */
export function begunOf(parts: readonly Part[]): Begun {
  const text = textOf({ parts: [...parts] });
  const dropped = /\S+$/.exec(text)?.[0] ?? "";
  const kept = text.slice(0, text.length - dropped.length);
  return dropped.length > LONGEST_WORD || kept.trim() === ""
    ? { kept: text, dropped: "" }
    : { kept, dropped };
}

/** The history with what was said so far, and the request to go on. */
export const withGoOn = (turns: Turn[], kept: string): Turn[] => [
  ...turns,
  { role: "assistant", parts: [{ type: "text", text: kept }] },
  { role: "user", parts: [{ type: "text", text: GO_ON }] },
];

/**
 * Joins what the model goes on with to what it had said: what it repeats of the end is dropped, and of two white spaces
 * at the seam one. Text is held back only for as long as it could still be a repetition.
 */
export class Seam {
  readonly #tail: string;
  readonly #spaced: boolean;
  #held: string | null = "";

  constructor(kept: string) {
    this.#spaced = /\s$/.test(kept);
    this.#tail = kept.trimEnd().slice(-TAIL);
  }

  /** What is new in this piece; often nothing at first. */
  push(text: string): string {
    if (this.#held === null) return text;
    this.#held += text;
    const held = this.#held.trimStart();
    if (held === "" || this.#tail.includes(held)) return "";
    return this.end();
  }

  /** What was still held back. */
  end(): string {
    if (this.#held === null) return "";
    const held = this.#held;
    this.#held = null;
    const repeated = repeatOf(this.#tail, held.trimStart());
    const rest = repeated > 0 ? held.trimStart().slice(repeated) : held;
    return this.#spaced ? rest.replace(/^[^\S\n]+/, "") : rest;
  }
}

/** How many characters at the beginning of the one stand at the end of the other. */
function repeatOf(tail: string, text: string): number {
  for (let length = Math.min(tail.length, text.length); length >= SHORTEST_REPEAT; length--) {
    if (tail.endsWith(text.slice(0, length))) return length;
  }
  return 0;
}
