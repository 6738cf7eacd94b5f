import type { ThreadSummary } from "../threads/thread";

/** Longest text of one message, in UTF-16 code units: about 100k tokens, what the context can hold at all. */
export const LONGEST_TEXT = 400_000;
/** Most earlier messages that are asked for at once. */
export const MOST_READ = 40;
/** Pictures in one message that no installation lets through; each sets its own limit (lib/models/images.ts). */
export const MOST_IMAGES = 40;

export interface TextPart {
  type: "text";
  text: string;
}

/** A picture by its id; its bytes are never in a message. Sizes in pixels, tokens by the model's formula. */
export interface ImagePart {
  type: "image";
  imageId: string;
  name: string;
  width: number;
  height: number;
  tokens: number;
  /** As it is now, added when a thread is read; never in what is stored. Absent: none, and kept. */
  notes?: ImageNotes;
  context?: ImageContext;
}

/** Words for a picture. */
export interface ImageNotes {
  /** Alternative text, and whose. */
  caption: string | null;
  captionBy: "person" | "model" | null;
  /** The model's own description, which can stand for the picture in what is sent. */
  description: string | null;
}

/** What later questions send of a picture: itself, its description, or only that there was one. */
export const IMAGE_CONTEXTS = ["kept", "described", "dropped"] as const;
export type ImageContext = (typeof IMAGE_CONTEXTS)[number];

/** Pages of a document by its id, from 1, both included; their text is never in a message. `tokens` of those pages. */
export interface DocumentPart {
  type: "document";
  documentId: string;
  name: string;
  contentType: string;
  /** How many the document has. */
  pages: number;
  firstPage: number;
  lastPage: number;
  tokens: number;
  /** As it is now, added when a thread is read; never in what is stored. Absent: kept. */
  context?: DocumentContext;
}

/** What later questions send of a document: its pages, or only that there was one. */
export const DOCUMENT_CONTEXTS = ["kept", "dropped"] as const;
export type DocumentContext = (typeof DOCUMENT_CONTEXTS)[number];

/** A tool that the model called while it answered. `result` null: the call was interrupted, none will come. */
export interface ToolPart {
  type: "tool";
  callId: string;
  name: string;
  input: Record<string, unknown>;
  result: string | null;
}

export type Part = TextPart | ImagePart | DocumentPart | ToolPart;

/**
 * `running`: being written. `stopped`: ended by its owner, text kept. `failed`: the upstream or we broke it,
 * `failure` says how. `interrupted`: the process that wrote it died.
 */
export type MessageStatus = "complete" | "running" | "stopped" | "failed" | "interrupted";

/**
 * Why an answer failed; each has a sentence in the catalogues under `failure.<code>`. `length-reached` alone
 * stands on a complete message: the model had more to say than the longest answer allows.
 */
export const FAILURE_CODES = [
  "token-refused",
  "no-permission",
  "rate-limited",
  "line-full",
  "context-full",
  "output-too-large",
  "image-refused",
  "too-many-images",
  "image-unreachable",
  "model-unknown",
  "tools-unsupported",
  "request-too-large",
  "request-refused",
  "upstream-busy",
  "upstream-down",
  "upstream-unreachable",
  "upstream-garbled",
  "no-first-token",
  "silent",
  "cut-off",
  "too-long",
  "length-reached",
  "internal",
] as const;
export type FailureCode = (typeof FAILURE_CODES)[number];

export interface Failure {
  code: FailureCode;
  /** Seconds to wait as the provider asked, for `rate-limited`. */
  retryAfter?: number;
  /** Numbers the sentence names, e.g. tokens of a full context. */
  limit?: number;
  actual?: number;
}

/** What the provider charged for one answer; estimated when it sent no count. Times in milliseconds. */
export interface AnswerUsage {
  inputTokens: number;
  outputTokens: number;
  imageTokens: number;
  source: "reported" | "estimated";
  durationMs: number;
  firstTokenMs: number | null;
  model: string;
}

export interface Message {
  id: string;
  parentId: string | null;
  role: "user" | "assistant";
  parts: Part[];
  status: MessageStatus;
  failure: Failure | null;
  ordinal: number;
  /** ISO 8601, UTC. */
  createdAt: string;
  /** Of the latest generation of an assistant message; null for a user message. */
  generationId: string | null;
  usage: AnswerUsage | null;
}

/** `message` is the question that is answered. */
export interface Accepted {
  thread: ThreadSummary;
  message: Message;
  answer: Message;
  generationId: string;
}

/** The text of a message, its text parts joined. */
export const textOf = (message: Pick<Message, "parts">): string =>
  message.parts.map((part) => (part.type === "text" ? part.text : "")).join("");

/** The pictures of a message, in order. */
export const imagesOf = (message: Pick<Message, "parts">): ImagePart[] =>
  message.parts.filter((part) => part.type === "image");

/** The documents of a message, in order. */
export const documentsOf = (message: Pick<Message, "parts">): DocumentPart[] =>
  message.parts.filter((part) => part.type === "document");

/** Whether the model can be asked to go on with this answer: it broke off, however it did, and there is text. */
export const isContinuable = (message: Pick<Message, "role" | "status" | "failure" | "parts">): boolean =>
  message.role === "assistant" &&
  (BROKEN_OFF.has(message.status) || message.failure?.code === "length-reached") &&
  textOf(message).trim() !== "";

const BROKEN_OFF = new Set<MessageStatus>(["stopped", "failed", "interrupted"]);
