import "server-only";
import { randomUUID } from "node:crypto";
import { MOST_DOCUMENTS, type UploadedDocument } from "@/lib/documents/document";
import { documentParts } from "@/lib/documents/queries";
import type { UploadedImage } from "@/lib/images/schema";
import {
  DOCUMENT_CONTEXTS,
  IMAGE_CONTEXTS,
  LONGEST_TEXT,
  MOST_IMAGES,
  type Part,
} from "@/lib/messages/message";
import { isOffered } from "@/lib/models/offered";
import { database } from "@/lib/platform/database";
import { eraseThreads } from "@/lib/threads/commands";
import { publish } from "@/lib/threads/live";
import { threadSummary } from "@/lib/threads/queries";
import { type ThreadSettings, threadSettingsOf } from "@/lib/threads/settings";
import { LONGEST_TITLE } from "@/lib/threads/thread";
import type { Actor } from "@/lib/users/actor";
import type { ImportedFiles } from "./files";
import type { ImportedPart } from "./imported";
import { countThread } from "./limits";
import type { ReadThread } from "./read";
import { type ImportReport, leaveOut, nameThread } from "./report";
import { clean } from "./text";
import type { Placed } from "./tree";

/** What is written in one transaction, in which everybody else waits on SQLite: rows, characters, pictures. */
const ROWS_AT_ONCE = 250;
const LENGTH_AT_ONCE = 500_000;
const FILES_AT_ONCE = 40;

/** A thread that was brought in, for the shares that name it. */
export interface Brought {
  id: string;
  /** Its messages' ordinals, by those of the file; only where the message has all its parts. */
  ordinals: ReadonlyMap<number, number>;
}

interface Row extends Placed {
  parts: Part[];
  /** Of its text, UTF-16 code units. */
  length: number;
  images: { imageId: string; context: string }[];
  documents: { documentId: string; context: string }[];
  whole: boolean;
}

/**
 * Writes a thread of the file as a new one of the actor's, as far as it is legal; the report says what was left out.
 * In pieces, into a thread that lies in the bin until it is whole: whatever dies in between, nobody sees half of one,
 * and it is gone with the bin. Null when nothing is left of it.
 */
export async function bringThread(
  actor: Actor,
  thread: ReadThread,
  files: ImportedFiles,
  report: ImportReport,
): Promise<Brought | null> {
  const title = titleOf(thread.title);
  leaveOut(report, { what: "message", name: title, reason: "no-place" }, thread.lost);
  leaveOut(report, { what: "message", name: title, reason: "unreadable" }, thread.unread);
  leaveOut(report, { what: "message", name: title, reason: "shortened" }, thread.cut);
  const { placed } = thread;
  const times = timesOf(thread);
  const id = await begin(actor, title, thread, times);
  const ordinals = new Map<number, number>();
  let empty = true;
  for (let next = 0; next < placed.length; ) {
    const rows: Row[] = [];
    while (next < placed.length && hasRoom(rows))
      rows.push(await rowOf(actor, placed[next++] as Placed, title, files, report));
    if (!(await countThread(actor, rows.length, lengthOf(rows)))) {
      leaveOut(report, { what: "thread", name: title, reason: "enough" });
      return erase(id);
    }
    await write(id, rows, times);
    for (const { message, ordinal, parts, whole } of rows) {
      if (message.ordinal !== undefined && whole) ordinals.set(message.ordinal, ordinal);
      if (parts.length > 0) empty = false;
    }
  }
  if (empty) {
    leaveOut(report, { what: "thread", name: title, reason: "empty" });
    return erase(id);
  }
  await finish(id, thread, times);
  report.counts.messages += placed.length;
  nameThread(report, { id, title });
  publish(actor.id, { type: "thread", thread: await threadSummary(actor, id) });
  return { id, ordinals };
}

const lengthOf = (rows: readonly Row[]): number => rows.reduce((sum, { length }) => sum + length, 0);

const hasRoom = (rows: readonly Row[]): boolean =>
  rows.length < ROWS_AT_ONCE &&
  lengthOf(rows) < LENGTH_AT_ONCE &&
  rows.reduce((sum, { images, documents }) => sum + images.length + documents.length, 0) < FILES_AT_ONCE;

async function erase(id: string): Promise<null> {
  await database().$transaction((tx) => eraseThreads(tx, { id }));
  return null;
}

async function rowOf(
  actor: Actor,
  place: Placed,
  title: string,
  files: ImportedFiles,
  report: ImportReport,
): Promise<Row> {
  const row: Row = { ...place, parts: [], length: 0, images: [], documents: [], whole: true };
  for (const part of place.message.parts) {
    if (!(await addPart(actor, row, part, title, files, report))) row.whole = false;
  }
  return row;
}

/** False when it was left out, or not all of it is there. */
async function addPart(
  actor: Actor,
  row: Row,
  part: ImportedPart,
  title: string,
  files: ImportedFiles,
  report: ImportReport,
): Promise<boolean> {
  switch (part.type) {
    case "text": {
      const text = clean(part.text);
      const room = LONGEST_TEXT - row.length;
      if (text.length > room) leaveOut(report, { what: "message", name: title, reason: "shortened" });
      const kept = text.slice(0, room).toWellFormed();
      row.length += kept.length;
      if (kept !== "") row.parts.push({ type: "text", text: kept });
      return text !== "" && text.length <= room;
    }
    case "image": {
      if (row.message.role !== "user") return notSupported(part, report);
      if (row.images.length >= MOST_IMAGES) {
        leaveOut(report, { what: "picture", name: part.name, reason: "too-many" });
        return false;
      }
      const image = await files.image(part);
      if (image) addImage(row, image, part);
      return image !== null;
    }
    case "document": {
      if (row.message.role !== "user") return notSupported(part, report);
      if (row.documents.length >= MOST_DOCUMENTS) {
        leaveOut(report, { what: "document", name: part.name, reason: "too-many" });
        return false;
      }
      const document = await files.document(part);
      if (document) await addDocument(actor, row, document, part);
      return document !== null;
    }
    case "other":
      leaveOut(report, { what: "other", name: part.name || title, reason: "not-supported" });
      return false;
  }
}

