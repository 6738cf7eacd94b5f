import * as z from "zod";
import { threadSettings } from "../threads/settings";

/** Longest time that an administrator may set for shares, in days. */
export const MOST_DAYS = 3_650;

const sharing = z.strictObject({
  /** False: nobody can share, and no share opens. */
  allowed: z.boolean(),
  /** Shares end at the latest so many days after they were made or updated; null: they may go on for ever. */
  longestDays: z.int().min(1).max(MOST_DAYS).nullable(),
  /** Shares open only for people with an account here. */
  signedInOnly: z.boolean(),
});
export type SharingRules = z.infer<typeof sharing>;

/** How everybody's threads are answered that set nothing of their own. The model is the environment's to say. */
export const everybodysSettings = threadSettings.omit({ model: true });

/** What an administrator can set for the whole installation, each with what holds until it is set. */
export const SETTINGS = {
  sharing: { schema: sharing, unset: { allowed: true, longestDays: 365, signedInOnly: false } },
  answers: { schema: everybodysSettings, unset: {} },
} as const;

export type SettingKey = keyof typeof SETTINGS;
export type SettingValue<Key extends SettingKey> = z.infer<(typeof SETTINGS)[Key]["schema"]>;
