import "server-only";
import { systemCollectBlobs } from "@/lib/blobs/commands";
import { systemCollectOrphanDocuments } from "@/lib/documents/commands";
import { onAnswered } from "@/lib/generations/afterwards";
import { systemEndTemporary } from "@/lib/generations/places";
import { systemReap } from "@/lib/generations/reaper";
import { systemFinishAll, systemInterruptAll } from "@/lib/generations/registry";
import { systemCollectOrphanImages } from "@/lib/images/commands";
import { systemSendNext } from "@/lib/messages/queue";
import { closeDatabase } from "@/lib/platform/database";
import { environment } from "@/lib/platform/environment";
import { log } from "@/lib/platform/log";
import { systemEmptyBin } from "@/lib/threads/commands";
import { systemFinishLeaving } from "@/lib/users/leaving";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** What the process does for itself, beside requests: at its start, from time to time, and at its end. */
export async function systemStart(): Promise<void> {
  onAnswered(systemSendNext);
  // SQLite has one process: whatever was running died with the last one. PostgreSQL may have others alive.
  await quietly("reap", () => systemReap({ everything: environment().databaseUrl === null }));
  every(MINUTE / 4, "reap", () => systemReap());
  every(MINUTE / 4, "leave", systemFinishLeaving);
  every(DAY / 24, "collect", async () => {
    await systemEmptyBin();
    await systemCollectOrphanImages(DAY);
    await systemCollectOrphanDocuments(DAY);
    await systemCollectBlobs(DAY);
  });
  Object.assign(globalThis, { leewardShutdown: shutDown });
}

/**
 * Called by scripts/serve.ts, which is another module graph of the same process. What is being written may go on for
 * so many milliseconds; then its text is kept as interrupted, for another server or the next start to continue.
 */
async function shutDown(patienceMs: number): Promise<void> {
  await Promise.all([
    systemFinishAll(patienceMs).then(systemInterruptAll),
    // Nothing could go on with these elsewhere.
    systemEndTemporary(patienceMs),
  ]);
  await closeDatabase();
}

function every(ms: number, what: string, work: () => Promise<unknown>): void {
  setInterval(() => void quietly(what, work), ms).unref();
}

async function quietly(what: string, work: () => Promise<unknown>): Promise<void> {
  await work().catch((error: unknown) => log.error({ cause: error }, `${what} failed`));
}
