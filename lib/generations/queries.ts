import "server-only";
import { database } from "@/lib/platform/database";
import { notFound } from "@/lib/platform/problem";
import type { Actor } from "@/lib/users/actor";
import { generationsOf } from "./scope";
import { type GenerationSettings, settingsOf } from "./settings";

/** What made one of the actor's answers; `settings` null for one from before that was kept. Throws `not-found`. */
export async function madeWith(actor: Actor, id: string): Promise<{ settings: GenerationSettings | null }> {
  const generation = await database().generation.findFirst({
    where: { id, ...generationsOf(actor) },
    select: { settings: true },
  });
  if (!generation) throw notFound();
  return { settings: settingsOf(generation.settings) };
}
