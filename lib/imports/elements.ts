/**
 * The elements of a JSON array as texts, one after the other, or the one object that there is: an export of years is a
 * single array, which need not stand in memory for that. Whether each is JSON is seen when it is parsed. `longest` of
 * each, UTF-16 code units; a longer one, and one that is far deeper than any conversation, is given as null. Throws a SyntaxError for what is neither an array nor an
 * object, or does not end.
 */
export async function* elementsOf(
  chunks: AsyncIterable<Uint8Array>,
  longest: number,
): AsyncGenerator<string | null> {
  const decoder = new TextDecoder();
  const splitter = new Splitter(longest);
  for await (const chunk of chunks) yield* splitter.take(decoder.decode(chunk, { stream: true }));
  splitter.end();
}

class Splitter {
  readonly #longest: number;
  /** Null before anything but space has come; after that whether the elements stand in an array. */
  #inArray: boolean | null = null;
  #depth = 0;
  #quoted = false;
  #escaped = false;
  #closed = false;
  /** Of the element that is being read; null once it is too long. */
  #parts: string[] | null = [];
  #length = 0;

  constructor(longest: number) {
    this.#longest = longest;
  }

  *take(text: string): Generator<string | null> {
    let from = 0;
    for (let at = 0; at < text.length; at++) {
      const char = text.charCodeAt(at);
      if (this.#quoted) {
        if (this.#escaped) this.#escaped = false;
        else if (char === BACKSLASH) this.#escaped = true;
        else if (char === QUOTE) this.#quoted = false;
        continue;
      }
      if (char === QUOTE) this.#quoted = true;
      else if (char === OPEN_BRACE || char === OPEN_BRACKET) {
        if (this.#depth === 0) {
          this.#begin(char);
          from = this.#inArray ? at + 1 : at;
        }
        // Whoever parses it would need a gigabyte for that.
        if (++this.#depth > DEEPEST) this.#parts = null;
      } else if (char === CLOSE_BRACE || char === CLOSE_BRACKET) {
        this.#depth--;
        if (this.#depth === 0) {
          this.#add(text.slice(from, this.#inArray ? at : at + 1));
          from = at + 1;
          this.#closed = true;
          yield* this.#finish();
        }
      } else if (char === COMMA && this.#depth === 1 && this.#inArray) {
        this.#add(text.slice(from, at));
        from = at + 1;
        yield* this.#finish();
      } else if (this.#depth === 0 && !isSpace(char)) throw new SyntaxError("neither an array nor an object");
    }
    if (this.#depth > 0) this.#add(text.slice(from));
  }

  end(): void {
    if (!this.#closed) throw new SyntaxError("the JSON does not end");
  }

  #begin(char: number): void {
    if (this.#closed) throw new SyntaxError("there is something behind the JSON");
    this.#inArray = char === OPEN_BRACKET;
  }

  #add(text: string): void {
    this.#length += text.length;
    if (this.#length > this.#longest) this.#parts = null;
    this.#parts?.push(text);
  }

  *#finish(): Generator<string | null> {
    const text = this.#parts?.join("") ?? null;
    this.#parts = [];
    this.#length = 0;
    if (text?.trim() !== "") yield text;
  }
}

/** LibreChat's trees go two deeper with each message. */
const DEEPEST = 20_100;
const QUOTE = 34;
const COMMA = 44;
const OPEN_BRACKET = 91;
const BACKSLASH = 92;
const CLOSE_BRACKET = 93;
const OPEN_BRACE = 123;
const CLOSE_BRACE = 125;

/** Also the mark that some programs put before the text. */
const isSpace = (char: number) => char === 32 || (char >= 9 && char <= 13) || char === 0xfeff;
