import "server-only";
import { randomUUID } from "node:crypto";
import type { Locale } from "@/lib/i18n/locales";
import { streamAnswer } from "@/lib/ionos/answer";
import { estimateTokens } from "@/lib/ionos/estimate";
import type { TokenCount } from "@/lib/ionos/wire";
import { database } from "@/lib/platform/database";
import { environment } from "@/lib/platform/environment";
import { Problem } from "@/lib/platform/problem";
import { publish } from "@/lib/threads/live";
import { todayUsage } from "@/lib/usage/queries";
import type { Actor } from "@/lib/users/actor";
import { type ImageBytes, readImage } from "./queries";

const INSTRUCTIONS =
  "Describe the picture for somebody who cannot see it. First one sentence of at most twenty words, the " +
  "alternative text. Then, after an empty line, one paragraph that could stand for the picture in a conversation: " +
  "what there is, where, in which colours, and every word and number that can be read in it. Nothing that cannot " +
  "be seen, no headings, no lists.";
const ASKED: Record<Locale, string> = {
  en: "Please answer in English.",
  de: "Bitte antworten Sie auf Deutsch.",
};
const MAX_TOKENS = 700;
const PATIENCE_MS = 25_000;
/** Descriptions that one person may wait for at once. */
const MOST_AT_ONCE = 4;

const underway = new Map<string, number>();

/**
 * The model's words for one of the actor's pictures, in that language; counted in their usage. Throws
 * `not-found`, `storage-down`, `too-many-running`, `model-failed`.
 */
export async function describe(
  actor: Actor,
  image: { id: string; tokens: number },
  language: Locale,
): Promise<string> {
  const before = underway.get(actor.id) ?? 0;
  if (before >= MOST_AT_ONCE) throw new Problem("too-many-running", { limit: MOST_AT_ONCE });
  underway.set(actor.id, before + 1);
  try {
    return await ask(actor, image, language);
  } finally {
    const left = (underway.get(actor.id) ?? 1) - 1;
    if (left > 0) underway.set(actor.id, left);
    else underway.delete(actor.id);
  }
}

interface Call {
  text: string;
  tokens: TokenCount | null;
  status: "complete" | "failed";
}

async function ask(actor: Actor, image: { id: string; tokens: number }, language: Locale): Promise<string> {
  const picture = await readImage(actor, image.id);
  const startedAt = performance.now();
  const call: Call = { text: "", tokens: null, status: "complete" };
  try {
    await look(actor, picture, language, call);
    if (call.text.trim() === "") throw new Error("the model said nothing");
  } catch (error) {
    call.status = "failed";
    throw new Problem("model-failed", {}, error);
  } finally {
    await count(actor, image, `${INSTRUCTIONS}\n${ASKED[language]}`, call, performance.now() - startedAt);
    publish(actor.id, { type: "usage", today: await todayUsage(actor) });
  }
  return call.text;
}

function look(actor: Actor, { bytes, contentType }: ImageBytes, language: Locale, call: Call): Promise<void> {
  const request = {
    personId: actor.id,
    // Somebody waits for it.
    kind: "chat" as const,
    model: environment().provider.model,
    instructions: INSTRUCTIONS,
    messages: [
      {
        role: "user" as const,
        content: [
          { type: "file" as const, data: bytes, mediaType: contentType },
          { type: "text" as const, text: ASKED[language] },
        ],
      },
    ],
    temperature: 0.2,
    topP: null,
    maxTokens: MAX_TOKENS,
    signal: AbortSignal.timeout(PATIENCE_MS),
  };
  return streamAnswer(request, (event) => {
    if (event.type === "text") call.text += event.text;
    if (event.type === "finish") call.tokens = event.usage;
  });
}

async function count(
  actor: Actor,
  image: { tokens: number },
  prompt: string,
  { text, tokens, status }: Call,
  durationMs: number,
): Promise<void> {
  // Refused before any token: it cost nothing.
  const costless = status === "failed" && text === "" && !tokens;
  const imageTokens = costless ? 0 : image.tokens;
  const estimated = async () => (costless ? 0 : (await estimateTokens(prompt)) + imageTokens);
  await database().usage.create({
    data: {
      id: randomUUID(),
      ownerId: actor.id,
      kind: "description",
      model: environment().provider.model,
      inputTokens: tokens?.inputTokens ?? (await estimated()),
      outputTokens: tokens?.outputTokens ?? (await estimateTokens(text)),
      imageTokens,
      source: tokens ? "reported" : "estimated",
      durationMs: Math.round(durationMs),
      firstTokenMs: null,
      status,
    },
    select: { id: true },
  });
}
