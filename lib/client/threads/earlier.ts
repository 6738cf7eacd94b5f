import type { Message } from "@/lib/messages/message";
import { MOST_READ } from "@/lib/messages/message";
import { request } from "../api";
import { browserStores } from "../stores";

const asked = new Map<string, Promise<void>>();

/**
 * Brings the messages of the open branch that stand before what is here, a few dozen of them; once, however often it
 * is asked at the same time. Throws RequestFailed.
 */
export function bringEarlier(threadId: string): Promise<void> {
  const running = asked.get(threadId);
  if (running) return running;
  const started = bring(threadId).finally(() => asked.delete(threadId));
  asked.set(threadId, started);
  return started;
}

async function bring(threadId: string): Promise<void> {
  const store = browserStores().threads.of(threadId);
  const ids = store.lacking(MOST_READ);
  if (ids.length === 0) return;
  store.bring(await request<Message[]>("GET", `/api/threads/${threadId}/messages?ids=${ids}`));
}
