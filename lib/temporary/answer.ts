import "server-only";
import { randomUUID } from "node:crypto";
import { type Asked, type Outcome, refined, usageOf } from "@/lib/generations/accounting";
import { Seam } from "@/lib/generations/continuing";
import { takePlace } from "@/lib/generations/places";
import { instructionsWith } from "@/lib/generations/prompt";
import { SHUT_DOWN } from "@/lib/generations/registry";
import { insist } from "@/lib/generations/run";
import type { GenerationEvent } from "@/lib/generations/schema";
import { type GenerationSettings, mergeSettings } from "@/lib/generations/settings";
import { streamAnswer } from "@/lib/ionos/answer";
import { UpstreamFailure } from "@/lib/ionos/failure";
import type { AnswerUsage } from "@/lib/messages/message";
import { checkImageCount } from "@/lib/models/images";
import { offeredModels } from "@/lib/models/offered";
import { database } from "@/lib/platform/database";
import { log } from "@/lib/platform/log";
import { publish } from "@/lib/threads/live";
import { personSettings, storable } from "@/lib/threads/set";
import { todayUsage } from "@/lib/usage/queries";
import type { Actor } from "@/lib/users/actor";
import { type Conversation, conversationOf } from "./conversation";
import type { TemporaryInput } from "./schema";

/** Events without the numbers by which kept answers are resumed: this one cannot be. */
type Give = (event: GenerationEvent) => void;

/**
 * Checks a temporary conversation and returns what answers it. Nothing of it is kept but the count of its tokens,
 * which belongs to the person alone. Throws `bad-request`, `too-many-images`, `image-refused`, `too-many-running`.
 */
export async function temporaryAnswer(
  actor: Actor,
  input: TemporaryInput,
  files: Uint8Array[],
): Promise<(give: Give, signal: AbortSignal) => Promise<void>> {
  const { person, installation } = await personSettings(actor);
  const settings = mergeSettings(installation, person, storable(input.settings), offeredModels());
  for (const { images } of input.messages) checkImageCount(images.length, settings.model);
  const conversation = await conversationOf(input, files);
  const place = await takePlace(actor);
  return (give, signal) =>
    run(actor, conversation, settings, give, AbortSignal.any([signal, place.signal])).finally(place.leave);
}

async function run(
  actor: Actor,
  { turns, messages, begun }: Conversation,
  settings: GenerationSettings,
  give: Give,
  signal: AbortSignal,
): Promise<void> {
  const { model, temperature, topP, longestAnswer: maxTokens } = settings;
  const asked: Asked = { model, instructions: instructionsWith(settings.instructions), turns };
  const outcome: Outcome = {
    status: "complete",
    failure: null,
    tokens: null,
    startedAt: performance.now(),
    firstTokenAt: null,
  };
  let sequence = 0;
  let text = "";
  const seam = begun && new Seam(begun.kept);
  const append = (delta: string) => {
    if (delta === "") return;
    text += delta;
    give({ type: "text", sequence: ++sequence, delta });
  };
  if (begun) give({ type: "snapshot", sequence, parts: [{ type: "text", text: begun.kept }] });
  const request = { personId: actor.id, kind: "chat" as const, model, messages, temperature, topP };
  try {
    await streamAnswer({ ...request, instructions: asked.instructions, maxTokens, signal }, (event) => {
      if (event.type === "waiting") give({ ...event, sequence: ++sequence });
      else if (event.type === "text") {
        outcome.firstTokenAt ??= performance.now();
        const delta = event.text.replaceAll("\0", "");
        append(seam ? seam.push(delta) : delta);
      } else {
        outcome.tokens = event.usage;
        if (event.cut) outcome.failure = { code: "length-reached", limit: maxTokens };
      }
    });
  } catch (error) {
    outcome.status = signal.reason === SHUT_DOWN ? "interrupted" : "stopped";
    if (!signal.aborted) {
      outcome.status = "failed";
      outcome.failure = error instanceof UpstreamFailure ? error.failure : { code: "internal" };
      log.warn({ code: outcome.failure.code }, "a temporary answer failed");
    }
  }
  if (seam) append(seam.end());
  const rough = usageOf(outcome, asked, text);
  const usage = (await refined(rough, asked, text)) ?? rough;
  give({ type: "end", sequence: ++sequence, status: outcome.status, failure: outcome.failure, usage });
  // The answer is whole, whatever becomes of its count.
  const id = randomUUID();
  await insist(() => count(actor, id, outcome.status, usage));
  publish(actor.id, { type: "usage", today: await todayUsage(actor) });
}

/** Only numbers: no thread, no message, no generation. */
async function count(actor: Actor, id: string, status: Outcome["status"], usage: AnswerUsage): Promise<void> {
  const row = { ...usage, id, ownerId: actor.id, kind: "chat", status };
  try {
    // May be repeated when it is not known whether it was done.
    await database().usage.upsert({ where: { id }, create: row, update: {}, select: { id: true } });
  } catch (error) {
    // Of an account that was deleted meanwhile nothing is counted any more.
    if ((await database().user.count({ where: { id: actor.id } })) > 0) throw error;
  }
}
