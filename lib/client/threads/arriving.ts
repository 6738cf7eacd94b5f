import type { GenerationEvent } from "@/lib/generations/schema";
import type { Message } from "@/lib/messages/message";
import { everyFrame } from "./frame";
import type { ClientMessage } from "./types";

/** The messages that events change. */
interface Answers {
  get(id: string): ClientMessage | undefined;
  /** The message alone changes, not the branch it is in. */
  patch(id: string, change: Partial<ClientMessage>): void;
  change(id: string, change: Partial<ClientMessage>): void;
}

/** Text has come: the server has the message, and nothing is waited for. */
const UNDER_WAY = { delivery: undefined, waiting: undefined };

/**
 * The most that is drawn of an answer in one frame, in UTF-16 code units: far more than comes at 1,000 tokens a second.
 * What came in a burst is drawn over some frames, so that the page answers in between.
 */
const PORTION = 1_000;
/** A burst that is longer is drawn at once: over so many frames it would come late. */
const LONGEST_BURST = 12_000;

/** Takes the events of a thread's answers, each once and in order, and draws their text at most once a frame. */
export class Arriving {
  readonly #answers: Answers;
  readonly #sequences = new Map<string, number>();
  /** Text that is not drawn yet. */
  readonly #arrived = new Map<string, string>();
  /** How answers ended whose text is not drawn to its end yet. */
  readonly #ends = new Map<string, Partial<ClientMessage>>();
  readonly #flushSoon = everyFrame(() => this.#flush());

  constructor(answers: Answers) {
    this.#answers = answers;
  }

  /** Another generation writes this answer now: its events count from the beginning. */
  begin(messageId: string): void {
    this.#sequences.delete(messageId);
    this.drop(messageId);
  }

  /** What is not drawn of this answer will not be: all of it has come in another way. */
  drop(messageId: string): void {
    this.#arrived.delete(messageId);
    this.#ends.delete(messageId);
  }

  /** False when an event before it is missing. */
  apply(messageId: string, event: GenerationEvent): boolean {
    const have = this.#sequences.get(messageId) ?? 0;
    if (event.type === "snapshot") this.drop(messageId);
    else if (event.sequence <= have) return true;
    else if (event.sequence !== have + 1) return false;
    this.#sequences.set(messageId, event.sequence);
    this.#take(messageId, event);
    return true;
  }

  #take(messageId: string, event: GenerationEvent): void {
    if (event.type === "snapshot") {
      const { parts, waitingSeconds = 0, waitingPlace } = event;
      this.#answers.patch(messageId, { parts, waiting: waitOf(waitingSeconds, waitingPlace) });
    } else if (event.type === "text") this.#arrive(messageId, event.delta);
    else if (event.type === "waiting") {
      this.#answers.change(messageId, { waiting: waitOf(event.seconds, event.place) });
    } else this.#end(messageId, event);
  }

  /** The first text of an answer is drawn at once. */
  #arrive(messageId: string, delta: string): void {
    this.#arrived.set(messageId, (this.#arrived.get(messageId) ?? "") + delta);
    const first = (this.#answers.get(messageId)?.parts.length ?? 0) === 0;
    if (first) this.#flush();
    else this.#flushSoon();
  }

  #flush(): void {
    for (const [id, text] of this.#arrived) {
      const part = this.#answers.get(id)?.parts[0];
      const before = part?.type === "text" ? part.text : "";
      const portion = document.hidden || text.length > LONGEST_BURST ? text.length : PORTION;
      const now = text.slice(0, portion);
      this.#answers.patch(id, { parts: [{ type: "text", text: before + now }], ...UNDER_WAY });
      if (portion < text.length) this.#arrived.set(id, text.slice(portion));
      else this.#drawn(id);
    }
    if (this.#arrived.size > 0) this.#flushSoon();
  }

  #drawn(id: string): void {
    const end = this.#ends.get(id);
    this.drop(id);
    if (end) this.#answers.change(id, end);
  }

  #end(messageId: string, { status, failure, usage }: Extract<GenerationEvent, { type: "end" }>): void {
    this.#ends.set(messageId, { status, failure, usage, ...UNDER_WAY });
    if (this.#arrived.has(messageId)) this.#flush();
    else this.#drawn(messageId);
  }
}

/** The server tells how long from now; undefined: nothing is waited for any more. */
const waitOf = (seconds: number, place: number | undefined): ClientMessage["waiting"] =>
  seconds > 0 ? { until: Date.now() + seconds * 1000, place } : undefined;

/** While both are being written, what has streamed in here is further than what was saved there. */
export const furtherOf = ({ parts, waiting }: ClientMessage, saved: Message): ClientMessage => ({
  ...saved,
  parts: parts.length > 0 ? parts : saved.parts,
  waiting,
});
