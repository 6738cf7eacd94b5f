import "server-only";
import type { AnswerUsage, Failure, MessageStatus, Part } from "@/lib/messages/message";
import { database, type Prisma } from "@/lib/platform/database";
import { streamBus } from "@/lib/platform/stream-bus";
import { keepSaved, leaveSaved } from "./checkpoints";
import type { GenerationEvent } from "./schema";

/** Which rows a generation writes. */
export interface Target {
  generationId: string;
  messageId: string;
  threadId: string;
}

export type Ending = Exclude<MessageStatus, "running">;

/**
 * What a generation has written so far: numbers its events, hands them to the bus at once and to the database
 * about each second. The parts and the number of the last event in them are always saved together.
 */
export class Recording {
  readonly target: Target;
  #sequence = 0;
  #text = "";
  /** The first half of a character whose second has not come. */
  #half = "";
  #saved = 0;
  #ended = false;
  #waiting: { until: number; place?: number } | undefined;

  /**
   * `kept`: the text that is there already, of an answer that is gone on with. `committed`: when its rows are there,
   * and can be written to.
   */
  constructor(target: Target, { kept = "", committed = Promise.resolve() } = {}) {
    this.target = target;
    this.#text = kept;
    streamBus().open(target.generationId);
    void committed.then(
      () => this.#ended || keepSaved(this),
      () => {},
    );
  }

  get text(): string {
    return this.#text;
  }

  get parts(): Part[] {
    return this.#text === "" ? [] : [{ type: "text", text: this.#text }];
  }

  get sequence(): number {
    return this.#sequence;
  }

  get ended(): boolean {
    return this.#ended;
  }

  /** True when something was written since the last save. */
  get dirty(): boolean {
    return this.#saved < this.#sequence;
  }

  /** Text that is handed on as it is: whoever reads the model has merged what came closely together (pace.ts). */
  append(delta: string): void {
    const text = this.#readable(delta);
    if (text === "") return;
    this.#text += text;
    this.#waiting = undefined;
    this.#event({ type: "text", sequence: ++this.#sequence, delta: text });
  }

  /**
   * PostgreSQL refuses NUL, and in JSON half a character, too. One whose halves come one after the other waits for its
   * second.
   */
  #readable(delta: string): string {
    const text = this.#half + (delta.includes("\0") ? delta.replaceAll("\0", "") : delta);
    this.#half = /[\ud800-\udbff]$/.exec(text)?.[0] ?? "";
    return text.slice(0, text.length - this.#half.length).toWellFormed();
  }

  /** What is left of the wait, while no text has come since: at least 1. */
  get waitingSeconds(): number | undefined {
    return this.#waiting && Math.max(1, Math.ceil((this.#waiting.until - performance.now()) / 1000));
  }

  get waitingPlace(): number | undefined {
    return this.#waiting?.place;
  }

  /** As the event of the same name; 0 seconds: the wait is over. */
  waiting(seconds: number, place?: number): void {
    this.#waiting = seconds > 0 ? { until: performance.now() + seconds * 1000, place } : undefined;
    this.#event({ type: "waiting", sequence: ++this.#sequence, seconds, ...(place ? { place } : {}) });
  }

  /** Events up to this one are in the database: those who join later begin there. */
  savedUpTo(sequence: number): void {
    this.#saved = sequence;
    streamBus().trim(this.target.generationId, sequence);
  }

  /** Ends the stream for its followers. The database must hold the ending already. */
  end(status: Ending, failure: Failure | null, usage: AnswerUsage | null): void {
    leaveSaved(this);
    this.#ended = true;
    this.#event({ type: "end", sequence: ++this.#sequence, status, failure, usage });
    streamBus().close(this.target.generationId);
  }

  #event(event: GenerationEvent): void {
    streamBus().append(this.target.generationId, event.sequence, JSON.stringify(event));
  }
}

/**
 * Writes how it ended, all in one transaction with whatever else belongs to it. May be repeated when it is not known
 * whether it was done: the usage's id is the generation's. It is written over a reaper's "interrupted", too: whoever
 * was taken for dead while the database was away knows better. But not into a message that somebody had gone on with
 * by then.
 */
export async function saveEnding(
  recording: Recording,
  status: Ending,
  failure: Failure | null,
  usage: Prisma.UsageUncheckedCreateInput,
): Promise<void> {
  const { generationId, messageId, threadId } = recording.target;
  const now = new Date();
  const open = { in: ["running", "interrupted"] };
  // updateMany, because update would read the rows back. One after the other: a batch is compiled anew each time.
  await database().$transaction(async (tx) => {
    await tx.message.updateMany({
      where: {
        id: messageId,
        status: open,
        generations: { none: { id: { not: generationId }, status: "running" } },
      },
      data: { parts: recording.parts as object[], status, ...(failure ? { failure: { ...failure } } : {}) },
    });
    await tx.generation.updateMany({
      where: { id: generationId, status: open },
      data: { status, sequence: recording.sequence, heartbeatAt: now, endedAt: now },
    });
    await tx.thread.updateMany({ where: { id: threadId }, data: { lastActivityAt: now } });
    await tx.usage.upsert({ where: { id: usage.id }, create: usage, update: usage, select: { id: true } });
  });
}
