import "server-only";
import type { Actor } from "@/lib/users/actor";

/** The generations an actor may follow and stop: their own, in threads that are not in the bin. */
export const generationsOf = (actor: Actor) => ({ ownerId: actor.id, thread: { deletedAt: null } });
