import type { DocumentPart, ImagePart } from "../messages/message";

/** Tokens that a request may have in all. */
export const CONTEXT_TOKENS = 128_000;

/** What a request is made of. `words`: descriptions and notes in the place of pictures and documents. */
export const CONTEXT_KINDS = ["text", "images", "words", "documents"] as const;
export type ContextKind = (typeof CONTEXT_KINDS)[number];

export type ContextTokens = Record<ContextKind, number>;

/** A picture on the way to the next question, and the message that has it. */
export interface ContextImage {
  messageId: string;
  image: ImagePart;
}

/** A document on that way. */
export interface ContextDocument {
  messageId: string;
  document: DocumentPart;
}

export interface ThreadContext {
  tokens: ContextTokens;
  /** False while text is counted roughly. */
  careful: boolean;
  /** In the order in which they are sent, left out ones too. */
  images: ContextImage[];
  documents: ContextDocument[];
}

export const totalOf = (tokens: ContextTokens): number =>
  CONTEXT_KINDS.reduce((sum, kind) => sum + tokens[kind], 0);

/** Tokens of a text, judged by its length. */
export const roughTokens = (text: string): number => Math.ceil(text.length / 4);
