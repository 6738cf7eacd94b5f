import "server-only";
import type { Actor } from "@/lib/users/actor";

/** The threads an actor may see: their own, not in the bin. Every query and command on threads goes through it. */
export const threadsOf = (actor: Actor) => ({ ownerId: actor.id, deletedAt: null });

/** Those in the bin too, for taking one back out. */
export const threadsAndBinOf = (actor: Actor) => ({ ownerId: actor.id });
