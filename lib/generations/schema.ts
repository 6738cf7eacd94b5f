import type {
  AnswerUsage,
  DocumentContext,
  Failure,
  ImageContext,
  ImageNotes,
  MessageStatus,
  Part,
} from "../messages/message";
import type { QueuedMessage } from "../messages/queued";
import type { ThreadSummary } from "../threads/thread";

/**
 * Events of GET /api/generations/:id/events. The first is always a snapshot; then deltas numbered without a
 * gap from the snapshot's sequence; `end` is the last of them, while the connection stays for what happens in
 * the person's threads. SSE `id:` is the sequence, so a reconnecting EventSource goes on where it was: a
 * snapshot is then left out.
 */
export type GenerationEvent =
  | { type: "snapshot"; sequence: number; parts: Part[]; waitingSeconds?: number; waitingPlace?: number }
  | { type: "text"; sequence: number; delta: string }
  /**
   * Waiting, an estimate in seconds; 0: no more. With a place in the line of all who ask now, from 1; without one
   * the provider asked to come back later.
   */
  | { type: "waiting"; sequence: number; seconds: number; place?: number }
  | {
      type: "end";
      sequence: number;
      status: Exclude<MessageStatus, "running">;
      failure: Failure | null;
      usage: AnswerUsage | null;
    };

/**
 * Events of a person's own channel: on GET /api/events, and mixed into the generation's stream so that a tab
 * needs one connection. SSE event name `person`.
 */
export type PersonEvent =
  | { type: "thread"; thread: ThreadSummary }
  | { type: "thread-deleted"; threadId: string }
  /**
   * The thread got new messages, this one last, or more of this one by another generation: a tab that does not know
   * it reads the thread again.
   */
  | { type: "messages"; threadId: string; headMessageId: string; generationId?: string }
  /** Another branch is open now; one that the tab does not know it reads. */
  | { type: "head"; threadId: string; headMessageId: string | null }
  | { type: "messages-deleted"; threadId: string; messageIds: string[]; headMessageId: string | null }
  /** What waits in the thread, in order. */
  | { type: "queue"; threadId: string; queue: QueuedMessage[] }
  /** The estimate of an answer without a count by its provider, once it was made carefully. */
  | { type: "answer-usage"; threadId: string; messageId: string; usage: AnswerUsage }
  /** There are other words for a picture. */
  | { type: "image-notes"; imageId: string; notes: ImageNotes }
  /** Later questions send something else of a picture. */
  | { type: "image-context"; threadId: string; messageId: string; imageId: string; context: ImageContext }
  /** Later questions send something else of a document. */
  | {
      type: "document-context";
      threadId: string;
      messageId: string;
      documentId: string;
      context: DocumentContext;
    }
  | { type: "usage"; today: TodayUsage };

/** Sum of the day (server's UTC day), all kinds of call. */
export interface TodayUsage {
  inputTokens: number;
  outputTokens: number;
}
