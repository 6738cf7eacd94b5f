import "server-only";
import { offeredModels } from "@/lib/models/offered";
import type { Transaction } from "@/lib/platform/database";
import { environment } from "@/lib/platform/environment";
import { MOST_ANSWER_TOKENS } from "@/lib/threads/limits";
import { DEFAULT_LONGEST_ANSWER, DEFAULT_TEMPERATURE, threadSettingsOf } from "@/lib/threads/settings";
import type { Actor } from "@/lib/users/actor";
import { type GenerationSettings, mergeSettings } from "./settings";

/** What a thread that sets nothing is answered with, by a person who sets nothing. */
export const installationSettings = (): GenerationSettings => ({
  model: environment().provider.model,
  instructions: "",
  temperature: DEFAULT_TEMPERATURE,
  topP: null,
  longestAnswer: Math.min(
    MOST_ANSWER_TOKENS,
    Number(process.env.LEEWARD_LONGEST_ANSWER) || DEFAULT_LONGEST_ANSWER,
  ),
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
  const [person, thread] = [threadSettingsOf(owner.settings), threadSettingsOf(settings)];
  return mergeSettings(installationSettings(), person, thread, offeredModels());
}
