import { failureOfEvent, UpstreamFailure } from "./failure";

/** What one line of the upstream's stream says, once read. */
export type WireEvent =
  | { type: "text"; text: string }
  | { type: "usage"; usage: TokenCount }
  | { type: "finish"; reason: string }
  | { type: "done" };

/** What the provider counted. */
export interface TokenCount {
  inputTokens: number;
  outputTokens: number;
}

/** A line longer than this is no server-sent event of a model. Characters. */
const LONGEST_LINE = 1_000_000;

/**
 * Reads the server-sent events of a streamed chat completion from bytes cut anywhere, tolerantly: CRLF or LF,
 * comments, unknown events and fields, empty or null choices and broken UTF-8 pass; a finish or a usage said
 * twice counts once. Each event is handed to `take`. Throws UpstreamFailure when an error arrives in the stream
 * or a line cannot be read; what came before it has been handed on by then.
 */
export class WireReader {
  readonly #decoder = new TextDecoder();
  readonly #take: (event: WireEvent) => void;
  #rest = "";
  /** The name of the event whose data comes next; most have none. */
  #name = "";
  #finished = false;
  #usageSeen = false;
  #eventsSeen = 0;

  constructor(take: (event: WireEvent) => void) {
    this.#take = take;
  }

  push(bytes: Uint8Array): void {
    this.#lines(this.#decoder.decode(bytes, { stream: true }));
  }

  /** At the end of the stream: the last line may lack its line break. Throws `cut-off` when no end was said. */
  end(): void {
    this.#lines(`${this.#decoder.decode()}\n`);
    if (this.#eventsSeen === 0) throw new UpstreamFailure({ code: "upstream-garbled" });
    if (!this.#finished) throw new UpstreamFailure({ code: "cut-off" });
  }

  #lines(text: string): void {
    const all = this.#rest + text;
    let start = 0;
    for (let end = all.indexOf("\n"); end >= 0; end = all.indexOf("\n", start)) {
      this.#line(all.slice(start, all.charCodeAt(end - 1) === 13 ? end - 1 : end));
      start = end + 1;
    }
    this.#rest = all.slice(start);
    if (this.#rest.length > LONGEST_LINE) throw new UpstreamFailure({ code: "upstream-garbled" });
  }

  #line(line: string): void {
    if (line.startsWith("event:")) this.#name = line.slice(6).trim();
    else if (line === "") this.#name = "";
    if (!line.startsWith("data:")) return;
    const data = line.slice(line.charCodeAt(5) === 32 ? 6 : 5);
    if (data.trim() === "[DONE]") {
      this.#eventsSeen++;
      this.#finished = true;
      this.#take({ type: "done" });
      return;
    }
    this.#data(data);
  }

  #data(data: string): void {
    const chunk = parseChunk(data);
    if (!chunk) {
      // An event of a kind that we do not know may hold anything.
      if (this.#name !== "") return;
      throw new UpstreamFailure({ code: "upstream-garbled" });
    }
    if (chunk.error !== undefined || chunk.object === "error" || chunk.httpStatus !== undefined) {
      throw failureOfEvent(chunk);
    }
    this.#eventsSeen++;
    const choice = Array.isArray(chunk.choices) ? chunk.choices[0] : undefined;
    const delta = choice?.delta;
    if (typeof delta?.content === "string" && delta.content !== "")
      this.#take({ type: "text", text: delta.content });
    const usage = this.#usageSeen ? null : countOf(chunk.usage);
    if (usage) {
      this.#usageSeen = true;
      this.#take({ type: "usage", usage });
    }
    if (typeof choice?.finish_reason === "string" && !this.#finished) {
      this.#finished = true;
      this.#take({ type: "finish", reason: choice.finish_reason });
    }
  }
}

interface Chunk {
  object?: unknown;
  error?: unknown;
  httpStatus?: unknown;
  choices?: { delta?: { content?: unknown } | null; finish_reason?: unknown }[] | null;
  usage?: { prompt_tokens?: unknown; completion_tokens?: unknown } | null;
}

function parseChunk(data: string): Chunk | null {
  try {
    const value = JSON.parse(data);
    return typeof value === "object" ? value : null;
  } catch {
    return null;
  }
}

function countOf(usage: Chunk["usage"]): TokenCount | null {
  const { prompt_tokens: inputTokens, completion_tokens: outputTokens } = usage ?? {};
  return isCount(inputTokens) && isCount(outputTokens) ? { inputTokens, outputTokens } : null;
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value);
