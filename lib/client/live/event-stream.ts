import { EventParser, type ServerEvent } from "./event-parser";

/** Before coming again to a line that broke, doubled each time to the longest. Milliseconds. */
const FIRST_RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 8_000;
/** The server says at least each 15 seconds that it is there: a line this long without a byte is none. Milliseconds. */
const SILENCE_MS = 45_000;
/** One that is being opened: the browser may try it on an old connection that is dead, too. Milliseconds. */
const OPENING_MS = 20_000;

const TIMES = { retryMs: FIRST_RETRY_MS, openingMs: OPENING_MS, silenceMs: SILENCE_MS };

interface Listener {
  opened(): void;
  event(event: ServerEvent): void;
  /** The line broke and is taken up again by itself, or was `refused` and is not. */
  failed(refused: boolean): void;
}

/**
 * Server-sent events of an address, until it is closed; comes again after a broken line with the id of the last event.
 *
 * Read with fetch, because the browser's own EventSource asks only when the running task is over: at the moment of
 * sending that is the drawing of the new turn, and the first word would wait for it. And it never notices a line that is
 * only half open, as after sleep.
 */
export class EventStream {
  readonly #address: string;
  readonly #listener: Listener;
  #lastId = "";
  #failures = 0;
  #abort = new AbortController();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #state: "connected" | "waiting" | "closed" = "connected";
  readonly #times: typeof TIMES;

  constructor(address: string, listener: Listener, times = TIMES) {
    this.#address = address;
    this.#listener = listener;
    this.#times = times;
    void this.#connect();
  }

  /** False while it waits to come again, and when it will not. */
  get connected(): boolean {
    return this.#state === "connected";
  }

  close(): void {
    this.#state = "closed";
    clearTimeout(this.#timer);
    this.#abort.abort();
  }

  async #connect(): Promise<void> {
    this.#state = "connected";
    this.#abort = new AbortController();
    let refused = false;
    try {
      const response = await this.#ask();
      refused = !isStream(response);
      if (!refused) await this.#read(response);
    } catch {
      // Offline, the server away, or silent for too long: all of them pass.
    }
    clearTimeout(this.#timer);
    this.#abort.abort();
    if (!this.#closed) this.#lost(refused);
  }

  get #closed(): boolean {
    return this.#state === "closed";
  }

  #ask(): Promise<Response> {
    this.#expect(this.#times.openingMs);
    const headers = { accept: "text/event-stream", ...(this.#lastId && { "last-event-id": this.#lastId }) };
    return fetch(this.#address, { headers, cache: "no-store", signal: this.#abort.signal });
  }

  async #read({ body }: Response): Promise<void> {
    this.#failures = 0;
    this.#listener.opened();
    const parser = new EventParser((event) => {
      this.#lastId = event.id;
      if (!this.#closed) this.#listener.event(event);
    }, this.#lastId);
    const reader = body?.getReader();
    this.#expect(this.#times.silenceMs);
    for (let piece = await reader?.read(); piece && !piece.done; piece = await reader?.read()) {
      this.#expect(this.#times.silenceMs);
      parser.push(piece.value);
    }
  }

  /** Something has to come within the time from now. */
  #expect(withinMs: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#abort.abort(), withinMs);
  }

  #lost(refused: boolean): void {
    this.#state = refused ? "closed" : "waiting";
    if (!refused) {
      const wait = Math.min(LONGEST_RETRY_MS, this.#times.retryMs * 2 ** this.#failures++);
      this.#timer = setTimeout(() => void this.#connect(), wait);
    }
    this.#listener.failed(refused);
  }
}

const isStream = ({ status, headers }: Response): boolean =>
  status === 200 && (headers.get("content-type") ?? "").startsWith("text/event-stream");
