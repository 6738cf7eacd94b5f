import "server-only";
import { setTimeout as pause } from "node:timers/promises";
import { streamAnswer } from "@/lib/ionos/answer";
import { UpstreamFailure } from "@/lib/ionos/failure";
import type { AnswerUsage, Failure, Message } from "@/lib/messages/message";
import { database } from "@/lib/platform/database";
import { log } from "@/lib/platform/log";
import { streamBus } from "@/lib/platform/stream-bus";
import { publish } from "@/lib/threads/live";
import { threadSummary } from "@/lib/threads/queries";
import { todayUsage } from "@/lib/usage/queries";
import { sumOfUsage } from "@/lib/usage/sum";
import type { Actor } from "@/lib/users/actor";
import { type Asked, type Outcome, refined, usageOf, usageRowOf } from "./accounting";
import { answered } from "./afterwards";
import { type Begun, Seam, withGoOn } from "./continuing";
import { historyTo } from "./history";
import { instructionsWith, isTooLong, modelMessages } from "./prompt";
import { Recording, saveEnding, type Target } from "./recording";
import { enter } from "./registry";
import type { GenerationSettings } from "./settings";
import { titleThread } from "./title";

/** Before each further try to save an ending while the database is away, the last again and again. Milliseconds. */
const SAVE_AGAIN_MS = [200, 1_000, 3_000, 5_000];
/** How long an ending is kept for a database that is away. Milliseconds. */
const KEPT_MS = 30 * 60_000;

const STOPPED = Symbol("stopped by its owner");
const UNWRITTEN = Symbol("its question never got into the database");

/** What is to be answered, and how. */
export interface Task {
  target: Target;
  question: Pick<Message, "id" | "parentId" | "role" | "parts">;
  settings: GenerationSettings;
  /** An answer that is gone on with, and what it took so far. */
  begun?: Begun & { usage: AnswerUsage | null };
}

/**
 * Begins to write the answer to a question, detached from the request that asked for it. Followers may join at
 * once. `committed`: when its rows are in the database; the model is asked meanwhile, and not heard any longer when
 * they never get there.
 */
export function startGeneration(
  actor: Actor,
  task: Task,
  committed: Promise<void> = Promise.resolve(),
): void {
  const { target } = task;
  const recording = new Recording(target, { kept: task.begun?.kept, committed });
  const abort = new AbortController();
  committed.catch(() => abort.abort(UNWRITTEN));
  const done = run(actor, recording, task, abort, committed).catch((error: unknown) => {
    log.error({ cause: error, generation: target.generationId }, "generation lost");
    // Its heart stops with this; the reaper will say the same of it in the database.
    if (!recording.ended) recording.end("interrupted", null, null);
  });
  enter(target.generationId, { ownerId: actor.id, recording, abort, done });
}

async function run(
  actor: Actor,
  recording: Recording,
  task: Task,
  abort: AbortController,
  committed: Promise<void>,
): Promise<void> {
  const { target, settings, begun } = task;
  const unlisten = streamBus().onStop(target.generationId, () => abort.abort(STOPPED));
  const { model } = settings;
  const asked: Asked = { model, instructions: instructionsWith(settings.instructions), turns: [] };
  const outcome = await record(actor, recording, task, asked, abort.signal).finally(unlisten);
  await committed;
  const { status, failure } = outcome;
  const written = recording.text.slice(begun?.kept.length ?? 0);
  const usage = usageOf(outcome, asked, written);
  const row = usageRowOf(actor, target, status, usage);
  await insist(() => saveEnding(recording, status, failure, row));
  recording.end(status, failure, inAll(task, usage));
  if (status === "complete") await answered(actor, target.threadId);
  const better = await refined(usage, asked, written);
  if (better) await correct(actor, task, row.id, better);
  await tellTabs(actor, target.threadId);
  if (status === "complete") await titleThread(actor, target.threadId, asked.turns, recording.text);
}

