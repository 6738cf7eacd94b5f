import "server-only";
import { database } from "@/lib/platform/database";
import { log } from "@/lib/platform/log";
import { streamBus } from "@/lib/platform/stream-bus";
import type { Recording } from "./recording";

/** How often what runs is saved, and its heart beats, in milliseconds. */
export const CHECKPOINT_MS = 1_000;

// All running answers are saved together: one transaction and one fsync a second, however many there are.
const running = new Set<Recording>();
let timer: NodeJS.Timeout | undefined;
let saving = false;

export function keepSaved(recording: Recording): void {
  running.add(recording);
  timer ??= setInterval(save, CHECKPOINT_MS);
}

export function leaveSaved(recording: Recording): void {
  running.delete(recording);
  if (running.size > 0) return;
  clearInterval(timer);
  timer = undefined;
}

async function save(): Promise<void> {
  // A slow database must not pile up saves; the next one holds all that this one would have.
  if (saving) return;
  saving = true;
  try {
    await saveAll([...running]);
  } catch (error) {
    log.error({ cause: error, running: running.size }, "running answers could not be saved; trying again");
  } finally {
    saving = false;
  }
}

async function saveAll(recordings: Recording[]): Promise<void> {
  const db = database();
  const dirty = recordings.filter((recording) => recording.dirty);
  for (const recording of dirty) recording.tell();
  const sequences = dirty.map((recording) => recording.sequence);
  const heartbeatAt = new Date();
  const id = { in: recordings.map((recording) => recording.target.generationId) };
  const [stopping] = await db.$transaction([
    db.generation.findMany({ where: { id, stopRequestedAt: { not: null } }, select: { id: true } }),
    db.generation.updateMany({ where: { id, status: "running" }, data: { heartbeatAt } }),
    // "running" in each condition: an ending that was saved meanwhile is never written over.
    ...dirty.flatMap(({ target, parts, sequence }) => [
      db.message.updateMany({
        where: { id: target.messageId, status: "running" },
        data: { parts: parts as object[] },
      }),
      db.generation.updateMany({ where: { id: target.generationId, status: "running" }, data: { sequence } }),
    ]),
  ]);
  dirty.forEach((recording, i) => {
    recording.savedUpTo(sequences[i] ?? 0);
  });
  for (const generation of stopping) streamBus().requestStop(generation.id);
}
