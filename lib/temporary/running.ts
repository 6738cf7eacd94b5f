import "server-only";
import { MOST_RUNNING } from "@/lib/messages/commands";
import { database } from "@/lib/platform/database";
import { Problem } from "@/lib/platform/problem";
import type { Actor } from "@/lib/users/actor";

// On globalThis, because bundles of routes may each hold a copy of this module.
const shared = globalThis as { leewardTemporary?: Map<string, number> };
shared.leewardTemporary ??= new Map();
const running = shared.leewardTemporary;

/**
 * Counts an answer that is in no table among those that a person may have running at once, until the returned
 * function is called. Throws `too-many-running`.
 */
export async function takePlace(actor: Actor): Promise<() => void> {
  const kept = await database().generation.count({ where: { ownerId: actor.id, status: "running" } });
  const before = running.get(actor.id) ?? 0;
  if (kept + before >= MOST_RUNNING) throw new Problem("too-many-running", { limit: MOST_RUNNING });
  running.set(actor.id, before + 1);
  return () => {
    const left = (running.get(actor.id) ?? 1) - 1;
    if (left > 0) running.set(actor.id, left);
    else running.delete(actor.id);
  };
}
