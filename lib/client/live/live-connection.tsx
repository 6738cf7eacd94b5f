"use client";

import { useEffect } from "react";
import { useStores } from "../stores";
import { useThreadView } from "../threads";
import { live } from ".";

/** Keeps the tab's one connection while it is mounted. `threadId`: the thread on the screen. */
export function LiveConnection({ threadId }: { threadId: string }) {
  const { threads } = useStores();
  const { runningId } = useThreadView(threadId);
  useEffect(() => live.start(), []);
  useEffect(() => {
    const store = threads.of(threadId);
    live.open(store.view.started && !store.temporary ? threadId : null);
    const generationId = runningId && store.message(runningId)?.generationId;
    if (runningId && generationId) live.watch({ threadId, messageId: runningId, generationId });
  }, [threads, threadId, runningId]);
  return null;
}
