import "server-only";
import { database, type Transaction, takeTurns } from "@/lib/platform/database";
import { Problem } from "@/lib/platform/problem";
import type { Actor } from "@/lib/users/actor";
import { SHUT_DOWN, withinTime } from "./registry";

/** Answers that one person may have running at once: nobody takes the contract's few requests a second alone. */
export const MOST_RUNNING = Number(process.env.LEEWARD_MOST_RUNNING) || 8;

/** An answer that is in no table. */
interface Temporary {
  ownerId: string;
  /** Aborts when the process ends. */
  abort: AbortController;
  /** Settles when it is over, and counted. */
  over: PromiseWithResolvers<void>;
}

// On globalThis, because bundles of routes and of the start-up hook may each hold a copy of this module.
const shared = globalThis as { leewardTemporary?: Set<Temporary> };
shared.leewardTemporary ??= new Set();
const temporary = shared.leewardTemporary;

const temporaryOf = (actor: Actor) => [...temporary].filter(({ ownerId }) => ownerId === actor.id).length;

/** Throws `too-many-running` when the person has as many answers being written as one may, kept ones and others. */
export async function checkRunning(tx: Transaction, actor: Actor): Promise<void> {
  // Of many at once each would count before the others are there.
  await takeTurns(tx, `running:${actor.id}`);
  checkPlace(actor, await keptOf(tx, actor));
}

const keptOf = (tx: Transaction, actor: Actor): Promise<number> =>
  tx.generation.count({ where: { ownerId: actor.id, status: "running" } });

function checkPlace(actor: Actor, kept: number): void {
  if (kept + temporaryOf(actor) >= MOST_RUNNING) {
    throw new Problem("too-many-running", { limit: MOST_RUNNING });
  }
}

/**
 * Counts an answer that is in no table among those that a person may have running at once, until `leave` is called.
 * `signal` aborts, with SHUT_DOWN, when the process cannot wait for its end. Throws `too-many-running`.
 */
export async function takePlace(actor: Actor): Promise<{ signal: AbortSignal; leave: () => void }> {
  const kept = await keptOf(database(), actor);
  // From here to the entry nothing is waited for: of many at once each would be let in before the others are there.
  checkPlace(actor, kept);
  const place = { ownerId: actor.id, abort: new AbortController(), over: Promise.withResolvers<void>() };
  temporary.add(place);
  const leave = () => {
    temporary.delete(place);
    place.over.resolve();
  };
  return { signal: place.abort.signal, leave };
}

/** Lets temporary answers come to their end, for at most so long, and ends those that are left. */
export async function systemEndTemporary(withinMs: number): Promise<void> {
  await withinTime(withinMs, allOver);
  for (const { abort } of temporary) abort.abort(SHUT_DOWN);
  await allOver();
}

const allOver = () => Promise.all([...temporary].map(({ over }) => over.promise));
