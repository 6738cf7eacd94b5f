import "server-only";
import { createHash } from "node:crypto";
import { choicesOf, withChoices } from "@/lib/context/choices";
import { documentParts } from "@/lib/documents/queries";
import { decideSettings } from "@/lib/generations/decide";
import { startGeneration } from "@/lib/generations/run";
import type { GenerationSettings } from "@/lib/generations/settings";
import { imagesForMessage } from "@/lib/images/queries";
import { database, isConflict, type Transaction } from "@/lib/platform/database";
import { notFound, Problem } from "@/lib/platform/problem";
import { publish } from "@/lib/threads/live";
import { threadSummary } from "@/lib/threads/queries";
import { storable } from "@/lib/threads/set";
import type { ThreadSettings } from "@/lib/threads/settings";
import { LONGEST_TITLE, type ThreadSummary } from "@/lib/threads/thread";
import type { Actor } from "@/lib/users/actor";
import { type Accepted, documentsOf, type ImagePart, imagesOf, type Part } from "./message";
import { MESSAGE_COLUMNS, messageOf } from "./rows";
import type { RetryInput, SendMessageInput } from "./schema";

/** Answers that one person may have running at once: nobody takes the contract's few requests a second alone. */
export const MOST_RUNNING = Number(process.env.LEEWARD_MOST_RUNNING) || 8;

/** What a question and its answer are written from. `question` null: it is there already and answered again. */
interface TurnToWrite {
  threadId: string;
  question: { id: string; parts: Part[]; parentId: string | null } | null;
  questionId: string;
  answerId: string;
  generationId: string;
  requestHash: string;
  /** The question waited in the thread's queue, and leaves it. */
  queued: boolean;
  /** Of a thread that this makes. */
  settings: ThreadSettings;
}

/**
 * Accepts a question: writes it, its empty answer and the running generation in one transaction, then starts
 * the model, detached. Makes the thread when it is new. The same ids with the same body again answer the same
 * and start nothing; with another body `conflict`. Throws `not-found`, `bad-request` (nothing to send), `busy`
 * (the message it answers is still being written), `too-many-running`.
 */
export async function sendMessage(
  actor: Actor,
  threadId: string,
  input: SendMessageInput,
  { queued = false } = {},
): Promise<Accepted> {
  const parts = await partsOf(actor, input);
  return accept(actor, {
    threadId,
    question: { id: input.messageId, parts, parentId: input.parentId },
    questionId: input.messageId,
    answerId: input.answerId,
    generationId: input.generationId,
    requestHash: hashOf({ threadId, ...input }),
    queued,
    settings: storable(input.settings ?? {}),
  });
}

/**
 * What a person sends as the parts of a message. Throws `bad-request` where it is nothing, `not-found`,
 * `too-many-images`.
 */
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
  const { generationId, answerId, threadId } = turn;
  const target = { generationId, messageId: answerId, threadId };
  startGeneration(actor, { target, question: written.message, settings: written.settings });
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

/** What was accepted, and what the answer is made with. */
interface Written extends Accepted {
  settings: GenerationSettings;
}

/** Null when this very request was accepted before. */
async function write(actor: Actor, turn: TurnToWrite): Promise<Written | null> {
  try {
    return await database().$transaction((tx) => writeTurn(tx, actor, turn));
  } catch (error) {
    // Asked only now, because it is rare: the ids are there, or whatever was in the way came of this request.
    if (await wasAccepted(actor, turn)) return null;
    throw isConflict(error) ? new Problem("conflict") : error;
  }
}

/** Whether this very request was accepted before. */
export async function wasAccepted(
  actor: Actor,
  { generationId: id, requestHash }: Pick<TurnToWrite, "generationId" | "requestHash">,
): Promise<boolean> {
  const where = { id, ownerId: actor.id, requestHash };
  return (await database().generation.count({ where })) > 0;
}

