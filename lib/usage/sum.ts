import type { AnswerUsage } from "../messages/message";

/** What an answer took that was written in several calls, in their order; null of none. */
export const sumOfUsage = (usages: readonly AnswerUsage[]): AnswerUsage | null =>
  usages.length === 0 ? null : usages.reduce(add);

const add = (a: AnswerUsage, b: AnswerUsage): AnswerUsage => ({
  inputTokens: a.inputTokens + b.inputTokens,
  outputTokens: a.outputTokens + b.outputTokens,
  imageTokens: a.imageTokens + b.imageTokens,
  source: a.source === "reported" && b.source === "reported" ? "reported" : "estimated",
  durationMs: a.durationMs + b.durationMs,
  firstTokenMs: a.firstTokenMs ?? b.firstTokenMs,
  model: b.model,
});
