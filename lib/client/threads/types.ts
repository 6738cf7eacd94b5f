import type { UploadedImage } from "@/lib/images/schema";
import type { DocumentPart, ImageNotes, Message } from "@/lib/messages/message";
import type { QueuedMessage } from "@/lib/messages/queued";
import type { ProblemInfo } from "../api";

/** A message as the browser knows it: the server's, or one that it does not have yet. */
export interface ClientMessage extends Message {
  /** `sending`: on its way. `unsent`: refused or lost on the way; `problem` says why, nothing typed is lost. */
  delivery?: "sending" | "unsent";
  problem?: ProblemInfo;
  waiting?: Wait;
}

/** When the answer is expected to begin, an estimate. */
export interface Wait {
  /** Milliseconds since 1970, by this browser's clock. */
  until: number;
  /** In the line of all who ask now, from 1; none: the provider asked to wait. */
  place?: number;
}

export interface DraftImage extends Pick<UploadedImage, "id" | "name" | "width" | "height" | "tokens"> {
  /** Words for it, once there are some. */
  notes?: ImageNotes;
  /** Of its file; not known of one that was sent before. */
  bytes?: number;
}

/** What the composer hands over; images and documents are uploaded already. */
export interface Draft {
  text: string;
  images: DraftImage[];
  documents: DocumentPart[];
}

export interface ThreadView {
  /** False for a new thread that nothing was sent to. */
  started: boolean;
  title: string;
  /** Ids of the messages of the open branch, first to last. */
  path: readonly string[];
  /** How many of them, from the first on, have not been brought yet. */
  from: number;
  /** Of the path's messages that have others beside them. */
  siblings: ReadonlyMap<string, SiblingPlace>;
  /** The answer being written, by message id; null when none. */
  runningId: string | null;
  /** An answer is being written on any branch. */
  busy: boolean;
  /** Questions that wait to be sent, in order. */
  queue: readonly QueuedMessage[];
}

/** A message among those beside it: other answers to one question, other versions of a question. */
export interface SiblingPlace {
  /** From 1. */
  position: number;
  count: number;
  previousId: string | null;
  nextId: string | null;
}
