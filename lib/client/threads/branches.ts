import { type Message, MOST_READ } from "@/lib/messages/message";
import type { Following } from "@/lib/messages/tree";
import type { ThreadSummary } from "@/lib/threads/thread";
import { request } from "../api";
import { newId } from "../ids";
import { browserStores } from "../stores";
import { retry } from "./sending";

/**
 * Opens the branch of this message at its newest end, here at once, then everywhere. `onOpen` is called when it is
 * open here. Throws RequestFailed.
 */
export async function walk(threadId: string, messageId: string, onOpen: () => void): Promise<void> {
  const store = browserStores().threads.of(threadId);
  const before = store.view.path.at(-1) ?? null;
  const leaf = store.leafOf(messageId);
  const lacking = store.lacking(MOST_READ, leaf);
  // Far ahead of the rest that comes in idle time: this is what the person wants to see now.
  if (lacking.includes(leaf)) {
    store.bring(await request<Message[]>("GET", `/api/threads/${threadId}/messages?ids=${lacking}`));
  }
  store.open(leaf);
  onOpen();
  // What the server does not have, it cannot remember.
  if (store.temporary || store.message(messageId)?.delivery) return;
  try {
    await request("PUT", `/api/threads/${threadId}/head`, { messageId });
  } catch (error) {
    if (store.view.path.at(-1) === leaf) store.open(before);
    throw error;
  }
}

/** Deletes a message; every tab of the person, this one too, hears of it from the server. Throws RequestFailed. */
export async function deleteMessage(
  threadId: string,
  messageId: string,
  following: Following,
): Promise<void> {
  const store = browserStores().threads.of(threadId);
  if (store.temporary) store.prune(messageId, following);
  else await request("DELETE", `/api/threads/${threadId}/messages/${messageId}?following=${following}`);
}

/** Copies everything up to this message into a new thread; answers its id. Throws RequestFailed. */
export async function forkThread(threadId: string, messageId: string): Promise<string> {
  const body = { threadId: newId(), messageId };
  const thread = await request<ThreadSummary>("POST", `/api/threads/${threadId}/forks`, body);
  browserStores().list.put(thread);
  return thread.id;
}

/** Answers a question that has no answer, because that was deleted or the thread was forked there. */
export const answerQuestion = (threadId: string, questionId: string): void =>
  retry(threadId, questionId, questionId);
