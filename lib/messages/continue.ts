import "server-only";
import { begunOf } from "@/lib/generations/continuing";
import { decideSettings } from "@/lib/generations/decide";
import { checkRunning } from "@/lib/generations/places";
import { startGeneration, type Task } from "@/lib/generations/run";
import { database, isConflict, Prisma, type Transaction } from "@/lib/platform/database";
import { notFound, Problem } from "@/lib/platform/problem";
import { publish } from "@/lib/threads/live";
import { threadSummary } from "@/lib/threads/queries";
import { threadsOf } from "@/lib/threads/scope";
import { answerUsageOf } from "@/lib/usage/queries";
import type { Actor } from "@/lib/users/actor";
import { hashOf, wasAccepted } from "./commands";
import { type Accepted, isContinuable } from "./message";
import { MESSAGE_COLUMNS, messageOf } from "./rows";
import type { ContinueInput } from "./schema";

/**
 * Has the model go on with an answer that broke off: another generation that writes into the same message. The same
 * ids again answer the same and start nothing. Throws `not-found`, `conflict` (there is nothing to go on with, or
 * something follows it already), `too-many-running`.
 */
export async function continueAnswer(
  actor: Actor,
  threadId: string,
  input: ContinueInput,
): Promise<Accepted> {
  const requestHash = hashOf({ threadId, ...input });
  const { messageId, generationId } = input;
  const begun = await begin(actor, threadId, input, requestHash);
  if (begun) {
    startGeneration(actor, { ...begun, target: { generationId, messageId, threadId } });
    publish(actor.id, { type: "messages", threadId, headMessageId: messageId, generationId });
  }
  const thread = await threadSummary(actor, threadId);
  if (begun) publish(actor.id, { type: "thread", thread });
  const answer = await readMessage(messageId);
  const message = await readMessage(answer.parentId ?? "");
  return { thread, message: messageOf(message), answer: messageOf(answer, generationId), generationId };
}

type Started = Omit<Task, "target">;

/** Null when this very request was accepted before. */
async function begin(
  actor: Actor,
  threadId: string,
  input: ContinueInput,
  requestHash: string,
): Promise<Started | null> {
  try {
    return await database().$transaction((tx) => write(tx, actor, threadId, input, requestHash));
  } catch (error) {
    if (await wasAccepted(actor, { generationId: input.generationId, requestHash })) return null;
    throw isConflict(error) ? new Problem("conflict") : error;
  }
}

async function write(
  tx: Transaction,
  actor: Actor,
  threadId: string,
  { messageId, generationId }: ContinueInput,
  requestHash: string,
): Promise<Started> {
  await checkRunning(tx, actor);
  // The thread's lock: two that go on with the same answer meet here.
  const { count } = await tx.thread.updateMany({
    where: { id: threadId, ...threadsOf(actor) },
    data: { lastActivityAt: new Date(), headMessageId: messageId },
  });
  if (count === 0) throw notFound();
  const answer = await tx.message.findFirst({ where: { id: messageId, threadId }, select: MESSAGE_COLUMNS });
  const question =
    answer?.parentId &&
    (await tx.message.findFirst({ where: { id: answer.parentId, threadId }, select: MESSAGE_COLUMNS }));
  if (!answer || !question) throw notFound();
  const followed = await tx.message.count({ where: { parentId: messageId } });
  if (followed > 0 || question.role !== "user" || !isContinuable(messageOf(answer))) {
    throw new Problem("conflict");
  }
  const begun = begunOf(messageOf(answer).parts);
  await tx.message.updateMany({
    where: { id: messageId },
    data: { status: "running", failure: Prisma.DbNull, parts: [{ type: "text", text: begun.kept }] },
  });
  const settings = await decideSettings(tx, actor, threadId);
  const ids = { id: generationId, ownerId: actor.id, threadId, messageId };
  await tx.generation.create({
    data: { ...ids, model: settings.model, requestHash, settings: { ...settings } },
    select: { id: true },
  });
  const usage = (await answerUsageOf([messageId], tx)).get(messageId) ?? null;
  return { question: messageOf(question), settings, begun: { ...begun, usage } };
}

async function readMessage(id: string) {
  const message = await database().message.findUnique({ where: { id }, select: MESSAGE_COLUMNS });
  if (!message) throw notFound();
  return message;
}
