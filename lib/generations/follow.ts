import "server-only";
import type { Failure, MessageStatus, Part } from "@/lib/messages/message";
import { database } from "@/lib/platform/database";
import { environment } from "@/lib/platform/environment";
import { log } from "@/lib/platform/log";
import { notFound } from "@/lib/platform/problem";
import { streamBus } from "@/lib/platform/stream-bus";
import { answerUsageOf } from "@/lib/usage/queries";
import type { Actor } from "@/lib/users/actor";
import { systemReap } from "./reaper";
import { AHEAD_MS, beginningOf, hasBegunHere, writtenHere } from "./registry";
import type { GenerationEvent } from "./schema";
import { generationsOf } from "./scope";

/** How often the database is asked for an answer that nobody here is writing. Milliseconds. */
const LOOK_AGAIN_MS = 1_000;

/**
 * Within this a question follows its follower when both were sent together. Where other servers may have got it, they
 * are asked sooner. Milliseconds.
 */
const usualMs = () => (environment().redisUrl ? 250 : 2_000);

/** Gets each event as JSON text, to `end`. */
export type Follower = (sequence: number, event: string) => void;

/**
 * Follows an answer: what is there already, then each event as it is written, to its end. With `after` (the
 * last sequence that the follower has) only what came since, if that is still kept; else a snapshot first.
 * Returns a function that ends it. With `awaited`, one that is not there yet may still come: its question is on
 * the way beside this request. Throws `not-found`.
 */
export async function followGeneration(
  actor: Actor,
  id: string,
  after: number | null,
  follower: Follower,
  options: { awaited?: boolean } = {},
): Promise<() => void> {
  const following = new Following(actor, id, after, follower);
  if (following.here()) return () => following.stop();
  // Its question usually arrives at the same moment, and then the database need not be asked.
  if (options.awaited && after === null && !hasBegunHere(id)) {
    await beginningOf(id, usualMs());
    if (following.here()) return () => following.stop();
  }
  let state = await read(actor, id);
  if (!state && options.awaited) {
    state = await awaitedState(actor, id);
    if (following.here()) return () => following.stop();
  }
  if (!state) throw notFound();
  await following.begin(state);
  return () => following.stop();
}

/** Of a question that is on its way, to this server or to another one. */
async function awaitedState(actor: Actor, id: string): Promise<State | null> {
  const until = Date.now() + AHEAD_MS;
  for (;;) {
    await beginningOf(id, LOOK_AGAIN_MS / 2);
    const state = await read(actor, id);
    if (state || Date.now() > until) return state;
  }
}

type Snapshot = Extract<GenerationEvent, { type: "snapshot" }>;

interface State {
  sequence: number;
  parts: Part[];
  status: MessageStatus;
  failure: Failure | null;
  messageId: string;
}

class Following {
  readonly #actor: Actor;
  readonly #id: string;
  readonly #follower: Follower;
  #after: number | null;
  #leave: (() => void) | null = null;
  #stopped = false;

  constructor(actor: Actor, id: string, after: number | null, follower: Follower) {
    this.#actor = actor;
    this.#id = id;
    this.#after = after;
    this.#follower = (sequence, event) => {
      this.#after = sequence;
      // Its own name comes first in every event.
      if (event.startsWith('{"type":"end"')) this.stop();
      follower(sequence, event);
    };
  }

  stop(): void {
    this.#stopped = true;
    this.#leave?.();
  }

  /** Joins an answer that this process writes; false when it does not. */
  here(): boolean {
    const recording = writtenHere(this.#actor, this.#id);
    if (!recording) return false;
    return this.#resume() || this.#join(recording);
  }

  async begin(state: State): Promise<void> {
    if (this.#stopped) return;
    if (state.status !== "running") return this.#finish(state);
    if (this.here() || (await this.#elsewhere(state))) return;
    // Written by a process that cannot be heard, or by one that died: its row tells.
    this.#lookLater();
  }

  /** Joins an answer that another process writes, and looks from time to time whether that one is alive. */
  async #elsewhere(state: State): Promise<boolean> {
    if (this.#leave && this.#after !== null && this.#after >= state.sequence) {
      this.#lookLater();
      return true;
    }
    this.#leave?.();
    this.#leave = null;
    if (!(await streamBus().reach(this.#id)) || this.#stopped) return this.#stopped;
    // What was read before may be older than what is still kept.
    const now = await read(this.#actor, this.#id);
    if (!now || this.#stopped) return this.#stopped;
    if (now.status !== "running" || !(this.#resume() || this.#join(now))) return false;
    this.#lookLater();
    return true;
  }

  /** Goes on after the last event that the follower has, if what came since is still kept. */
  #resume(): boolean {
    return this.#after !== null && this.#follow(this.#after);
  }

  /** Begins with a snapshot; the bus keeps everything that came after it was saved. */
  #join({ parts, sequence, waitingSeconds, waitingPlace }: Omit<Snapshot, "type">): boolean {
    if (!streamBus().keeps(this.#id, sequence)) return false;
    const waiting = waitingSeconds ? { waitingSeconds, waitingPlace } : {};
    this.#send({ type: "snapshot", sequence, parts, ...waiting });
    return this.#follow(sequence);
  }

  #follow(after: number): boolean {
    const leave = streamBus().follow(this.#id, after, this.#follower);
    // Its end may have been among what was kept.
    if (this.#stopped) leave?.();
    else this.#leave = leave;
    return leave !== null;
  }

  /** Its row can be read a moment before it begins here: then at once. */
  #lookLater(): void {
    if (!this.#stopped) void beginningOf(this.#id, LOOK_AGAIN_MS).then(() => this.#lookAgain());
  }

  async #lookAgain(): Promise<void> {
    if (this.#stopped || this.here()) return;
    try {
      await systemReap();
      const state = await read(this.#actor, this.#id);
      // Gone: its thread was deleted meanwhile, and the person's tabs know.
      if (state) await this.begin(state);
    } catch (error) {
      log.warn({ cause: error, generation: this.#id }, "the database is away; looking again");
      this.#lookLater();
    }
  }

  async #finish(state: State): Promise<void> {
    this.#leave?.();
    const usage = (await answerUsageOf([state.messageId])).get(state.messageId) ?? null;
    if (this.#stopped) return;
    this.#send({ type: "snapshot", sequence: state.sequence, parts: state.parts });
    const { status, failure } = state;
    if (status !== "running")
      this.#send({ type: "end", sequence: state.sequence + 1, status, failure, usage });
  }

  #send(event: GenerationEvent): void {
    this.#follower(event.sequence, JSON.stringify(event));
  }
}

/**
 * As it was at one moment. Answer and text are two reads of the database, and a save may come between them: a text that
 * is further than its number would be followed by what it has already. Saved together, they belong together when the
 * number is the same afterwards.
 */
async function read(actor: Actor, id: string): Promise<State | null> {
  for (;;) {
    const state = await readOnce(actor, id);
    if (state?.status !== "running") return state;
    const after = await database().generation.findUnique({ where: { id }, select: { sequence: true } });
    if (after?.sequence === state.sequence) return state;
  }
}

async function readOnce(actor: Actor, id: string): Promise<State | null> {
  const row = await database().generation.findFirst({
    where: { id, ...generationsOf(actor) },
    select: {
      sequence: true,
      status: true,
      message: { select: { id: true, parts: true, status: true, failure: true } },
    },
  });
  return (
    row && {
      sequence: row.sequence,
      parts: row.message.parts as unknown as Part[],
      status: row.status as MessageStatus,
      failure: row.message.failure as unknown as Failure | null,
      messageId: row.message.id,
    }
  );
}
