import "server-only";
import { database } from "@/lib/platform/database";
import { saveProgress } from "@/lib/platform/database/running-answers";
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
  const sequences = recordings.map(({ sequence }) => sequence);
  const progress = recordings.map(({ target: { generationId, messageId }, dirty, parts, sequence }) => {
    return { generationId, messageId, parts: dirty ? parts : null, sequence };
  });
  const stopping = await database().$transaction(async (tx) => {
    await saveProgress(tx, progress, new Date());
    const id = { in: progress.map(({ generationId }) => generationId) };
    return tx.generation.findMany({ where: { id, stopRequestedAt: { not: null } }, select: { id: true } });
  });
  recordings.forEach((recording, i) => {
    recording.savedUpTo(sequences[i] ?? 0);
  });
  for (const generation of stopping) streamBus().requestStop(generation.id);
}
