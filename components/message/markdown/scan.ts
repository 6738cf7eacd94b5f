/** Longest label of a link that is waited for; a longer one is shown as it comes. */
const LONGEST_LABEL = 80;
/** The same for a picture that is a link: its own address is part of the label. */
const LONGEST_PICTURE_LABEL = 600;

/** `(address "title` as far as it may have come. */
const HALF_DESTINATION = /^\(\s*(?:<[^<>\n]*>?|[^\s<]*)(?:\s+(?:["'(][^\n]*)?)?$/;
const DESTINATION =
  /\(\s*(?:<[^<>\n]*>|[^\s<()]*(?:\([^\s()]*\)[^\s()]*)*)(?:\s+(?:"[^"]*"|'[^']*'|\([^)]*\)))?\s*\)/y;
const REFERENCE = /\[[^[\]]*\]/y;
const ANGLED = /<[a-zA-Z/!?][^<>\n]*>/y;
const ADDRESS = /(?:https?:\/\/|www\.)[^\s<*]*/y;

const SPACE = /\s/;
const PUNCTUATION = /[\p{P}\p{S}]/u;

interface Delimiter {
  char: string;
  length: number;
  at: number;
  both: boolean;
}

export interface Scanned {
  /** Shorter than what was scanned if something in it has to wait. */
  text: string;
  /** What has to follow for all to be closed. */
  closers?: string;
}

/** Reads the inline Markdown `text` up to its end: what is open there, and what cannot be shown yet. */
export const scan = (text: string): Scanned => new Scan(text).run();

/**
 * `text` in pieces of at least `length` that mean the same one by one: cut at single spaces where nothing is open.
 * A text that goes on keeps its pieces but the last.
 */
export function piecesOf(text: string, length: number): string[] {
  if (text.length <= length) return [text];
  const reader = new Scan(text, length);
  reader.run();
  const cuts = [0, ...reader.cuts, text.length];
  return cuts.slice(1).map((end, index) => text.slice(cuts[index], end));
}

/** One pass over the text by CommonMark's rules for what binds tighter: code, then links, then emphasis. */
class Scan {
  private readonly text: string;
  private readonly open: Delimiter[] = [];
  private readonly labels: { at: number; height: number }[] = [];
  private at = 0;
  readonly cuts: number[] = [];
  private readonly pieceLength: number;

  constructor(text: string, pieceLength = Number.POSITIVE_INFINITY) {
    this.text = text;
    this.pieceLength = pieceLength;
  }

  run(): Scanned {
    while (this.at < this.text.length) {
      const cut = this.step();
      if (cut) return cut;
    }
    return this.finished("");
  }

  private finished(codeFence: string): Scanned {
    const waiting = this.labels.find(({ at }) => this.text.length - at <= longestLabel(this.text, at));
    if (waiting) return { text: this.text.slice(0, this.before(waiting.at)) };
    return { text: this.text, closers: codeFence + this.closers() };
  }

  private step(): Scanned | undefined {
    const char = this.text.charAt(this.at);
    if (char === "\\") this.at += 2;
    else if (char === "`") return this.code();
    else if (char === "<") this.skip(ANGLED);
    else if (char === "[") this.labels.push({ at: this.at++, height: this.open.length });
    else if (char === "]") return this.labelEnd();
    else if (char === "*" || char === "_" || char === "~") return this.delimiters(char);
    else if ((char === "h" || char === "w") && !this.isWord(this.at - 1)) this.skip(ADDRESS);
    else this.plain(char);
    return undefined;
  }

  private plain(char: string): void {
    this.at++;
    if (char !== " " || this.at - (this.cuts.at(-1) ?? 0) < this.pieceLength) return;
    const isClosed = this.open.length === 0 && this.labels.length === 0;
    if (isClosed && this.isInk(this.at) && this.isInk(this.at - 2)) this.cuts.push(this.at);
  }

  /** A code span; one without an end takes the rest of the text. */
  private code(): Scanned | undefined {
    const fence = this.runAt(this.at);
    for (let end = this.text.indexOf("`", this.at + fence.length); end >= 0; ) {
      const run = this.runAt(end);
      if (run === fence) {
        this.at = end + run.length;
        return undefined;
      }
      end = this.text.indexOf("`", end + run.length);
    }
    const content = this.text.slice(this.at + fence.length);
    if (content.trim() === "") return { text: this.text.slice(0, this.at) };
    return this.finished(fence);
  }

  private labelEnd(): Scanned | undefined {
    const label = this.labels.pop();
    this.at++;
    if (!label) return undefined;
    const next = this.text.charAt(this.at);
    if (next === "") {
      this.labels.push(label);
      return undefined;
    }
    const end = this.destinationEnd(next);
    if (end !== undefined) {
      // What opened inside the label can only close inside it.
      this.open.length = label.height;
      this.at = end;
      return undefined;
    }
    return this.mayBecomeLink(next) ? this.withoutDestination(label.at, next) : undefined;
  }

  private destinationEnd(next: string): number | undefined {
    if (next !== "(" && next !== "[") return undefined;
    return this.match(next === "(" ? DESTINATION : REFERENCE);
  }

  private mayBecomeLink(next: string): boolean {
    const rest = this.text.slice(this.at);
    return next === "(" ? HALF_DESTINATION.test(rest) : next === "[" && /^\[[^[\]\n]*$/.test(rest);
  }

  /** Of a link its label is shown until its address is whole; a picture waits, and what may be a reference. */
  private withoutDestination(start: number, next: string): Scanned {
    const before = this.text.slice(0, this.before(start));
    const isPicture = this.before(start) < start || this.text.startsWith("![", start + 1);
    const isLink = next === "(" && !isPicture;
    return { text: isLink ? before + this.text.slice(start + 1, this.at - 1) : before };
  }

  /** Where a label at `start` begins, with the mark of an image. */
  private before(start: number): number {
    return this.text.charAt(start - 1) === "!" ? start - 1 : start;
  }

  /** A run of emphasis marks: closes what it can, and opens something else with what is left. */
  private delimiters(char: string): Scanned | undefined {
    const run = this.runAt(this.at);
    const at = this.at;
    this.at += run.length;
    const { opens, closes } = this.flanks(char, at, run.length);
    // A lone mark at the end would run together with the ones that close what is open.
    if (!opens && !closes && this.text.slice(this.at).trim() === "") return { text: this.text.slice(0, at) };
    if (char === "~" && run.length !== 2) return undefined;
    const left = closes ? this.close(char, run.length, opens) : run.length;
    if (opens && left > 0) this.open.push({ char, length: left, at, both: closes });
    return undefined;
  }

  private close(char: string, length: number, both: boolean): number {
    let left = length;
    while (left > 0) {
      const index = this.open.findLastIndex((one) => one.char === char && fits(one, left, both));
      const opener = this.open[index];
      if (!opener) return left;
      const used = Math.min(2, opener.length, left);
      left -= used;
      opener.length -= used;
      this.open.length = opener.length > 0 ? index + 1 : index;
    }
    return 0;
  }

  /** CommonMark's left- and right-flanking. A `*` inside a word does not open: it is more often a product. */
  private flanks(char: string, at: number, length: number): { opens: boolean; closes: boolean } {
    const previous = this.text.charAt(at - 1) || " ";
    const next = this.text.charAt(at + length) || " ";
    const left = !SPACE.test(next) && (!PUNCTUATION.test(next) || !isLetter(previous));
    const right = !SPACE.test(previous) && (!PUNCTUATION.test(previous) || !isLetter(next));
    const inWord = isLetter(previous) && isLetter(next);
    if (char === "_") {
      const opens = left && (!right || PUNCTUATION.test(previous));
      return { opens, closes: right && (!left || PUNCTUATION.test(next)) };
    }
    return { opens: left && !inWord, closes: right };
  }

  private closers(): string {
    return this.open
      .toReversed()
      .map(({ char, length }) => char.repeat(length))
      .join("");
  }

  private runAt(at: number): string {
    const char = this.text.charAt(at);
    let end = at + 1;
    while (this.text.charAt(end) === char) end++;
    return this.text.slice(at, end);
  }

  private isInk(at: number): boolean {
    return at >= 0 && at < this.text.length && !SPACE.test(this.text.charAt(at));
  }

  private isWord(at: number): boolean {
    return /\w/.test(this.text.charAt(at));
  }

  private match(pattern: RegExp): number | undefined {
    pattern.lastIndex = this.at;
    return pattern.test(this.text) ? pattern.lastIndex : undefined;
  }

  private skip(pattern: RegExp): void {
    this.at = this.match(pattern) ?? this.at + 1;
  }
}

const longestLabel = (text: string, at: number) =>
  text.startsWith("![", at + 1) ? LONGEST_PICTURE_LABEL : LONGEST_LABEL;

const isLetter = (char: string) => !SPACE.test(char) && !PUNCTUATION.test(char);

/** CommonMark's rule of three: `*a**b*` is not read as an emphasis that ends at the double mark. */
function fits(opener: Delimiter, length: number, both: boolean): boolean {
  if (!both && !opener.both) return true;
  return (opener.length + length) % 3 !== 0 || (opener.length % 3 === 0 && length % 3 === 0);
}
