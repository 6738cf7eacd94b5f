import type { Accepted } from "@/lib/messages/message";
import type { ContinueInput, RetryInput, SendMessageInput } from "@/lib/messages/schema";
import { problemOf, RequestFailed, request } from "../api";
import { dropBrought } from "../drafts/brought";
import { newId } from "../ids";
import { live } from "../live";
import { browserStores } from "../stores";
import { draftFrom, inputFrom, partsFrom } from "./drafts";
import type { ThreadStore } from "./store";
import { answerTemporarily, stopTemporary } from "./temporary";
import type { ClientMessage, Draft } from "./types";

/** What was asked of the server, kept until it has answered, so that trying again is the same request. */
const pending = new Map<string, Pending>();

interface Pending {
  path: string;
  body: SendMessageInput;
}

/**
 * Shows the turn at once and sends it. Starts the thread when it is new. `parentId`: the message that it follows, for
 * another version of a question; otherwise the end of the open branch.
 */
export function send(threadId: string, draft: Draft, parentId?: string | null): void {
  const { threads } = browserStores();
  const store = threads.of(threadId);
  if (store.temporary) {
    sendTemporarily(store, draft, parentId);
    return;
  }
  const body: SendMessageInput = {
    messageId: newId(),
    parentId: parentId === undefined ? (store.view.path.at(-1) ?? null) : parentId,
    answerId: newId(),
    generationId: newId(),
    ...inputFrom(draft),
    ...(store.exists ? {} : { settings: store.settings }),
  };
  pending.set(body.messageId, { path: `/api/threads/${threadId}/messages`, body });
  // The request goes out first: what follows draws, and takes longer than the way to the network.
  void deliver(store, body.messageId);
  store.add(questionOf(body, draft), answerOf(body));
  const address = `/t/${threadId}`;
  if (location.pathname !== address) history.pushState(null, "", address);
}

/** Sends a message once more that did not get through; the same ids, so it cannot become two. */
export function resend(threadId: string, messageId: string): void {
  const store = browserStores().threads.of(threadId);
  const waiting = pending.get(messageId);
  if (!waiting) return;
  store.change(messageId, { delivery: "sending", problem: undefined });
  store.add(answerOf(waiting.body));
  void deliver(store, messageId);
}

/** Gives an unsent message back to the composer; null when there is none. */
export function takeBack(threadId: string, messageId: string): Draft | null {
  const store = browserStores().threads.of(threadId);
  const message = store.message(messageId);
  if (message?.delivery !== "unsent") return null;
  pending.delete(messageId);
  store.remove(messageId);
  return draftFrom(message);
}

/** Answers a question again, as a sibling of its answers. `shownId`: shown again, with the reason, when refused. */
export function retry(threadId: string, questionId: string, shownId: string): void {
  const store = browserStores().threads.of(threadId);
  if (store.temporary) {
    answerHere(store, questionId);
    return;
  }
  const body: RetryInput = { parentId: questionId, answerId: newId(), generationId: newId() };
  store.add(answerOf(body));
  void deliverRetry(store, shownId, body);
}

/** Has the model go on with an answer that broke off, in the same message. */
export function goOn(threadId: string, messageId: string): void {
  const store = browserStores().threads.of(threadId);
  const before = store.message(messageId);
  if (!before) return;
  if (store.temporary) {
    store.goOn(messageId, null);
    void answerTemporarily(store, messageId, before).then((well) => well && sendWaiting(store));
    return;
  }
  const body: ContinueInput = { messageId, generationId: newId() };
  store.goOn(messageId, body.generationId);
  void deliverGoOn(store, before, body);
}

/** Asks the server to stop the answer; its end arrives as an event. Throws RequestFailed. */
export async function stop(threadId: string): Promise<void> {
  const store = browserStores().threads.of(threadId);
  const running = store.view.runningId;
  if (running && store.temporary) return stopTemporary(running);
  const generationId = running && store.message(running)?.generationId;
  if (generationId) await request("DELETE", `/api/generations/${generationId}`);
}

function sendTemporarily(store: ThreadStore, draft: Draft, parentId?: string | null): void {
  const body = {
    messageId: newId(),
    parentId: parentId === undefined ? (store.view.path.at(-1) ?? null) : parentId,
    answerId: newId(),
    generationId: newId(),
    ...inputFrom(draft),
  };
  store.add({ ...questionOf(body, draft), delivery: undefined });
  answerHere(store, body.messageId);
}

/** A new answer to a question of a temporary conversation, and after it what waits. */
function answerHere(store: ThreadStore, parentId: string): void {
  store.change(parentId, { problem: undefined });
  const answer = answerOf({ parentId, answerId: newId(), generationId: newId() });
  store.add({ ...answer, generationId: null });
  void answerTemporarily(store, answer.id).then((well) => well && sendWaiting(store));
}

