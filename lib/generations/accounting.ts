import "server-only";
import { estimateTokens } from "@/lib/ionos/estimate";
import type { TokenCount } from "@/lib/ionos/wire";
import type { AnswerUsage, Failure } from "@/lib/messages/message";
import type { Actor } from "@/lib/users/actor";
import { documentTokensOf, imageTokensOf, type Turn, textOfTurns } from "./prompt";
import type { Ending, Target } from "./recording";

/** What a call was asked with. */
export interface Asked {
  model: string;
  /** As they were sent. */
  instructions: string;
  turns: Turn[];
}

/** What one call to the model was found to be, once over. Times by performance.now(). */
export interface Outcome {
  status: Ending;
  failure: Failure | null;
  /** Null when the provider sent no count. */
  tokens: TokenCount | null;
  startedAt: number;
  firstTokenAt: number | null;
}

/**
 * What the call took: the provider's own count, else a rough estimate (four characters a token) that says so; it
 * is there at once. A call that failed before any token is taken to have cost nothing.
 */
export function usageOf(outcome: Outcome, asked: Asked, answer: string): AnswerUsage {
  const costless = !outcome.tokens && outcome.status === "failed" && answer === "";
  const imageTokens = costless ? 0 : imageTokensOf(asked.turns);
  const { startedAt, firstTokenAt } = outcome;
  const rough = () => ({
    inputTokens: roughly(askedOf(asked)) + imageTokens + documentTokensOf(asked.turns),
    outputTokens: roughly(answer),
  });
  return {
    ...(outcome.tokens ?? (costless ? NOTHING : rough())),
    imageTokens,
    source: outcome.tokens ? "reported" : "estimated",
    durationMs: Math.round(performance.now() - startedAt),
    firstTokenMs: firstTokenAt === null ? null : Math.round(firstTokenAt - startedAt),
    model: asked.model,
  };
}

/** The row of lib/usage for an answer. */
export const usageRowOf = (actor: Actor, target: Target, status: Ending, usage: AnswerUsage) => ({
  ...usage,
  ...target,
  // One for each answer, whoever writes it and however often.
  id: target.generationId,
  ownerId: actor.id,
  kind: "chat",
  status,
});

/**
 * The same with the model's own vocabulary, which may have to be loaded first; null where there is nothing to
 * estimate.
 */
export async function refined(usage: AnswerUsage, asked: Asked, answer: string): Promise<AnswerUsage | null> {
  if (usage.source === "reported" || usage.inputTokens + usage.outputTokens === 0) return null;
  const [inputTokens, outputTokens] = await Promise.all([
    estimateTokens(askedOf(asked)),
    estimateTokens(answer),
  ]);
  return {
    ...usage,
    inputTokens: inputTokens + usage.imageTokens + documentTokensOf(asked.turns),
    outputTokens,
  };
}

const NOTHING: TokenCount = { inputTokens: 0, outputTokens: 0 };

const askedOf = ({ instructions, turns }: Asked) => `${instructions}\n${textOfTurns(turns)}`;
const roughly = (text: string) => Math.ceil(text.length / 4);
