import { useCallback, useEffect, useEffectEvent, useState } from "react";
import { problemOf } from "@/lib/client/api";
import { useStores } from "@/lib/client/stores";
import { stop as stopRunning } from "@/lib/client/threads";
import { useProblemSentence } from "../ui/sentences";
import { toast } from "../ui/toast";

/** Stopping the running answer, by its button and by Esc. `stopping`: it was asked for and has not ended yet. */
export function useStop(threadId: string, runningId: string | null) {
  const { threads } = useStores();
  const [asked, setAsked] = useState<string | null>(null);
  const stopping = runningId !== null && asked === runningId;
  const stop = useCallback(() => setAsked(runningId), [runningId]);
  const sentence = useProblemSentence();
  // It can be asked for again.
  const failed = useEffectEvent((error: unknown) => {
    setAsked(null);
    toast({ text: sentence(problemOf(error)), bad: true });
  });

  // The same answer may be gone on with: that one has not been asked to stop.
  useEffect(() => {
    if (runningId === null) setAsked(null);
  }, [runningId]);

  useEffect(() => {
    if (!runningId || !stopping) return;
    const store = threads.of(threadId);
    // Right after sending the server may not know the answer yet: then as soon as it does.
    const known = () => {
      const message = store.message(runningId);
      if (!store.temporary && (!message?.generationId || message.delivery)) return false;
      stopRunning(threadId).catch(failed);
      return true;
    };
    if (known()) return;
    const leave = store.onMessage(runningId, () => known() && leave());
    return leave;
  }, [threads, threadId, runningId, stopping]);

  useEffect(() => {
    if (!runningId) return;
    const keyDown = (event: KeyboardEvent) => {
      if (event.key !== "Escape" || event.shiftKey || event.defaultPrevented || event.isComposing) return;
      if (!document.querySelector("dialog[open], [popover]:popover-open")) stop();
    };
    addEventListener("keydown", keyDown);
    return () => removeEventListener("keydown", keyDown);
  }, [runningId, stop]);

  return { stopping, stop };
}
