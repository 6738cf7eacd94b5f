import "server-only";
import type { PersonEvent } from "@/lib/generations/schema";
import { streamBus } from "@/lib/platform/stream-bus";
import type { Actor } from "@/lib/users/actor";

const channelOf = (personId: string) => `person:${personId}`;

/** Tells all open tabs of a person. */
export const publish = (personId: string, event: PersonEvent): void =>
  streamBus().publish(channelOf(personId), JSON.stringify(event));

/**
 * Hears what happens in the actor's threads, as JSON of PersonEvent, until the returned function is called. `missed` is
 * told when something may not have been heard.
 */
export function listenAs(
  actor: Actor,
  listener: (event: string) => void,
  missed: () => void = () => {},
): () => void {
  const leave = streamBus().listen(channelOf(actor.id), listener);
  const leaveMissed = streamBus().onMissed(missed);
  return () => {
    leave();
    leaveMissed();
  };
}
