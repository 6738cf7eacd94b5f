import "server-only";
import { createHash } from "node:crypto";
import { choicesOf, withChoices } from "@/lib/context/choices";
import { documentParts } from "@/lib/documents/queries";
import { startGeneration } from "@/lib/generations/run";
import { imagesForMessage } from "@/lib/images/queries";
import { database, isConflict } from "@/lib/platform/database";
import { notFound, Problem } from "@/lib/platform/problem";
import { publish } from "@/lib/threads/live";
import { threadSummary } from "@/lib/threads/queries";
import { storable } from "@/lib/threads/set";
import type { Actor } from "@/lib/users/actor";
import type { Accepted, ImagePart, Part } from "./message";
import { MESSAGE_COLUMNS, messageOf } from "./rows";
import type { RetryInput, SendMessageInput } from "./schema";
import { type TurnToWrite, type Written, writeTurn } from "./turn";

/**
 * Accepts a question: writes it, its empty answer and the running generation in one transaction, then starts
 * the model, detached. Makes the thread when it is new. The same ids with the same body again answer the same
 * and start nothing; with another body `conflict`. A question that waited is known by the hash of the request that
 * queued it, `queuedBy`. Throws `not-found`, `bad-request` (nothing to send), `busy` (the message it answers is still
 * being written), `too-many-running`, `too-many-images`.
 */
export async function sendMessage(
  actor: Actor,
  threadId: string,
  input: SendMessageInput,
  { queuedBy }: { queuedBy?: string } = {},
): Promise<Accepted> {
  const parts = await partsOf(actor, input);
  return accept(actor, {
    threadId,
    question: { id: input.messageId, parts, parentId: input.parentId },
    questionId: input.messageId,
    answerId: input.answerId,
    generationId: input.generationId,
    requestHash: queuedBy ?? hashOf({ threadId, ...input }),
    queued: queuedBy !== undefined,
    settings: storable(input.settings ?? {}),
  });
}

/** What a person sends as the parts of a message. Throws `bad-request` where it is nothing, `not-found`. */
export async function partsOf(
  actor: Actor,
  input: Pick<SendMessageInput, "text" | "imageIds" | "documents">,
): Promise<Part[]> {
  const text = clean(input.text);
  if (text.trim() === "" && input.imageIds.length === 0 && input.documents.length === 0) {
    throw new Problem("bad-request", { field: "text" });
  }
  const images = await imagesForMessage(actor, input.imageIds);
  const imageParts = images.map(({ id, name, width, height, tokens }): ImagePart => {
    return { type: "image", imageId: id, name, width, height, tokens };
  });
  const documents = await documentParts(actor, input.documents);
  return [...imageParts, ...documents, ...(text === "" ? [] : [{ type: "text" as const, text }])];
}

/** Answers a question again: a new sibling answer, the old one stays. Errors as sendMessage. */
export async function answerAgain(actor: Actor, threadId: string, input: RetryInput): Promise<Accepted> {
  return accept(actor, {
    threadId,
    question: null,
    questionId: input.parentId,
    answerId: input.answerId,
    generationId: input.generationId,
    requestHash: hashOf({ threadId, ...input }),
    queued: false,
    settings: {},
  });
}

async function accept(actor: Actor, turn: TurnToWrite): Promise<Accepted> {
  const written = await write(actor, turn);
  if (!written) return withChosen(await readAccepted(actor, turn), turn);
  const { answerId, threadId } = turn;
  publish(actor.id, { type: "thread", thread: written.thread });
  publish(actor.id, { type: "messages", threadId, headMessageId: answerId });
  const { settings: _ours, ...answered } = written;
  return withChosen(answered, turn);
}

/** The question's pictures with the words for them, and the choices made about them and its documents. */
async function withChosen(accepted: Accepted, { threadId }: TurnToWrite): Promise<Accepted> {
  if (accepted.message.parts.every(({ type }) => type === "text")) return accepted;
  return { ...accepted, message: withChoices(accepted.message, await choicesOf(threadId)) };
}

/** Null when this very request was accepted before. Otherwise the model is asked as soon as the rows are on their way. */
async function write(actor: Actor, turn: TurnToWrite): Promise<Written | null> {
  const committed = Promise.withResolvers<void>();
  committed.promise.catch(() => {});
  try {
    const written = await database().$transaction(async (tx) => {
      const written = await writeTurn(tx, actor, turn);
      // Nothing is left that could be refused, only a disk to wait for. Behind the COMMIT, which is given first.
      setImmediate(() => start(actor, turn, written, committed.promise));
      return written;
    });
    committed.resolve();
    return written;
  } catch (error) {
    committed.reject(error);
    // Asked only now, because it is rare: the ids are there, or whatever was in the way came of this request.
    if (await wasAccepted(actor, turn)) return null;
    throw isConflict(error) ? new Problem("conflict") : error;
  }
}

function start(actor: Actor, turn: TurnToWrite, written: Written, committed: Promise<void>): void {
  const { generationId, answerId: messageId, threadId } = turn;
  const target = { generationId, messageId, threadId };
  startGeneration(actor, { target, question: written.message, settings: written.settings }, committed);
}

/** Whether this very request was accepted before. */
export async function wasAccepted(
  actor: Actor,
  { generationId: id, requestHash }: Pick<TurnToWrite, "generationId" | "requestHash">,
): Promise<boolean> {
  const where = { id, ownerId: actor.id, requestHash };
  return (await database().generation.count({ where })) > 0;
}

/** What was answered to this request when it came first, as it stands now. */
async function readAccepted(actor: Actor, turn: TurnToWrite): Promise<Accepted> {
  const { generationId, questionId, answerId } = turn;
  const [thread, rows] = await Promise.all([
    threadSummary(actor, turn.threadId),
    database().message.findMany({ where: { id: { in: [questionId, answerId] } }, select: MESSAGE_COLUMNS }),
  ]);
  const question = rows.find((row) => row.id === questionId);
  const answer = rows.find((row) => row.id === answerId);
  if (!question || !answer) throw notFound();
  return { thread, message: messageOf(question), answer: messageOf(answer, generationId), generationId };
}

/** What an idempotent request is known by. */
export const hashOf = (request: object) => createHash("sha256").update(JSON.stringify(request)).digest("hex");

/** PostgreSQL refuses NUL in text, and half a surrogate pair is no text at all. */
const clean = (text: string) => text.replaceAll("\0", "").toWellFormed();
