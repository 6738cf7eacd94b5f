import "server-only";
import { offeredModels } from "@/lib/models/offered";
import type { Transaction } from "@/lib/platform/database";
import { environment } from "@/lib/platform/environment";
import { recentSetting } from "@/lib/settings/queries";
import { MOST_ANSWER_TOKENS } from "@/lib/threads/limits";
import {
  DEFAULT_LONGEST_ANSWER,
  DEFAULT_TEMPERATURE,
  type ThreadSettings,
  threadSettingsOf,
} from "@/lib/threads/settings";
import type { Actor } from "@/lib/users/actor";
import { type GenerationSettings, mergeSettings } from "./settings";

/** What everybody's threads are answered with where an administrator has set nothing. */
export const unsetSettings = (): GenerationSettings => ({
  model: environment().provider.model,
  instructions: "",
  temperature: DEFAULT_TEMPERATURE,
  topP: null,
  longestAnswer: longestAnswer(Number(process.env.LEEWARD_LONGEST_ANSWER)),
});

/** What makes no sense is as if unset. */
const longestAnswer = (tokens: number): number =>
  tokens >= 1 ? Math.min(MOST_ANSWER_TOKENS, Math.floor(tokens)) : DEFAULT_LONGEST_ANSWER;

/** What a thread that sets nothing is answered with, by a person who sets nothing. */
export const installationSettings = async (tx?: Transaction): Promise<GenerationSettings> => ({
  ...unsetSettings(),
  ...(await recentSetting("answers", tx)),
});

/** What the next answer in this thread of the actor's is made with. The thread is there. */
export async function decideSettings(
  tx: Transaction,
  actor: Actor,
  threadId: string,
): Promise<GenerationSettings> {
  const { settings, owner } = await tx.thread.findUniqueOrThrow({
    where: { id: threadId, ownerId: actor.id },
    select: { settings: true, owner: { select: { settings: true } } },
  });
  return merged(tx, owner.settings, threadSettingsOf(settings));
}

/** The same where the thread's own settings are known. */
export async function settingsFor(
  tx: Transaction,
  actor: Actor,
  thread: ThreadSettings,
): Promise<GenerationSettings> {
  const { settings } = await tx.user.findUniqueOrThrow({
    where: { id: actor.id },
    select: { settings: true },
  });
  return merged(tx, settings, thread);
}

const merged = async (
  tx: Transaction,
  person: unknown,
  thread: ThreadSettings,
): Promise<GenerationSettings> =>
  mergeSettings(await installationSettings(tx), threadSettingsOf(person), thread, offeredModels());