/** The first of what waits in a temporary conversation. */
function sendWaiting(store: ThreadStore): void {
  const [next, ...rest] = store.queue;
  if (!next) return;
  store.setQueue(rest);
  sendTemporarily(store, draftFrom(next));
}

async function deliver(store: ThreadStore, messageId: string): Promise<void> {
  const waiting = pending.get(messageId);
  if (!waiting) return;
  try {
    accept(store, await askBringing(store, waiting));
    pending.delete(messageId);
    dropBrought(...attachedTo(waiting.body));
  } catch (error) {
    live.leave(waiting.body.generationId);
    store.remove(waiting.body.answerId);
    store.change(messageId, { delivery: "unsent", problem: problemOf(error) });
  }
}

/** Asks; what the server has given up meanwhile of pictures and documents it gets once more, and is asked again. */
async function askBringing(store: ThreadStore, waiting: Pending): Promise<Accepted> {
  try {
    return await ask(store, waiting);
  } catch (error) {
    live.leave(waiting.body.generationId);
    const message = store.message(waiting.body.messageId);
    const draft = message && (await broughtAfter(error, draftFrom(message)));
    if (!draft) throw error;
    // It was not accepted, so that it may be another request under the same ids.
    waiting.body = { ...waiting.body, ...inputFrom(draft) };
    store.change(message.id, { parts: partsFrom(draft) });
    return ask(store, waiting);
  }
}

function ask(store: ThreadStore, { path, body }: Pending): Promise<Accepted> {
  const accepted = request<Accepted>("POST", path, body);
  follow(store, body);
  return accepted;
}

/**
 * The draft as it can be sent after this refusal, with new ids of what the server had given up; null when it was
 * refused for another reason. Throws RequestFailed.
 */
export async function broughtAfter(error: unknown, draft: Draft): Promise<Draft | null> {
  const gone = error instanceof RequestFailed && error.problem.code === "not-found";
  if (!gone || draft.images.length + draft.documents.length === 0) return null;
  const { bringAgain } = await import("../drafts/bring-again");
  return bringAgain(draft);
}

/** Ids of the pictures and documents of a question. */
export const attachedTo = ({ imageIds, documents }: Pick<SendMessageInput, "imageIds" | "documents">) => [
  ...imageIds,
  ...documents.map(({ documentId }) => documentId),
];

async function deliverRetry(store: ThreadStore, previousId: string, body: RetryInput): Promise<void> {
  try {
    const accepted = request<Accepted>("POST", `/api/threads/${store.id}/generations`, body);
    follow(store, body);
    accept(store, await accepted);
  } catch (error) {
    live.leave(body.generationId);
    store.remove(body.answerId);
    store.open(store.leafOf(previousId));
    store.change(previousId, { problem: problemOf(error) });
  }
}

async function deliverGoOn(store: ThreadStore, before: ClientMessage, body: ContinueInput): Promise<void> {
  const { messageId, generationId } = body;
  try {
    const accepted = request<Accepted>("POST", `/api/threads/${store.id}/generations`, body);
    live.watch({ threadId: store.id, messageId, generationId, awaited: true });
    accept(store, await accepted);
  } catch (error) {
    live.leave(generationId);
    store.change(messageId, { ...before, problem: problemOf(error) });
  }
}

/** Opens the answer's events beside its question, not after it: a round trip less to the first word. */
function follow(
  store: ThreadStore,
  { answerId: messageId, generationId }: SendMessageInput | RetryInput,
): void {
  live.watch({ threadId: store.id, messageId, generationId, awaited: true });
}

function accept(store: ThreadStore, { thread, message, answer }: Accepted): void {
  store.confirm(message, answer);
  const { list } = browserStores();
  // A quick answer's end, and its title, may have come as events before this.
  if ((list.get(thread.id)?.lastActivityAt ?? "") >= thread.lastActivityAt) return;
  store.setTitle(thread.title);
  list.put(thread);
}

/** Behind all that the server has, in the order in which they were written here. */
let written = 0;
const nextOrdinal = () => Number.MAX_SAFE_INTEGER - 1_000_000 + written++;

const questionOf = (body: SendMessageInput, draft: Draft): ClientMessage => ({
  id: body.messageId,
  parentId: body.parentId,
  role: "user",
  parts: partsFrom(draft),
  status: "complete",
  failure: null,
  ordinal: nextOrdinal(),
  createdAt: new Date().toISOString(),
  generationId: null,
  usage: null,
  delivery: "sending",
});

const answerOf = (body: SendMessageInput | RetryInput): ClientMessage => ({
  id: body.answerId,
  parentId: "messageId" in body ? body.messageId : body.parentId,
  role: "assistant",
  parts: [],
  status: "running",
  failure: null,
  ordinal: nextOrdinal(),
  createdAt: new Date().toISOString(),
  generationId: body.generationId,
  usage: null,
  delivery: "sending",
});
