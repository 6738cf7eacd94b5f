import { useEffect, useState } from "react";
import { request } from "@/lib/client/api";
import { browserStores } from "@/lib/client/stores";
import { useThreadView } from "@/lib/client/threads";
import type { ThreadContext } from "@/lib/context/context";

/** Milliseconds: several changes at once are asked about once. */
const SETTLED_MS = 150;

/**
 * What the next question takes along of the open branch; null for a new thread, and until it is known. Asked
 * again when the branch or a choice has changed, not while an answer is being written.
 */
export function useThreadContext(threadId: string, careful: boolean): ThreadContext | null {
  const view = useThreadView(threadId);
  const [context, setContext] = useState<ThreadContext | null>(null);
  const head = view.path.at(-1);
  useEffect(() => {
    // The server knows nothing of a temporary chat, and not yet of what it has not answered.
    const thread = browserStores().threads.of(threadId);
    if (!head || view.runningId || thread.temporary || !thread.exists || thread.deleted) return;
    if (thread.message(head)?.delivery) return;
    let left = false;
    const path = `/api/threads/${threadId}/context?head=${head}${careful ? "&careful=1" : ""}`;
    const timer = setTimeout(() => {
      // Where it cannot be asked, what is known stays; the next change asks again.
      request<ThreadContext>("GET", path).then(
        (context) => !left && setContext(context),
        () => {},
      );
    }, SETTLED_MS);
    return () => {
      left = true;
      clearTimeout(timer);
    };
  }, [threadId, head, view, careful]);
  return head ? context : null;
}
