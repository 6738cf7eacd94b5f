import "server-only";
import { database } from "@/lib/platform/database";
import { notFound } from "@/lib/platform/problem";
import { streamBus } from "@/lib/platform/stream-bus";
import type { Actor } from "@/lib/users/actor";
import { generationsOf } from "./scope";

/** Stops an answer: the upstream's connection is closed, the text so far is kept. Throws `not-found`. */
export async function stopGeneration(actor: Actor, id: string): Promise<void> {
  const mine = { id, ...generationsOf(actor) };
  const stopping = { where: { ...mine, status: "running" }, data: { stopRequestedAt: new Date() } };
  const { count } = await database().generation.updateMany(stopping);
  if (count === 0 && (await database().generation.count({ where: mine })) === 0) throw notFound();
  // Heard at once; whoever does not hear it reads it at the next heartbeat.
  streamBus().requestStop(id);
}
