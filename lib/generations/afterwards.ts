import "server-only";
import { log } from "@/lib/platform/log";
import type { Actor } from "@/lib/users/actor";

type Next = (actor: Actor, threadId: string) => Promise<void>;

// What comes after an answer is the business of messages, which know generations: so it is told at start, and on
// globalThis, because bundles of routes and of the start-up hook may each hold a copy of this module.
const shared = globalThis as { leewardAfterwards?: Next };

/** `next` is called whenever an answer has ended well. */
export function onAnswered(next: Next): void {
  shared.leewardAfterwards = next;
}

/** Never throws: the answer is written, whatever comes of what follows it. */
export async function answered(actor: Actor, threadId: string): Promise<void> {
  await shared.leewardAfterwards?.(actor, threadId).catch((error: unknown) => {
    log.error({ cause: error, thread: threadId }, "what waits for an answer could not go on");
  });
}
