import { useEffect, useEffectEvent } from "react";
import { useThreadView } from "@/lib/client/threads";
import { useOnDemand } from "../ui/on-demand";

const load = async () => (await import("./queue-panel")).QueuePanel;

/** The questions that wait in a thread, above the composer; nothing, and nothing loaded, while none does. */
export function Queue({ threadId }: { threadId: string }) {
  const waiting = useThreadView(threadId).queue.length > 0;
  const { View: Panel, ask } = useOnDemand(load);
  const need = useEffectEvent(() => void ask());
  useEffect(() => {
    if (waiting) need();
  }, [waiting]);
  return waiting && Panel ? <Panel threadId={threadId} /> : null;
}
