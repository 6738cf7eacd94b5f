import type { GenerationEvent } from "@/lib/generations/schema";
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

/** Takes the events of a thread's answers, each once and in order, and draws their text at most once a frame. */
export class Arriving {
  readonly #answers: Answers;
  readonly #sequences = new Map<string, number>();
  /** Text that is not drawn yet. */
  readonly #arrived = new Map<string, string>();
  readonly #flushSoon = everyFrame(() => this.#flush());

  constructor(answers: Answers) {
    this.#answers = answers;
  }

  /** Another generation writes this answer now: its events count from the beginning. */
  begin(messageId: string): void {
    this.#sequences.delete(messageId);
    this.#arrived.delete(messageId);
  }

  /** False when an event before it is missing. */
  apply(messageId: string, event: GenerationEvent): boolean {
    const have = this.#sequences.get(messageId) ?? 0;
    if (event.type === "snapshot") this.#arrived.delete(messageId);
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
      this.#answers.patch(id, { parts: [{ type: "text", text: before + text }], ...UNDER_WAY });
    }
    this.#arrived.clear();
  }

  #end(messageId: string, { status, failure, usage }: Extract<GenerationEvent, { type: "end" }>): void {
    this.#flush();
    this.#answers.change(messageId, { status, failure, usage, ...UNDER_WAY });
  }
}

/** The server tells how long from now; undefined: nothing is waited for any more. */
const waitOf = (seconds: number, place: number | undefined): ClientMessage["waiting"] =>
  seconds > 0 ? { until: Date.now() + seconds * 1000, place } : undefined;
