// What the readers make of whatever was exported elsewhere: not yet believed, only of one form.

/**
 * A picture's or a document's bytes: in the file that is read under a path or under a name that begins so, or in the
 * message itself.
 */
export type ImportedFile = { path: string } | { beginning: string } | { bytes: Uint8Array };

/** What the names of ChatGPT's files begin with. */
export const FILE_ID = /^file[-_][A-Za-z0-9]+/;

export type ImportedPart =
  | { type: "text"; text: string }
  | {
      type: "image";
      file: ImportedFile | null;
      name: string;
      caption?: string | null;
      description?: string | null;
      context?: string;
    }
  | {
      type: "document";
      file: ImportedFile | null;
      name: string;
      /** From 1; without them all of it. */
      firstPage?: number;
      lastPage?: number;
      context?: string;
    }
  /** Something that has no place here, and is named in the report. */
  | { type: "other"; name: string };

export interface ImportedMessage {
  /** As it is called there; in one thread only. */
  id: string;
  /** Null, or an id that is not there: it begins the thread. */
  parentId: string | null;
  role: "user" | "assistant";
  status: "complete" | "stopped" | "interrupted";
  createdAt: Date | null;
  parts: ImportedPart[];
  /** Of our own exports, for the shares in them. */
  ordinal?: number;
}

export interface ImportedThread {
  /** As it is called there; null where nothing refers to it. */
  id: string | null;
  title: string;
  createdAt: Date | null;
  lastActivityAt: Date | null;
  /** ThreadSettings, if they are. */
  settings: unknown;
  /** The message at the end of the open branch; null: the newest. */
  headId: string | null;
  messages: ImportedMessage[];
  /** Messages of the file that are none of these: of other roles, or nonsense. */
  unread: number;
}
