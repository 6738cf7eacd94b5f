import { type QueuedMessage, reordered } from "@/lib/messages/queued";
import type { ChangeQueuedInput } from "@/lib/messages/schema";
import { request } from "../api";
import { draftFrom, inputFrom, partsFrom } from "./drafts";
import { change, queueOf, storeOf } from "./enqueue";
import { send } from "./sending";

// What is done with questions that wait already: nothing of it is loaded before one does.

/** Changes the text of a waiting question. Throws RequestFailed. */
export async function changeQueued(threadId: string, queued: QueuedMessage, text: string): Promise<void> {
  const draft = { ...draftFrom(queued), text };
  const body: ChangeQueuedInput = inputFrom(draft);
  const changed = { ...queued, parts: partsFrom(draft) };
  const queue = queueOf(threadId).map((other) => (other.id === queued.id ? changed : other));
  await change(threadId, queue, () => request("PUT", `/api/threads/${threadId}/queue/${queued.id}`, body));
}

/** Takes a waiting question back. Throws RequestFailed. */
export async function removeQueued(threadId: string, id: string): Promise<void> {
  const queue = queueOf(threadId).filter((queued) => queued.id !== id);
  await change(threadId, queue, () => request("DELETE", `/api/threads/${threadId}/queue/${id}`));
}

/** Puts the waiting questions into this order. Throws RequestFailed. */
export async function orderQueue(threadId: string, messageIds: string[]): Promise<void> {
  const queue = reordered(queueOf(threadId), messageIds);
  await change(threadId, queue, () => request("PUT", `/api/threads/${threadId}/queue`, { messageIds }));
}

/** Sends the first waiting question now. Throws RequestFailed. */
export async function sendQueued(threadId: string): Promise<void> {
  const store = storeOf(threadId);
  if (!store.temporary) return request("POST", `/api/threads/${threadId}/queue/next`);
  const [next, ...rest] = store.queue;
  store.setQueue(rest);
  if (next) send(threadId, draftFrom(next));
}
