import type { AnswerUsage, MessageStatus, TextPart, ToolPart } from "@/lib/messages/message";
import type { ShareChoices } from "@/lib/shares/share";
import type { ThreadSettings } from "@/lib/threads/settings";

// What docs/export-format.md describes. Times are ISO 8601, UTC; `file` is a path within the same ZIP, null where there
// is no such file.

/** Counted up when what reads the older one would misunderstand the newer one. */
export const EXPORT_VERSION = 1;

/** leeward.json: what the ZIP is, and whose. */
export interface ExportedPerson {
  format: "leeward-export";
  version: typeof EXPORT_VERSION;
  exportedAt: string;
  person: { name: string; email: string; createdAt: string; settings: ThreadSettings };
}

/** threads/….json, and a thread exported alone. */
export interface ExportedThread {
  format: "leeward-thread";
  version: typeof EXPORT_VERSION;
  id: string;
  title: string;
  createdAt: string;
  lastActivityAt: string;
  settings: ThreadSettings;
  /** The last message of the open branch. */
  openMessageId: string | null;
  /** The whole tree in order of writing: a message comes after the one that it answers. */
  messages: ExportedMessage[];
}

export interface ExportedMessage {
  id: string;
  parentId: string | null;
  ordinal: number;
  role: "user" | "assistant";
  status: MessageStatus;
  createdAt: string;
  usage: AnswerUsage | null;
  parts: ExportedPart[];
}

export type ExportedPart = TextPart | ToolPart | ExportedPicture | ExportedDocument;

/** Sizes in pixels. */
export interface ExportedPicture {
  type: "image";
  file: string | null;
  name: string;
  width: number;
  height: number;
  caption: string | null;
  description: string | null;
  context: "kept" | "described" | "dropped";
}

/** Pages from 1, both included. */
export interface ExportedDocument {
  type: "document";
  file: string | null;
  name: string;
  pages: number;
  firstPage: number;
  lastPage: number;
  context: "kept" | "dropped";
}

/**
 * shares/….json. No link and no password's hash: whoever leaves takes along what they showed and how, while the link
 * stays with the installation that answers it, and a file that lies about opens nothing.
 */
export interface ExportedShare {
  format: "leeward-share";
  version: typeof EXPORT_VERSION;
  threadId: string;
  title: string;
  /** What others see: the messages in order, pictures as files. */
  by: string | null;
  messages: { role: "user" | "assistant"; at: string | null; parts: ExportedSharePart[] }[];
  choices: ShareChoices;
  hadPassword: boolean;
  allowContinue: boolean;
  signedInOnly: boolean;
  titleInPreview: boolean;
  views: number;
  expiresAt: string | null;
  createdAt: string;
  updatedAt: string;
}

export type ExportedSharePart =
  | { type: "text"; text: string }
  | { type: "image"; file: string | null; width: number; height: number }
  | { type: "document"; name: string };
