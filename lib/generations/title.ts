import "server-only";
import { randomUUID } from "node:crypto";
import { streamAnswer } from "@/lib/ionos/answer";
import { estimateTokens } from "@/lib/ionos/estimate";
import type { TokenCount } from "@/lib/ionos/wire";
import { documentsOf, textOf } from "@/lib/messages/message";
import { database, type Prisma } from "@/lib/platform/database";
import { environment } from "@/lib/platform/environment";
import { log } from "@/lib/platform/log";
import { publish } from "@/lib/threads/live";
import { threadSummary } from "@/lib/threads/queries";
import { LONGEST_TITLE } from "@/lib/threads/thread";
import { todayUsage } from "@/lib/usage/queries";
import type { Actor } from "@/lib/users/actor";
import type { Turn } from "./prompt";

const INSTRUCTIONS =
  "Write a title of two to six words for the conversation, in its language. Answer with the title alone, no quotes.";
/** What is read of question and answer for it, in characters. */
const EXCERPT = 1_500;
const MAX_TOKENS = 32;
const PATIENCE_MS = 30_000;

/**
 * Has the model name a thread after its first answer, if nobody has named it. A title is a nicety: when it
 * fails, the beginning of the question stays in its place.
 */
export async function titleThread(
  actor: Actor,
  threadId: string,
  turns: Turn[],
  answer: string,
): Promise<void> {
  if (!(await isUntitled(actor, threadId))) return;
  const startedAt = performance.now();
  const prompt = excerpt(turns, answer);
  const call: TitleCall = { text: "", tokens: null, status: "complete" };
  try {
    await ask(actor, prompt, call);
  } catch (error) {
    call.status = "failed";
    log.warn({ cause: error, thread: threadId }, "no title");
  }
  const usage = await usageRowOf(actor, threadId, prompt, call, performance.now() - startedAt);
  const title = call.status === "complete" ? clean(call.text) : "";
  if (await save(actor, threadId, title, usage)) {
    const thread = await threadSummary(actor, threadId).catch(() => null);
    if (thread) publish(actor.id, { type: "thread", thread });
  }
  publish(actor.id, { type: "usage", today: await todayUsage(actor) });
}

interface TitleCall {
  text: string;
  tokens: TokenCount | null;
  status: "complete" | "failed";
}

const isUntitled = async (actor: Actor, id: string) =>
  (await database().thread.count({ where: { id, ownerId: actor.id, titledBy: "none" } })) > 0;

function excerpt(turns: Turn[], answer: string): string {
  const question = turns[0] ? textOf(turns[0]).trim() : "";
  const documents = turns[0] ? documentsOf(turns[0]).map(({ name }) => name) : [];
  const asked = [...documents, question].join("\n").trim();
  return `${asked.slice(0, EXCERPT) || "(a picture)"}\n\n${answer.slice(0, EXCERPT)}`;
}

async function ask(actor: Actor, prompt: string, call: TitleCall): Promise<void> {
  const request = {
    personId: actor.id,
    kind: "background" as const,
    model: environment().provider.model,
    instructions: INSTRUCTIONS,
    messages: [{ role: "user" as const, content: prompt }],
    temperature: 0.2,
    topP: null,
    maxTokens: MAX_TOKENS,
    signal: AbortSignal.timeout(PATIENCE_MS),
  };
  await streamAnswer(request, (event) => {
    if (event.type === "text") call.text += event.text;
    if (event.type === "finish") call.tokens = event.usage;
  });
}

/** Models add quotes, a full stop, "Title:" or Markdown all the same. */
function clean(text: string): string {
  const line = text.replaceAll("\0", "").trim().split("\n")[0] ?? "";
  const bare = line.replace(/^(title|titel)\s*:\s*/i, "").replace(/^[\s"'“„«*_#`]+|[\s"'”“»*_`.]+$/g, "");
  return Array.from(bare).slice(0, LONGEST_TITLE).join("");
}

/** Counts the call, and names the thread if there is a name for it; answers whether it has one now. */
async function save(
  actor: Actor,
  id: string,
  title: string,
  usage: Prisma.UsageUncheckedCreateInput,
): Promise<boolean> {
  return database().$transaction(async (tx) => {
    await tx.usage.create({ data: usage, select: { id: true } });
    if (title === "") return false;
    // The condition again: the person may have named it while the model thought.
    const where = { id, ownerId: actor.id, titledBy: "none" };
    const named = await tx.thread.updateMany({ where, data: { title, titledBy: "model" } });
    return named.count > 0;
  });
}

/** The row of lib/usage for it. */
async function usageRowOf(
  actor: Actor,
  threadId: string,
  prompt: string,
  { text, tokens, status }: TitleCall,
  durationMs: number,
): Promise<Prisma.UsageUncheckedCreateInput> {
  // Refused before any token: it cost nothing.
  const costless = status === "failed" && text === "";
  return {
    id: randomUUID(),
    ownerId: actor.id,
    threadId,
    kind: "title",
    model: environment().provider.model,
    inputTokens: tokens?.inputTokens ?? (costless ? 0 : await estimateTokens(`${INSTRUCTIONS}\n${prompt}`)),
    outputTokens: tokens?.outputTokens ?? (await estimateTokens(text)),
    imageTokens: 0,
    source: tokens ? "reported" : "estimated",
    durationMs: Math.round(durationMs),
    firstTokenMs: null,
    status,
  };
}
