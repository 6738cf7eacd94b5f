import { randomUUID } from "node:crypto";
import { log } from "@/lib/platform/log";
import { type Answer, type Kind, look, type Place, pause, type Rules, type Waiter } from "./schedule";
import { memoryStore, type Store } from "./store";

export interface Turn {
  personId: string;
  /** "background": nobody waits for it, it goes last. */
  kind: Kind;
  /** Aborting leaves the line; `turn` rejects with the reason. */
  signal: AbortSignal;
  /** Whenever the place in line or the estimate changes. `seconds` until the turn, as far as is known, at least 1. */
  onPlace: (place: { place: number; seconds: number }) => void;
}

/** Thrown when a person has too many waiting already. */
export class LineFull extends Error {}

interface Local extends Waiter {
  turn: Turn;
  /** As it was told last; `due` in milliseconds by performance.now(). */
  place: number;
  due: number;
  settle: PromiseWithResolvers<void>;
}

/** How often the line is looked at while somebody here waits: what others do changes it, too. Milliseconds. */
const LOOK_MS = 250;
/** A wait that is over before it could be read is not told. */
const WORTH_TELLING_MS = 400;
/** Whoever was told counts down alone; told again when the turn comes by so much earlier or later than that. */
const TELL_AGAIN_MS = 1_500;

/** Lets calls to the model through, so many a second and fairly between people, on all servers of one store. */
export class FairLimiter {
  readonly #rules: Rules;
  readonly #store: Store;
  readonly #alone: { store: Store; rules: Rules };
  readonly #waiting = new Map<string, Local>();
  readonly #gone: string[] = [];
  #looking = false;
  #again = false;
  #away = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(rules: Rules, store: Store = memoryStore(rules)) {
    this.#rules = rules;
    this.#store = store;
    // The shared store away: this server goes on by itself, with so little that five of them keep to the rules.
    const fifth = { perSecond: rules.perSecond / 5, burst: 1, perMinute: Math.ceil(rules.perMinute / 5) };
    const alone = { ...rules, ...fifth };
    this.#alone = { store: memoryStore(alone), rules: alone };
  }

  /** Resolves when the call may be made. Throws LineFull, or the signal's reason. */
  async turn(turn: Turn): Promise<void> {
    turn.signal.throwIfAborted();
    const { personId, kind } = turn;
    const waiter = {
      id: randomUUID(),
      personId,
      kind,
      turn,
      place: 0,
      due: 0,
      settle: Promise.withResolvers<void>(),
    };
    const leave = () => {
      this.#leave(waiter);
      waiter.settle.reject(turn.signal.reason);
    };
    turn.signal.addEventListener("abort", leave, { once: true });
    this.#waiting.set(waiter.id, waiter);
    void this.#look();
    try {
      await waiter.settle.promise;
    } finally {
      turn.signal.removeEventListener("abort", leave);
    }
  }

  /** The provider asked for silence: nobody goes for so many seconds, on any server. */
  async pause(seconds: number): Promise<void> {
    await this.#change((_rules) => (state, now) => pause(state, seconds * 1000, now));
    void this.#look();
  }

  #leave(waiter: Local): void {
    if (!this.#waiting.delete(waiter.id)) return;
    this.#gone.push(waiter.id);
    void this.#look();
  }

  /** One look at a time; whoever comes meanwhile is in the next. */
  async #look(): Promise<void> {
    this.#again = true;
    if (this.#looking) return;
    this.#looking = true;
    clearTimeout(this.#timer);
    let soonest = LOOK_MS;
    while (this.#again) {
      this.#again = false;
      soonest = await this.#lookOnce();
    }
    this.#looking = false;
    if (this.#waiting.size > 0) this.#timer = setTimeout(() => void this.#look(), soonest);
  }

  /** Milliseconds until it is worth looking again. */
  async #lookOnce(): Promise<number> {
    const mine = [...this.#waiting.values()].map(({ id, personId, kind }) => ({ id, personId, kind }));
    const gone = this.#gone.splice(0);
    const answers = await this.#change((rules) => (state, now) => look(state, rules, { mine, gone }, now));
    let soonest = LOOK_MS;
    for (const [id, answer] of answers) {
      const waiter = this.#waiting.get(id);
      if (waiter) this.#tell(waiter, answer);
      // It left while it was let through: the next look gives nothing back, the call was not made.
      else if (answer.granted) this.#gone.push(id);
      if (!answer.granted && !answer.refused) soonest = Math.min(soonest, Math.max(1, answer.ms));
    }
    return soonest;
  }

  #tell(waiter: Local, answer: Answer): void {
    if (answer.granted) {
      this.#waiting.delete(waiter.id);
      waiter.settle.resolve();
    } else if (answer.refused) {
      this.#waiting.delete(waiter.id);
      waiter.settle.reject(new LineFull());
    } else this.#tellPlace(waiter, answer);
  }

  #tellPlace(waiter: Local, { place, ms }: Place): void {
    const due = performance.now() + ms;
    const asTold = place === waiter.place && Math.abs(due - waiter.due) < TELL_AGAIN_MS;
    if (asTold || ms < WORTH_TELLING_MS) return;
    Object.assign(waiter, { place, due });
    waiter.turn.onPlace({ place, seconds: Math.max(1, Math.ceil(ms / 1000)) });
  }

  async #change<T>(
    work: (rules: Rules) => (state: Parameters<Parameters<Store["change"]>[0]>[0], now: number) => T,
  ): Promise<T> {
    try {
      const result = await this.#store.change(work(this.#rules));
      this.#away = false;
      return result;
    } catch (error) {
      if (!this.#away)
        log.error({ cause: error }, "the shared limit is away: a fifth of it is kept here alone");
      this.#away = true;
      return this.#alone.store.change(work(this.#alone.rules));
    }
  }
}