async function writeTurn(tx: Transaction, actor: Actor, turn: TurnToWrite): Promise<Written> {
  const { threadId, questionId, answerId, generationId, requestHash } = turn;
  const { ordinal, thread } = await openThread(tx, actor, turn);
  if (turn.queued) await leaveQueue(tx, actor, turn);
  const common = { threadId, failure: null, createdAt: new Date() };
  const answer = {
    ...common,
    id: answerId,
    parentId: questionId,
    role: "assistant",
    parts: [],
    status: "running",
    ordinal,
  };
  const question = turn.question
    ? { ...common, ...turn.question, role: "user", status: "complete", ordinal: ordinal - 1 }
    : null;
  const rows = question ? [question, answer] : [answer];
  await tx.message.createMany({
    data: rows.map(({ failure: _none, ...row }) => ({ ...row, parts: row.parts as object[] })),
  });
  const images = imagesOf(turn.question ?? { parts: [] });
  if (images.length > 0) {
    await tx.messageImage.createMany({
      data: images.map(({ imageId }, position) => ({ messageId: questionId, imageId, position })),
    });
  }
  const documents = documentsOf(turn.question ?? { parts: [] });
  if (documents.length > 0) {
    await tx.messageDocument.createMany({
      data: documents.map(({ documentId }, position) => ({ messageId: questionId, documentId, position })),
    });
  }
  const settings = await decideSettings(tx, actor, threadId);
  const { model } = settings;
  await tx.generation.create({
    data: {
      threadId,
      model,
      requestHash,
      id: generationId,
      ownerId: actor.id,
      messageId: answerId,
      settings: { ...settings },
    },
    select: { id: true },
  });
  const answered =
    question ?? (await tx.message.findUniqueOrThrow({ where: { id: questionId }, select: MESSAGE_COLUMNS }));
  return {
    thread,
    message: messageOf(answered),
    answer: messageOf(answer, generationId),
    generationId,
    settings,
  };
}

/** Two that send the same waiting question meet here: one of them finds it gone. */
async function leaveQueue(
  tx: Transaction,
  actor: Actor,
  { questionId, threadId }: TurnToWrite,
): Promise<void> {
  const where = { id: questionId, threadId, ownerId: actor.id };
  const { count } = await tx.queuedMessage.deleteMany({ where });
  if (count === 0) throw new Problem("conflict");
}

/** Throws `too-many-running` when the person has as many answers being written as one may. */
export async function checkRunning(tx: Transaction, actor: Actor): Promise<void> {
  const running = await tx.generation.count({ where: { ownerId: actor.id, status: "running" } });
  if (running >= MOST_RUNNING) throw new Problem("too-many-running", { limit: MOST_RUNNING });
}

/** Makes or moves the thread; its row is locked from here on. `ordinal` is the answer's. */
async function openThread(
  tx: Transaction,
  actor: Actor,
  turn: TurnToWrite,
): Promise<{ ordinal: number; thread: ThreadSummary }> {
  await checkRunning(tx, actor);
  const { threadId: id, question } = turn;
  const now = new Date();
  const data = { headMessageId: turn.answerId, lastActivityAt: now };
  const summary = { id, lastActivityAt: now.toISOString(), running: true };
  const existing = await tx.thread.findUnique({ where: { id }, select: { ownerId: true, deletedAt: true } });
  if (!existing) {
    if (question?.parentId !== null) throw notFound();
    const title = titleFrom(question.parts);
    const row = { id, ownerId: actor.id, title, messageCount: 2, settings: turn.settings, ...data };
    await tx.thread.create({ data: row, select: { id: true } });
    return { ordinal: 2, thread: { ...summary, title } };
  }
  if (existing.ownerId !== actor.id || existing.deletedAt) throw notFound();
  const { messageCount, title } = await tx.thread.update({
    where: { id },
    data: { ...data, messageCount: { increment: question ? 2 : 1 } },
    select: { messageCount: true, title: true },
  });
  // Under the lock, so that what it follows cannot be deleted meanwhile.
  await checkParent(tx, turn);
  return { ordinal: messageCount, thread: { ...summary, title } };
}

/**
 * An answer follows a question; a question follows whatever is over, another question too where the answer between
 * was deleted. Both of this thread.
 */
async function checkParent(tx: Transaction, turn: TurnToWrite): Promise<void> {
  const parentId = turn.question ? turn.question.parentId : turn.questionId;
  if (parentId === null) return;
  const parent = await tx.message.findFirst({
    where: { id: parentId, threadId: turn.threadId, ...(turn.question ? {} : { role: "user" }) },
    select: { status: true },
  });
  if (!parent) throw notFound();
  if (parent.status === "running") throw new Problem("busy");
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

/** Stands until the model has found a better one. */
function titleFrom(parts: Part[]): string {
  const text = parts
    .map((part) => (part.type === "text" ? part.text : ""))
    .join(" ")
    .trim();
  const line =
    text.split("\n")[0]?.trim() ||
    parts.flatMap((part) => (part.type === "text" ? [] : [part.name])).join(", ");
  const characters = Array.from(line);
  return characters.length <= 60
    ? line
    : `${characters.slice(0, 59).join("").trimEnd()}…`.slice(0, LONGEST_TITLE);
}

/** What an idempotent request is known by. */
export const hashOf = (request: object) => createHash("sha256").update(JSON.stringify(request)).digest("hex");

/** PostgreSQL refuses NUL in text, and half a surrogate pair is no text at all. */
const clean = (text: string) => text.replaceAll("\0", "").toWellFormed();