/** Answers are words here. */
function notSupported(part: { type: "image" | "document"; name: string }, report: ImportReport): false {
  const what = part.type === "image" ? "picture" : "document";
  leaveOut(report, { what, name: part.name, reason: "not-supported" });
  return false;
}

function addImage(
  row: Row,
  { id, name, width, height, tokens }: UploadedImage,
  part: Extract<ImportedPart, { type: "image" }>,
): void {
  const known = IMAGE_CONTEXTS.find((context) => context === part.context) ?? "kept";
  // A description stands for a picture only where there is one.
  const context = known === "described" && !part.description ? "kept" : known;
  row.parts.push({ type: "image", imageId: id, name, width, height, tokens });
  row.images.push({ imageId: id, context });
}

async function addDocument(
  actor: Actor,
  row: Row,
  { id, pages }: UploadedDocument,
  part: Extract<ImportedPart, { type: "document" }>,
): Promise<void> {
  const firstPage = Math.min(Math.max(part.firstPage ?? 1, 1), pages);
  const lastPage = Math.min(Math.max(part.lastPage ?? pages, firstPage), pages);
  const context = DOCUMENT_CONTEXTS.find((each) => each === part.context) ?? "kept";
  row.parts.push(...(await documentParts(actor, [{ documentId: id, firstPage, lastPage }])));
  row.documents.push({ documentId: id, context });
}

/** None of them is to come. */
interface Times {
  createdAt: Date;
  lastActivityAt: Date;
}

function timesOf({ createdAt, lastActivityAt }: ReadThread): Times {
  const last = past(lastActivityAt ?? createdAt, new Date());
  return { createdAt: past(createdAt, last), lastActivityAt: last };
}

const past = (time: Date | null, otherwise: Date): Date => (time && time < new Date() ? time : otherwise);

async function begin(actor: Actor, title: string, { settings }: ReadThread, times: Times): Promise<string> {
  const id = randomUUID();
  const titledBy = title === "" ? "none" : "person";
  await database().thread.create({
    data: {
      ...times,
      id,
      ownerId: actor.id,
      title,
      titledBy,
      settings: settingsOf(settings),
      deletedAt: new Date(),
    },
    select: { id: true },
  });
  return id;
}

function write(threadId: string, rows: readonly Row[], { lastActivityAt }: Times): Promise<void> {
  const messages = rows.map(({ id, parentId, ordinal, parts, message: { role, status, createdAt } }) => {
    const at = past(createdAt, lastActivityAt);
    return { id, threadId, parentId, ordinal, role, status, parts: parts as object[], createdAt: at };
  });
  const images = rows.flatMap(({ id: messageId, images }) =>
    images.map((image, position) => ({ messageId, position, ...image })),
  );
  const documents = rows.flatMap(({ id: messageId, documents }) =>
    documents.map((document, position) => ({ messageId, position, ...document })),
  );
  return database().$transaction(async (tx) => {
    await tx.message.createMany({ data: messages });
    if (images.length > 0) await tx.messageImage.createMany({ data: images });
    if (documents.length > 0) await tx.messageDocument.createMany({ data: documents });
  });
}

/** Out of the bin. Behind a question at the end of the open branch stands an answer to be had. */
async function finish(id: string, { placed, headId }: ReadThread, { lastActivityAt }: Times): Promise<void> {
  const head = placed.find((place) => place.id === headId);
  const unanswered = head?.message.role === "user" ? head.id : null;
  const answerId = unanswered && randomUUID();
  const messageCount = placed.length + (answerId ? 1 : 0);
  await database().$transaction(async (tx) => {
    if (answerId) {
      const answer = { id: answerId, threadId: id, parentId: unanswered, ordinal: messageCount, parts: [] };
      await tx.message.create({
        data: { ...answer, role: "assistant", status: "interrupted", createdAt: lastActivityAt },
        select: { id: true },
      });
    }
    await tx.thread.update({
      where: { id },
      data: { headMessageId: answerId ?? headId, messageCount, deletedAt: null },
      select: { id: true },
    });
  });
}

/** Those that are legal here; a model that nobody may choose is none. */
export function settingsOf(value: unknown): ThreadSettings {
  const isSettings = typeof value === "object" && value !== null && !Array.isArray(value);
  const { model, instructions, ...rest } = threadSettingsOf(isSettings ? value : {});
  return {
    ...rest,
    ...(model !== undefined && isOffered(model) ? { model } : {}),
    ...(instructions === undefined ? {} : { instructions: clean(instructions) }),
  };
}

function titleOf(title: string): string {
  const line = clean(title).replace(/\s+/g, " ").trim();
  return [...line.slice(0, 2 * LONGEST_TITLE)]
    .slice(0, LONGEST_TITLE)
    .join("")
    .slice(0, LONGEST_TITLE)
    .toWellFormed();
}
