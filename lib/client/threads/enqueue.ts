import type { Queue, QueuedMessage } from "@/lib/messages/queued";
import type { QueueInput } from "@/lib/messages/schema";
import { problemOf, request } from "../api";
import { dropBrought } from "../drafts/brought";
import { newId } from "../ids";
import { browserStores } from "../stores";
import { inputFrom, partsFrom } from "./drafts";
import { attachedTo, broughtAfter } from "./sending";
import type { Draft } from "./types";

/** Before a question that may not have got through is put into the queue once more. Milliseconds. */
const AGAIN_MS = 1_000;

/**
 * Lets a question wait until the answer that is being written is over; the server sends it then. Shown at once. What
 * the server has given up meanwhile of its pictures and documents it gets once more. Throws RequestFailed, and does not
 * show it any more then.
 */
export async function enqueue(threadId: string, draft: Draft): Promise<void> {
  const store = storeOf(threadId);
  const id = newId();
  // Until the server has it, a page that is left must not lose it.
  if (!store.temporary) store.setQueueing(id, draft);
  try {
    await putInQueue(threadId, id, draft);
  } catch (error) {
    const again = await broughtAfter(error, draft);
    if (!again) throw error;
    await putInQueue(threadId, id, again);
  } finally {
    store.setQueueing(id, null);
  }
}

async function putInQueue(threadId: string, id: string, draft: Draft): Promise<void> {
  const [answerId, generationId] = [newId(), newId()];
  const body: QueueInput = { messageId: id, answerId, generationId, ...inputFrom(draft) };
  const queued = { id, answerId, generationId, parts: partsFrom(draft) };
  const ask = () => request<Queue>("POST", `/api/threads/${threadId}/queue`, body);
  // Perhaps only its answer was lost on the way: the same ids again, so it cannot become two.
  const insist = (error: unknown) => {
    if (problemOf(error).code !== "offline") throw error;
    return new Promise((resolve) => setTimeout(resolve, AGAIN_MS)).then(ask);
  };
  await change(threadId, [...queueOf(threadId), queued], () => ask().catch(insist));
  dropBrought(...attachedTo(body));
}

export const storeOf = (threadId: string) => browserStores().threads.of(threadId);
export const queueOf = (threadId: string) => storeOf(threadId).queue;

/** Shows the queue as it will be; when the server refuses, as it was. */
export async function change(
  threadId: string,
  queue: readonly QueuedMessage[],
  ask: () => Promise<Queue>,
): Promise<void> {
  const store = storeOf(threadId);
  const before = store.queue;
  store.setQueue(queue);
  if (store.temporary) return;
  try {
    await ask();
  } catch (error) {
    if (store.queue === queue) store.setQueue(before);
    throw error;
  }
}
