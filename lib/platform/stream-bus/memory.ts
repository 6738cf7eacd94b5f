import type { EventListener, StreamBus } from "./index";

interface Stream {
  /** Sequence of events[0]. */
  first: number;
  events: string[];
  followers: Set<EventListener>;
}

export interface MemoryStreamBus extends StreamBus {
  /** A copy of somebody else's stream begins with what they still keep. */
  open(stream: string, first?: number): void;
  /** What is kept of a stream that is open: its events from the one with the number `first` on. */
  kept(stream: string): { first: number; events: readonly string[] } | null;
}

/** The bus of a single process. */
export function memoryStreamBus(): MemoryStreamBus {
  const streams = new Map<string, Stream>();
  const stops = new Listeners<[]>();
  const channels = new Listeners<[string]>();
  return {
    open: (name, first = 1) => {
      streams.set(name, { first, events: [], followers: new Set() });
    },
    append: (name, sequence, event) => {
      const stream = streams.get(name);
      if (!stream) return;
      const expected = stream.first + stream.events.length;
      if (sequence !== expected) throw new RangeError(`event ${sequence} where ${expected} was due`);
      stream.events.push(event);
      // A copy: one who joins because of this event has it already.
      for (const follower of [...stream.followers]) follower(sequence, event);
    },
    trim: (name, upTo) => {
      const stream = streams.get(name);
      if (!stream || upTo < stream.first) return;
      stream.events.splice(0, upTo - stream.first + 1);
      stream.first = upTo + 1;
    },
    close: (name) => {
      streams.delete(name);
    },
    keeps: (name, after) => keeps(streams.get(name), after),
    kept: (name) => {
      const stream = streams.get(name);
      return stream ? { first: stream.first, events: stream.events } : null;
    },
    reach: async (name) => streams.has(name),
    follow: (name, after, listener) => {
      const stream = streams.get(name);
      if (!keeps(stream, after)) return null;
      for (let i = after - stream.first + 1; i < stream.events.length; i++) {
        listener(stream.first + i, stream.events[i] as string);
      }
      stream.followers.add(listener);
      return () => stream.followers.delete(listener);
    },
    requestStop: (name) => stops.tell(name),
    onStop: (name, listener) => stops.add(name, listener),
    publish: (name, event) => channels.tell(name, event),
    listen: (name, listener) => channels.add(name, listener),
    // There is nobody else.
    onMissed: () => () => {},
  };
}

const keeps = (stream: Stream | undefined, after: number): stream is Stream =>
  stream !== undefined && after >= stream.first - 1 && after < stream.first + stream.events.length;

class Listeners<Args extends unknown[]> {
  readonly #byName = new Map<string, Set<(...args: Args) => void>>();

  add(name: string, listener: (...args: Args) => void): () => void {
    const set = this.#byName.get(name) ?? new Set();
    this.#byName.set(name, set.add(listener));
    return () => {
      set.delete(listener);
      if (set.size === 0) this.#byName.delete(name);
    };
  }

  tell(name: string, ...args: Args): void {
    for (const listener of [...(this.#byName.get(name) ?? [])]) listener(...args);
  }
}
