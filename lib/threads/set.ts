import "server-only";
import { installationSettings, unsetSettings } from "@/lib/generations/decide";
import type { GenerationSettings } from "@/lib/generations/settings";
import { isOffered, offeredModels } from "@/lib/models/offered";
import { database } from "@/lib/platform/database";
import { notFound, Problem } from "@/lib/platform/problem";
import { changeSetting } from "@/lib/settings/commands";
import { setting } from "@/lib/settings/queries";
import type { Actor } from "@/lib/users/actor";
import { threadsOf } from "./scope";
import { type ThreadSettings, threadSettingsOf } from "./settings";

/** What decides how a thread is answered, and what can be chosen. */
export interface SettingsView {
  /** Null for a thread that does not exist yet. */
  thread: ThreadSettings | null;
  person: ThreadSettings;
  installation: GenerationSettings;
  models: string[];
  /** Of the installation's, what an administrator has set, and what holds for the rest; null for everybody else. */
  everybody: { own: ThreadSettings; unset: GenerationSettings } | null;
}

/** The person's own settings and the installation's. */
export async function personSettings(actor: Actor): Promise<SettingsView> {
  const { settings } = await database().user.findUniqueOrThrow({
    where: { id: actor.id },
    select: { settings: true },
  });
  return {
    thread: null,
    person: threadSettingsOf(settings),
    installation: await installationSettings(),
    models: offeredModels(),
    everybody:
      actor.role === "administrator" ? { own: await setting("answers"), unset: unsetSettings() } : null,
  };
}

/** The same with those of one thread. Throws `not-found`. */
export async function settingsOfThread(actor: Actor, id: string): Promise<SettingsView> {
  const thread = await database().thread.findFirst({
    where: { id, ...threadsOf(actor) },
    select: { settings: true },
  });
  if (!thread) throw notFound();
  return { ...(await personSettings(actor)), thread: threadSettingsOf(thread.settings) };
}

/** Sets how a thread is answered from now on; what is left out is as the person has it. Throws `not-found`. */
export async function setThreadSettings(
  actor: Actor,
  id: string,
  input: ThreadSettings,
): Promise<SettingsView> {
  const { count } = await database().thread.updateMany({
    where: { id, ...threadsOf(actor) },
    data: { settings: storable(input) },
  });
  if (count === 0) throw notFound();
  return settingsOfThread(actor, id);
}

/** Sets how the person's threads are answered that set nothing of their own. */
export async function setPersonSettings(actor: Actor, input: ThreadSettings): Promise<SettingsView> {
  await database().user.updateMany({ where: { id: actor.id }, data: { settings: storable(input) } });
  return personSettings(actor);
}

/**
 * Sets how everybody's threads are answered that set nothing of their own, nor have it set by their owner. Throws
 * `not-found` to everybody but administrators.
 */
export async function setEverybodysSettings(actor: Actor, input: ThreadSettings): Promise<SettingsView> {
  await changeSetting(actor, "answers", storable(input));
  return personSettings(actor);
}

/** As a column holds them. Throws `bad-request` for a model that is not offered. */
export function storable({ instructions, ...rest }: ThreadSettings): ThreadSettings {
  if (rest.model !== undefined && !isOffered(rest.model))
    throw new Problem("bad-request", { field: "model" });
  // PostgreSQL refuses NUL in text, and half a surrogate pair is no text at all.
  return instructions === undefined
    ? rest
    : { ...rest, instructions: instructions.replaceAll("\0", "").toWellFormed() };
}
