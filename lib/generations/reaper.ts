import "server-only";
import type { Message } from "@/lib/messages/message";
import { textOf } from "@/lib/messages/message";
import { database } from "@/lib/platform/database";
import { publish } from "@/lib/threads/live";
import { threadSummary } from "@/lib/threads/queries";
import { answerUsageOf } from "@/lib/usage/queries";
import type { Actor } from "@/lib/users/actor";
import { type Asked, type Outcome, refined, usageOf, usageRowOf } from "./accounting";
import { historyTo } from "./history";
import { instructionsWith } from "./prompt";
import { runningHere } from "./registry";
import { settingsOf } from "./settings";

/** A heart that beats each second and was not heard for this long has stopped. Milliseconds. */
export const DEAD_AFTER_MS = 10_000;

/**
 * Marks answers whose process has died as interrupted; their text up to the last save stays, and what they must
 * have cost is estimated. `everything`: at the start of the only process, when nothing can be running yet.
 * Returns how many.
 */
export async function systemReap({ everything = false } = {}, now = Date.now()): Promise<number> {
  const heartbeatAt = { lt: new Date(now - DEAD_AFTER_MS) };
  const dead = await database().generation.findMany({
    // What runs here lives, even if the database was away for its heartbeats.
    where: { status: "running", ...(everything ? {} : { heartbeatAt, id: { notIn: runningHere() } }) },
    select: {
      id: true,
      ownerId: true,
      threadId: true,
      messageId: true,
      model: true,
      settings: true,
      createdAt: true,
      heartbeatAt: true,
      message: {
        select: { parts: true, parent: { select: { id: true, parentId: true, role: true, parts: true } } },
      },
    },
  });
  for (const generation of dead) await bury(generation, new Date(now));
  return dead.length;
}

interface Dead {
  id: string;
  ownerId: string;
  threadId: string;
  messageId: string;
  model: string;
  settings: unknown;
  createdAt: Date;
  heartbeatAt: Date;
  message: {
    parts: unknown;
    parent: { id: string; parentId: string | null; role: string; parts: unknown } | null;
  };
}

async function bury(dead: Dead, endedAt: Date): Promise<void> {
  const usage = await usageRow(dead);
  const running = { id: dead.id, status: "running" };
  const buried = await database().$transaction(async (tx) => {
    const { count } = await tx.generation.updateMany({
      where: running,
      data: { status: "interrupted", endedAt },
    });
    // Another process was quicker.
    if (count === 0) return false;
    await tx.message.updateMany({
      where: { id: dead.messageId, status: "running" },
      data: { status: "interrupted" },
    });
    await tx.usage.upsert({ where: { id: usage.id }, create: usage, update: {}, select: { id: true } });
    return true;
  });
  if (buried) await tellTabs(dead);
}

/** Its thread is no longer one that is being written in; one in the bin is in no list. */
async function tellTabs(dead: Dead): Promise<void> {
  const thread = await threadSummary(ownerOf(dead), dead.threadId).catch(() => null);
  if (thread) publish(dead.ownerId, { type: "thread", thread });
}

async function usageRow(dead: Dead) {
  const { id, threadId, messageId, createdAt, heartbeatAt, message } = dead;
  const question = message.parent as Pick<Message, "id" | "parentId" | "role" | "parts"> | null;
  const turns = question ? await historyTo(threadId, question) : [];
  const instructions = instructionsWith(settingsOf(dead.settings)?.instructions ?? "");
  const asked: Asked = { model: dead.model, instructions, turns };
  const text = textOf({ parts: message.parts as Message["parts"] });
  const outcome: Outcome = {
    status: "interrupted",
    failure: null,
    tokens: null,
    startedAt: 0,
    firstTokenAt: null,
  };
  const rough = usageOf(outcome, asked, text);
  const usage = (await refined(rough, asked, text)) ?? rough;
  const durationMs = Math.max(0, heartbeatAt.getTime() - createdAt.getTime());
  // Of an answer that was gone on with, the beginning was counted with the call that wrote it.
  const before = (await answerUsageOf([messageId])).get(messageId)?.outputTokens ?? 0;
  const outputTokens = Math.max(0, usage.outputTokens - before);
  const target = { generationId: id, messageId, threadId };
  const whole = { ...usage, outputTokens, durationMs };
  return usageRowOf(ownerOf(dead), target, "interrupted", whole);
}

/** In whose name it was written: no more than that is known here of a person, nor needed. */
const ownerOf = ({ ownerId }: Dead): Actor => ({ id: ownerId, role: "member" });
