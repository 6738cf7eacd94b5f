import "server-only";
import { settingsFor } from "@/lib/generations/decide";
import { checkRunning } from "@/lib/generations/places";
import type { GenerationSettings } from "@/lib/generations/settings";
import { checkImageCount } from "@/lib/models/images";
import type { Transaction } from "@/lib/platform/database";
import { notFound, Problem } from "@/lib/platform/problem";
import { type ThreadSettings, threadSettingsOf } from "@/lib/threads/settings";
import { LONGEST_TITLE, type ThreadSummary } from "@/lib/threads/thread";
import type { Actor } from "@/lib/users/actor";
import { type Accepted, documentsOf, imagesOf, type Part } from "./message";
import { MESSAGE_COLUMNS, messageOf } from "./rows";

/** What a question and its answer are written from. `question` null: it is there already and answered again. */
export interface TurnToWrite {
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

/** What was accepted, and what the answer is made with. */
export interface Written extends Accepted {
  settings: GenerationSettings;
}

/** Writes a question, its empty answer and the running generation. Throws as sendMessage does. */
export async function writeTurn(tx: Transaction, actor: Actor, turn: TurnToWrite): Promise<Written> {
  const { threadId, questionId, answerId, generationId, requestHash } = turn;
  const { ordinal, thread, settings: threadSettings } = await openThread(tx, actor, turn);
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
  // One after the other: what makes many at once is compiled anew each time.
  for (const { failure: _none, ...row } of rows) {
    await tx.message.create({ data: { ...row, parts: row.parts as object[] }, select: { id: true } });
  }
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
  const settings = await settingsFor(tx, actor, threadSettings);
  const { model } = settings;
  checkImageCount(images.length, model);
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

/** Makes or moves the thread; its row is locked from here on. `ordinal` is the answer's. */
async function openThread(
  tx: Transaction,
  actor: Actor,
  turn: TurnToWrite,
): Promise<{ ordinal: number; thread: ThreadSummary; settings: ThreadSettings }> {
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
    return { ordinal: 2, thread: { ...summary, title }, settings: turn.settings };
  }
  if (existing.ownerId !== actor.id || existing.deletedAt) throw notFound();
  const { messageCount, title, settings } = await tx.thread.update({
    where: { id },
    data: { ...data, messageCount: { increment: question ? 2 : 1 } },
    select: { messageCount: true, title: true, settings: true },
  });
  // Under the lock, so that what it follows cannot be deleted meanwhile.
  await checkParent(tx, turn);
  return { ordinal: messageCount, thread: { ...summary, title }, settings: threadSettingsOf(settings) };
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
