"use client";

import { useCallback, useSyncExternalStore } from "react";
import { useStores } from "../stores";
import type { ClientMessage, ThreadView } from "./types";

export { answerQuestion, deleteMessage, forkThread, walk } from "./branches";
export { draftFrom } from "./drafts";
export { bringEarlier } from "./earlier";
export { enqueue } from "./enqueue";
export { goOn, resend, retry, send, stop, takeBack } from "./sending";
export type { ClientMessage, Draft, DraftImage, ThreadView } from "./types";

/** The open branch of a thread; changes when messages come, go or end, not while one streams. */
export function useThreadView(threadId: string): ThreadView {
  const store = useStores().threads.of(threadId);
  const view = () => store.view;
  return useSyncExternalStore(store.onView, view, view);
}

/** One message, anew with each frame of its streaming. */
export function useMessage(threadId: string, messageId: string): ClientMessage | undefined {
  const store = useStores().threads.of(threadId);
  const subscribe = useCallback(
    (listener: () => void) => store.onMessage(messageId, listener),
    [store, messageId],
  );
  const message = () => store.message(messageId);
  return useSyncExternalStore(subscribe, message, message);
}
