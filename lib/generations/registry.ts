import "server-only";
import type { Actor } from "@/lib/users/actor";
import type { Recording } from "./recording";

/** An answer that this process is writing. */
interface Running {
  ownerId: string;
  recording: Recording;
  abort: AbortController;
  /** Settles when everything that follows from it is done. */
  done: Promise<void>;
}

// On globalThis, because bundles of routes and of the start-up hook may each hold a copy of this module.
const shared = globalThis as {
  leewardGenerations?: Map<string, Running>;
  leewardAwaited?: Map<string, Set<() => void>>;
  leewardOver?: Set<string>;
};
shared.leewardGenerations ??= new Map();
shared.leewardAwaited ??= new Map();
shared.leewardOver ??= new Set();
const generations = shared.leewardGenerations;
const awaited = shared.leewardAwaited;
/** The last that ran here, oldest first. */
const over = shared.leewardOver;
const MOST_OVER = 1_000;

/** How long a follower may be ahead of the question it follows, on a slow line or a busy server. Milliseconds. */
export const AHEAD_MS = 15_000;

/** Why the process ends an answer itself. */
export const SHUT_DOWN = Symbol.for("leeward: the server stops");

/** Enters an answer for as long as it runs. */
export function enter(id: string, running: Running): void {
  generations.set(id, running);
  void running.done.finally(() => leave(id));
  for (const begun of [...(awaited.get(id) ?? [])]) begun();
}

function leave(id: string): void {
  generations.delete(id);
  over.add(id);
  const [oldest] = over;
  if (over.size > MOST_OVER && oldest !== undefined) over.delete(oldest);
}

/** Whether this process writes the answer, or did so lately: nobody need wait for its beginning. */
export const hasBegunHere = (id: string): boolean => generations.has(id) || over.has(id);

/** What this process is writing of the actor's answer; null when it is not written here, or not the actor's. */
export function writtenHere(actor: Actor, id: string): Recording | null {
  const running = generations.get(id);
  return running?.ownerId === actor.id && !running.recording.ended ? running.recording : null;
}

/** Resolves when the generation begins here, or when it has not within the time. */
export function beginningOf(id: string, withinMs = AHEAD_MS): Promise<void> {
  return new Promise((resolve) => {
    const waiting = awaited.get(id) ?? new Set();
    awaited.set(id, waiting);
    const over = () => {
      clearTimeout(timer);
      waiting.delete(over);
      if (waiting.size === 0) awaited.delete(id);
      resolve();
    };
    const timer = setTimeout(over, withinMs);
    waiting.add(over);
  });
}

/** Ids of the answers that this process is writing. */
export const runningHere = (): string[] => [...generations.keys()];

/** Lets what runs here come to its end, and what follows from it, for at most so long. */
export async function systemFinishAll(withinMs: number): Promise<void> {
  const until = Date.now() + withinMs;
  while (generations.size > 0 && Date.now() < until) {
    await withinTime(until - Date.now(), () =>
      Promise.allSettled([...generations.values()].map(({ done }) => done)),
    );
  }
}

/** Waits for some work, but not for longer than that. */
export async function withinTime(ms: number, work: () => Promise<unknown>): Promise<void> {
  const late = Promise.withResolvers<void>();
  const timer = setTimeout(late.resolve, ms);
  await Promise.race([late.promise, work()]).finally(() => clearTimeout(timer));
}

/** Ends what runs here, keeping its text as interrupted, so that the process can exit. */
export async function systemInterruptAll(): Promise<void> {
  for (const { abort } of generations.values()) abort.abort(SHUT_DOWN);
  await Promise.allSettled([...generations.values()].map(({ done }) => done));
}
