export interface ServerEvent {
  /** "message" where it says none. */
  type: string;
  data: string;
  /** The last one said so far. */
  id: string;
}

/**
 * Server-sent events from bytes, however they are cut, as https://html.spec.whatwg.org/multipage/server-sent-events.html
 * has them. `retry` is not heard: the reader knows better when to come again.
 */
export class EventParser {
  readonly #decoder = new TextDecoder();
  readonly #give: (event: ServerEvent) => void;
  #rest = "";
  #type = "";
  #data: string[] = [];
  #id: string;

  /** `id`: the last one of an earlier line that this one goes on from. */
  constructor(give: (event: ServerEvent) => void, id = "") {
    this.#give = give;
    this.#id = id;
  }

  push(bytes: Uint8Array): void {
    this.#rest += this.#decoder.decode(bytes, { stream: true });
    // A return at the very end may be the first half of a line's end.
    const lines = this.#rest.split(/\r\n|\n|\r(?!$)/);
    this.#rest = lines.pop() ?? "";
    for (const line of lines) {
      if (line === "") this.#dispatch();
      else this.#field(line);
    }
  }

  #field(line: string): void {
    const colon = line.indexOf(":");
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? "" : line.slice(line[colon + 1] === " " ? colon + 2 : colon + 1);
    if (field === "data") this.#data.push(value);
    else if (field === "event") this.#type = value;
    else if (field === "id" && !value.includes("\0")) this.#id = value;
  }

  #dispatch(): void {
    const event = { type: this.#type || "message", data: this.#data.join("\n"), id: this.#id };
    const isEvent = this.#data.length > 0;
    this.#type = "";
    this.#data = [];
    if (isEvent) this.#give(event);
  }
}
