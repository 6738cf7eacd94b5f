import type { Part } from "./message";

/** Most questions that may wait in one thread. */
export const MOST_QUEUED = 20;

/** A question that waits for the answer before it; its ids are those of the message that it becomes. */
export interface QueuedMessage {
  id: string;
  answerId: string;
  generationId: string;
  parts: Part[];
}

/** The questions that wait in a thread, in the order in which they will be sent. */
export interface Queue {
  queue: QueuedMessage[];
}

/** The queue in the order of these ids; those that are not named come after them, as they stood. */
export function reordered<T extends { id: string }>(queue: readonly T[], ids: readonly string[]): T[] {
  const placeOf = ({ id }: T) => (ids.includes(id) ? ids.indexOf(id) : ids.length);
  return [...queue].sort((a, b) => placeOf(a) - placeOf(b));
}
