import * as z from "zod";
import { LONGEST_INSTRUCTIONS, MOST_ANSWER_TOKENS } from "./limits";

/** The model's page documents 0.7. */
export const DEFAULT_TEMPERATURE = 0.7;
/** Tokens. */
export const DEFAULT_LONGEST_ANSWER = 1_000;

/**
 * What a thread, or a person for their new threads, sets of how answers are made. What is left out is as the
 * person, then the installation has it; empty instructions say that there are none. Whether `model` is one that
 * people may choose is checked against `offeredModels` by whoever stores it, and again before it is used.
 */
export const threadSettings = z.strictObject({
  instructions: z.string().max(LONGEST_INSTRUCTIONS).optional(),
  temperature: z.number().min(0).max(2).optional(),
  /** The share of likelihood that a next token is drawn from. */
  topP: z.number().gt(0).max(1).optional(),
  /** Tokens. */
  longestAnswer: z.int().min(1).max(MOST_ANSWER_TOKENS).optional(),
  model: z.string().min(1).max(200).optional(),
});
export type ThreadSettings = z.infer<typeof threadSettings>;

/** The settings in a column: what was never set, or is no longer legal, is as if left out. */
export function threadSettingsOf(column: unknown): ThreadSettings {
  const whole = threadSettings.safeParse(column ?? {});
  if (whole.success) return whole.data;
  const parts = Object.entries(column as object).map(([name, value]) =>
    threadSettings.safeParse({ [name]: value }),
  );
  return Object.assign({}, ...parts.map((part) => (part.success ? part.data : {})));
}
