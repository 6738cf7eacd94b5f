import { randomUUID } from "node:crypto";
import { log } from "@/lib/platform/log";
import type { Redis } from "@/lib/platform/redis";
import type { StreamBus } from "./index";
import { memoryStreamBus } from "./memory";

/** To every server. */
type Call =
  /** Who writes this stream: send what you keep from this number on, and what comes, for a while. */
  | { type: "ask"; from: string; stream: string; first: number }
  | { type: "stop"; from: string; stream: string }
  | { type: "publish"; from: string; channel: string; event: string };

/** To the one that asked. `reply`: all that is kept of what it asked for. `end`: nothing follows. */
interface Part {
  stream: string;
  first: number;
  events: readonly string[];
  reply?: boolean;
  end?: boolean;
}

/** How long whoever writes a stream sends it to one that asked; who follows on asks again in between. Milliseconds. */
const LEASE_MS = 15_000;
const RENEW_MS = 4_000;
/** How long an answer to the first asking is waited for. */
const PATIENCE_MS = 1_000;

/**
 * The bus of several servers. A stream is written, kept and followed in the memory of the server that runs it, as
 * in a single process; another server that has followers for it asks for a copy, and gets it over Redis as long as
 * it goes on asking. So events cross the wire only where somebody needs them, and nothing of an answer is left
 * in Redis. A message that is lost shows as a gap, and is asked for again; a server that is lost falls silent,
 * which the database's heartbeats tell. What is published while Redis is away is lost to the others, who are told so
 * once it is back. `listening` is a connection for subscriptions alone.
 */
export function redisStreamBus(sending: Redis, listening: Redis, { prefix = "leeward" } = {}): StreamBus {
  const me = randomUUID();
  const local = memoryStreamBus();
  const copies = new Copies(local, (stream, first) => call({ type: "ask", from: me, stream, first }));
  const leases = new Map<string, Map<string, number>>();
  const own = new Set<string>();
  const missed = new Set<() => void>();
  let cut = false;
  listening.on("error", () => {
    cut = true;
  });
  listening.on("ready", () => {
    if (cut) for (const tell of [...missed]) tell();
    cut = false;
  });

  const send = (channel: string, message: Call | Part) =>
    void sending.publish(`${prefix}:${channel}`, JSON.stringify(message)).catch(lost);
  const call = (message: Call) => send("all", message);
  const sendPart = (part: Part) => {
    for (const [to, until] of leases.get(part.stream) ?? []) {
      if (until > Date.now()) send(`to:${to}`, part);
      else leases.get(part.stream)?.delete(to);
    }
  };

  const answer = (message: Call) => {
    if (message.from === me) return;
    if (message.type === "publish") return local.publish(message.channel, message.event);
    if (message.type === "stop") return local.requestStop(message.stream);
    const kept = own.has(message.stream) ? local.kept(message.stream) : null;
    if (!kept) return;
    const others = leases.get(message.stream) ?? new Map<string, number>();
    leases.set(message.stream, others.set(message.from, Date.now() + LEASE_MS));
    const first = Math.max(kept.first, message.first);
    const events = kept.events.slice(first - kept.first);
    send(`to:${message.from}`, { stream: message.stream, first, events, reply: true });
  };

  const listen = (channel: string, take: (message: string) => void) =>
    void listening.subscribe(`${prefix}:${channel}`, take).catch(() => {
      // Not connected yet, or cut: tried again as soon as there is a connection; later ones subscribe by themselves.
      listening.once("ready", () => listen(channel, take));
    });
  listen("all", (message) => answer(JSON.parse(message)));
  listen(`to:${me}`, (message) => copies.take(JSON.parse(message)));

  return {
    ...local,
    open: (stream) => {
      own.add(stream);
      local.open(stream);
    },
    append: (stream, sequence, event) => {
      local.append(stream, sequence, event);
      if (leases.has(stream)) sendPart({ stream, first: sequence, events: [event] });
    },
    close: (stream) => {
      const kept = local.kept(stream);
      if (kept) sendPart({ stream, first: kept.first + kept.events.length, events: [], end: true });
      own.delete(stream);
      leases.delete(stream);
      local.close(stream);
    },
    reach: async (stream) => own.has(stream) || copies.reach(stream),
    follow: (stream, after, listener) => {
      const leave = local.follow(stream, after, listener);
      return leave && copies.followed(stream, leave);
    },
    requestStop: (stream) => {
      local.requestStop(stream);
      call({ type: "stop", from: me, stream });
    },
    publish: (channel, event) => {
      local.publish(channel, event);
      call({ type: "publish", from: me, channel, event });
    },
    onMissed: (listener) => {
      missed.add(listener);
      return () => missed.delete(listener);
    },
  };
}

interface Copy {
  /** The number of the event that is due next; 0: nothing has come yet. */
  next: number;
  followers: number;
  renewing: NodeJS.Timeout;
  begun: PromiseWithResolvers<boolean>;
}

/** Streams of other servers, as far as somebody follows them here. */
class Copies {
  readonly #local: ReturnType<typeof memoryStreamBus>;
  readonly #ask: (stream: string, first: number) => void;
  readonly #copies = new Map<string, Copy>();

  constructor(local: ReturnType<typeof memoryStreamBus>, ask: (stream: string, first: number) => void) {
    this.#local = local;
    this.#ask = ask;
  }

  async reach(stream: string): Promise<boolean> {
    const known = this.#copies.get(stream);
    if (known) return known.begun.promise;
    const begun = Promise.withResolvers<boolean>();
    const renewing = setInterval(() => this.#renew(stream), RENEW_MS);
    renewing.unref();
    this.#copies.set(stream, { next: 0, followers: 0, renewing, begun });
    this.#ask(stream, 1);
    const late = setTimeout(() => this.#drop(stream), PATIENCE_MS);
    return begun.promise.finally(() => clearTimeout(late));
  }

  /** What a follower leaves by; a copy that nobody follows is asked for no more. */
  followed(stream: string, leave: () => void): () => void {
    const copy = this.#copies.get(stream);
    if (copy) copy.followers++;
    let left = false;
    return () => {
      leave();
      if (copy && !left) copy.followers--;
      left = true;
    };
  }

  take({ stream, first, events, reply, end }: Part): void {
    const copy = this.#copies.get(stream);
    if (!copy) return;
    if (copy.next === 0) {
      // What comes before the reply is in the reply.
      if (!reply) return;
      copy.next = first;
      this.#local.open(stream, first);
    }
    // Something is missing. If whoever writes it does not keep it any more, it is in the database.
    if (first > copy.next) {
      if (reply) this.#drop(stream);
      else this.#ask(stream, copy.next);
      return;
    }
    for (const event of events.slice(copy.next - first)) this.#local.append(stream, copy.next++, event);
    copy.begun.resolve(true);
    if (end) this.#drop(stream);
  }

  #renew(stream: string): void {
    const copy = this.#copies.get(stream);
    if (!copy || copy.followers === 0) this.#drop(stream);
    else this.#ask(stream, copy.next);
  }

  #drop(stream: string): void {
    const copy = this.#copies.get(stream);
    if (!copy) return;
    clearInterval(copy.renewing);
    this.#copies.delete(stream);
    this.#local.close(stream);
    copy.begun.resolve(false);
  }
}

/** The other servers hear nothing of it now; their followers read the database meanwhile. */
function lost(error: unknown): void {
  log.debug({ cause: error }, "a message to the other servers is lost");
}
