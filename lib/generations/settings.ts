import type { ThreadSettings } from "../threads/settings";

/** What makes an answer, every value decided; kept with the generation as what made it. */
export interface GenerationSettings {
  model: string;
  /** The person's own, said after the installation's; empty: none. */
  instructions: string;
  /** 0 to 2. */
  temperature: number;
  /** Over 0, to 1; null: the provider's own. */
  topP: number | null;
  /** Tokens; always sent, because the hub's own default is 16. */
  longestAnswer: number;
}

/** The thread's setting, else the person's, else the installation's; a model that is not offered is passed over. */
export function mergeSettings(
  installation: GenerationSettings,
  person: ThreadSettings,
  thread: ThreadSettings,
  offered: readonly string[],
): GenerationSettings {
  const merged = { ...installation };
  for (const { model, ...rest } of [person, thread]) {
    Object.assign(merged, rest);
    if (model !== undefined && offered.includes(model)) merged.model = model;
  }
  return merged;
}

/** What made an answer, from its row; null for one from before that was kept. Only our own commands write it. */
export const settingsOf = (column: unknown): GenerationSettings | null =>
  column === null ? null : (column as GenerationSettings);