/** Asks the model and records what it says, to whatever end; never throws. Puts what it was asked into `asked`. */
async function record(
  actor: Actor,
  recording: Recording,
  { question, settings, begun }: Task,
  asked: Asked,
  signal: AbortSignal,
): Promise<Outcome> {
  const outcome: Outcome = {
    status: "complete",
    failure: null,
    tokens: null,
    startedAt: performance.now(),
    firstTokenAt: null,
  };
  const seam = begun && new Seam(begun.kept);
  const append = (text: string) => text !== "" && recording.append(text);
  try {
    const turns = await historyTo(recording.target.threadId, question);
    asked.turns.push(...(begun ? withGoOn(turns, begun.kept) : turns));
    if (isTooLong(asked.turns)) throw new UpstreamFailure({ code: "request-too-large" });
    const { model, temperature, topP, longestAnswer: maxTokens } = settings;
    const messages = await modelMessages(actor, asked.turns);
    const request = {
      personId: actor.id,
      kind: "chat" as const,
      model,
      instructions: asked.instructions,
      messages,
      temperature,
      topP,
      maxTokens,
      signal,
    };
    await streamAnswer(request, (event) => {
      if (event.type === "waiting") recording.waiting(event.seconds, event.place);
      else if (event.type === "text") {
        outcome.firstTokenAt ??= performance.now();
        append(seam ? seam.push(event.text) : event.text);
      } else {
        outcome.tokens = event.usage;
        if (event.cut) outcome.failure = { code: "length-reached", limit: maxTokens };
      }
    });
  } catch (error) {
    Object.assign(outcome, endingOf(error, signal, recording.target));
  }
  if (begun && seam) append(seam.end());
  // Nothing came, so the word that was to be written anew is put back.
  if (begun && recording.text === begun.kept) append(begun.dropped);
  return outcome;
}

function endingOf(error: unknown, signal: AbortSignal, target: Target): Pick<Outcome, "status" | "failure"> {
  if (signal.aborted) return { status: signal.reason === STOPPED ? "stopped" : "interrupted", failure: null };
  const failure: Failure = error instanceof UpstreamFailure ? error.failure : { code: "internal" };
  log.warn({ generation: target.generationId, code: failure.code, cause: error }, "answer failed");
  return { status: "failed", failure };
}

/** An answer that is written must not be lost because the database is away. */
export async function insist(save: () => Promise<void>): Promise<void> {
  const until = Date.now() + KEPT_MS;
  for (let tries = 0; ; tries++) {
    try {
      return await save();
    } catch (error) {
      if (Date.now() > until) throw error;
      log.error({ cause: error }, "an ending could not be saved; trying again");
      await pause(SAVE_AGAIN_MS[tries] ?? SAVE_AGAIN_MS.at(-1));
    }
  }
}

/** Puts the careful estimate in the place of the rough one. */
async function correct(actor: Actor, task: Task, usageId: string, usage: AnswerUsage): Promise<void> {
  const { inputTokens, outputTokens } = usage;
  await database().usage.update({
    where: { id: usageId },
    data: { inputTokens, outputTokens },
    select: { id: true },
  });
  const { threadId, messageId } = task.target;
  publish(actor.id, { type: "answer-usage", threadId, messageId, usage: inAll(task, usage) });
}

/** What the answer took with what was written of it before. */
const inAll = ({ begun }: Task, usage: AnswerUsage): AnswerUsage =>
  sumOfUsage(begun?.usage ? [begun.usage, usage] : [usage]) ?? usage;

async function tellTabs(actor: Actor, threadId: string): Promise<void> {
  const [thread, today] = await Promise.all([
    threadSummary(actor, threadId).catch(() => null),
    todayUsage(actor),
  ]);
  if (thread) publish(actor.id, { type: "thread", thread });
  publish(actor.id, { type: "usage", today });
}
