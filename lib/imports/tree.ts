import type { ImportedMessage } from "./imported";

/** A message's place in the thread that is written. */
export interface Placed {
  message: ImportedMessage;
  id: string;
  parentId: string | null;
  /** From 1. */
  ordinal: number;
}

export interface PlacedTree {
  placed: Placed[];
  /** The end of the open branch. */
  headId: string | null;
  /** Messages without a place: they follow one another in a circle, are one too many, or two have one name. */
  lost: number;
}

/**
 * Messages under new ids, in the order of the file, but each after the one that it answers. One whose parent is not
 * there begins the thread. `newId` makes ids; `most` is how many are placed.
 */
export function placedTree(
  messages: readonly ImportedMessage[],
  wantedHead: string | null,
  newId: () => string,
  most: number,
): PlacedTree {
  const byId = new Map(messages.map((message) => [message.id, message]));
  const ids = new Map<string, string>();
  const placed: Placed[] = [];
  /** By the parent that has no place yet; in a circle it never gets one. */
  const waiting = new Map<string, ImportedMessage[]>();
  const place = (first: ImportedMessage) => {
    for (const next = [first]; next.length > 0 && placed.length < most; ) {
      const message = next.pop() as ImportedMessage;
      const id = newId();
      ids.set(message.id, id);
      const parentId = message.parentId === null ? null : (ids.get(message.parentId) ?? null);
      placed.push({ message, id, parentId, ordinal: placed.length + 1 });
      for (const follower of (waiting.get(message.id) ?? []).reverse()) next.push(follower);
      waiting.delete(message.id);
    }
  };
  for (const message of byId.values()) {
    const { parentId } = message;
    if (parentId === null || ids.has(parentId) || !byId.has(parentId)) {
      place(message);
      continue;
    }
    const others = waiting.get(parentId);
    if (others) others.push(message);
    else waiting.set(parentId, [message]);
  }
  const head = wantedHead === null ? undefined : ids.get(wantedHead);
  return {
    placed,
    headId: head ?? placed.at(-1)?.id ?? null,
    lost: messages.length - placed.length,
  };
}
