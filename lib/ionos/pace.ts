/** Text that comes faster is handed on in one piece: a page draws no more often, and each piece is a write to everybody who follows. Milliseconds. */
const FRAME_MS = 40;
/** The longest that text is held back when many answers run at once. Milliseconds. */
const LONGEST_MS = 66;

/** All that hold text back: they emit together, so that fifty answers cost one timer and one turn of the loop. */
const holding = new Set<Pace>();
let timer: NodeJS.Timeout | undefined;
let open = 0;

const frame = () => Math.min(LONGEST_MS, FRAME_MS + 0.15 * (open - 1));

function emitAll(): void {
  timer = undefined;
  const now = performance.now();
  for (const pace of [...holding]) pace.flush(now);
}

/**
 * Merges pieces of text that arrive within a frame; the first goes at once. With many answers running the frame
 * grows, so that the cost of all of them stays bounded while every reader still sees fifteen updates a second.
 */
export class Pace {
  readonly #emit: (text: string) => void;
  #held = "";
  #last = Number.NEGATIVE_INFINITY;

  constructor(emit: (text: string) => void) {
    this.#emit = emit;
    open++;
  }

  push(text: string): void {
    if (this.#held !== "") {
      this.#held += text;
      return;
    }
    this.#held = text;
    const now = performance.now();
    if (now - this.#last >= frame()) this.flush(now);
    else {
      holding.add(this);
      if (timer === undefined) timer = setTimeout(emitAll, frame());
    }
  }

  /** Emits what is held back, now: before anything that is not text, and at the end. */
  flush(now = performance.now()): void {
    if (this.#held === "") return;
    holding.delete(this);
    this.#last = now;
    const text = this.#held;
    this.#held = "";
    this.#emit(text);
  }

  /** Emits what is held back; nothing may be pushed after it. */
  close(): void {
    this.flush();
    open--;
  }
}
