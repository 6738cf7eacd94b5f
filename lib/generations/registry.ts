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
  leewardAwaited?: Map<string, () => void>;
};
shared.leewardGenerations ??= new Map();
shared.leewardAwaited ??= new Map();
const generations = shared.leewardGenerations;
const awaited = shared.leewardAwaited;

/** How long a follower may be ahead of the question it follows, on a slow line or a busy server. Milliseconds. */
export const AHEAD_MS = 15_000;

/** Why the process ends an answer itself. */
export const SHUT_DOWN = Symbol("the server stops");

/** Enters an answer for as long as it runs. */
export function enter(id: string, running: Running): void {
  generations.set(id, running);
  void running.done.finally(() => generations.delete(id));
  awaited.get(id)?.();
}

/** What this process is writing of the actor's answer; null when it is not written here, or not the actor's. */
export function writtenHere(actor: Actor, id: string): Recording | null {
  const running = generations.get(id);
  return running?.ownerId === actor.id && !running.recording.ended ? running.recording : null;
}

/** Resolves when the generation begins here, or when it has not within the time. */
export function beginningOf(id: string, withinMs = AHEAD_MS): Promise<void> {
  return new Promise((resolve) => {
    const over = () => {
      clearTimeout(timer);
      awaited.delete(id);
      resolve();
    };
    const timer = setTimeout(over, withinMs);
    awaited.set(id, over);
  });
}

/** Ids of the answers that this process is writing. */
export const runningHere = (): string[] => [...generations.keys()];

/** Lets what runs here come to its end, and what follows from it, for at most so long. */
export async function systemFinishAll(withinMs: number): Promise<void> {
  const late = Promise.withResolvers<void>();
  const timer = setTimeout(late.resolve, withinMs);
  const until = Date.now() + withinMs;
  while (generations.size > 0 && Date.now() < until) {
    await Promise.race([late.promise, Promise.allSettled([...generations.values()].map(({ done }) => done))]);
  }
  clearTimeout(timer);
}

/** Ends what runs here, keeping its text as interrupted, so that the process can exit. */
export async function systemInterruptAll(): Promise<void> {
  for (const { abort } of generations.values()) abort.abort(SHUT_DOWN);
  await Promise.allSettled([...generations.values()].map(({ done }) => done));
}
