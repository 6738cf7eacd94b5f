import { randomUUID } from "node:crypto";
import * as z from "zod";
import type { ImportedMessage, ImportedPart, ImportedThread } from "./imported";
import { readerOf } from "./readers/index.ts";
import { isObject } from "./readers/reader.ts";
import { type ReadShare, readShare } from "./readers/share.ts";
import { MOST_MESSAGES, MOST_PARTS, MOST_PARTS_OF_THREAD } from "./sizes.ts";
import { type Placed, placedTree } from "./tree.ts";

/** A thread of the file, as far as it has a place here, and no larger than that may be. */
export interface ReadThread extends Omit<ImportedThread, "messages" | "headId"> {
  placed: Placed[];
  headId: string | null;
  /** Messages without a place. */
  lost: number;
  /** Messages that had more parts than are taken. */
  cut: number;
}

/** What an element of a file is; null: nothing that is known, or not what it seemed. */
export type ReadElement =
  | { is: "thread"; thread: ReadThread }
  | { is: "share"; share: ReadShare }
  | { is: "settings"; settings: unknown };

/** Longest title or name that is looked at, and words for a picture, UTF-16 code units; they are cut again where they end. */
const LONGEST_NAME = 1_000;
const LONGEST_WORDS = 100_000;
/** Longest JSON of settings; what is longer is none. */
const LONGEST_SETTINGS = 200_000;

/**
 * Reads an element of a file. Runs apart (reader-worker.ts): what it is given may take minutes or gigabytes; what it
 * answers is small, because whoever takes it has others to serve.
 */
export function readElement(text: string): ReadElement | "unknown" | "unreadable" {
  const element = parsed(text);
  const format = isObject(element) ? element.format : undefined;
  if (format === "leeward-export") {
    const { person } = element as { person?: { settings?: unknown } };
    return { is: "settings", settings: bounded(isObject(person) ? person.settings : undefined) };
  }
  if (format === "leeward-share") {
    const share = readShare(element);
    return share ? { is: "share", share } : "unreadable";
  }
  const reader = readerOf(element);
  if (!reader) return "unknown";
  try {
    return { is: "thread", thread: threadOf(reader.read(element)) };
  } catch (error) {
    if (error instanceof z.ZodError) return "unreadable";
    throw error;
  }
}

function threadOf({ messages, headId: wanted, ...thread }: ImportedThread): ReadThread {
  const { placed, headId, lost } = placedTree(messages, wanted, randomUUID, MOST_MESSAGES);
  let left = MOST_PARTS_OF_THREAD;
  let cut = 0;
  const slim = placed.map((place): Placed => {
    const parts = place.message.parts.slice(0, Math.min(MOST_PARTS, left));
    left -= parts.length;
    if (parts.length < place.message.parts.length) cut++;
    // Under which name it stood there is settled with its place.
    const message: ImportedMessage = { ...place.message, id: "", parentId: null, parts: parts.map(slimPart) };
    return { ...place, message };
  });
  const title = thread.title.slice(0, LONGEST_NAME);
  return { ...thread, title, settings: bounded(thread.settings), placed: slim, headId, lost, cut };
}

function slimPart(part: ImportedPart): ImportedPart {
  if (part.type === "text") return part;
  const name = part.name.slice(0, LONGEST_NAME);
  if (part.type !== "image") return { ...part, name };
  const { caption, description } = part;
  return {
    ...part,
    name,
    caption: caption?.slice(0, LONGEST_WORDS),
    description: description?.slice(0, LONGEST_WORDS),
  };
}

const bounded = (settings: unknown): unknown =>
  (JSON.stringify(settings) ?? "").length > LONGEST_SETTINGS ? undefined : settings;

/** A text that is no JSON is what nobody knows. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
