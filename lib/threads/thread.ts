import type { Message } from "../messages/message";
import type { QueuedMessage } from "../messages/queued";
import type { Node } from "../messages/tree";

export const LONGEST_TITLE = 120;

export interface ThreadSummary {
  id: string;
  /** Empty while it has none. */
  title: string;
  /** ISO 8601, UTC. */
  lastActivityAt: string;
  /** True while an answer is being written. */
  running: boolean;
}

/** Whether the title contains this, whatever the case and accents of either. */
export const isTitled = ({ title }: { title: string }, part: string): boolean =>
  fold(title).includes(fold(part));

const fold = (text: string) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().trim();

/** GET /api/threads/:id; `messages` is the whole tree in order of writing. */
export interface ThreadDetail extends ThreadSummary {
  /** The model that was chosen for it; null: none was. */
  model: string | null;
  headMessageId: string | null;
  /** Messages ever written: the ordinal of the newest, even where that was deleted. */
  messageCount: number;
  messages: Message[];
  /** Questions that wait to be sent, in order. */
  queue: QueuedMessage[];
}

/** What a thread's page begins with: its newest messages, and of all others only where in the tree they stand. */
export interface ThreadStart extends ThreadDetail {
  outline: Node[];
}

/** GET /api/threads?cursor=&title=; newest first; `nextCursor` null at the end. */
export interface ThreadPage {
  threads: ThreadSummary[];
  nextCursor: string | null;
}
