import { type RefObject, useEffect, useState } from "react";
import { useStores } from "@/lib/client/stores";
import { type ThreadView, walk } from "@/lib/client/threads";
import { measureWhole, turnIn } from "./places";

interface Transcript {
  scroller: RefObject<HTMLElement | null>;
  view: ThreadView;
  /** Place in the path of the first turn that is drawn. */
  from: number;
  /** Draws more of what is before. */
  hurry: () => Promise<void> | void;
}

/**
 * Goes to the message that the address names behind its #, wherever in the thread it is: another branch is opened,
 * earlier turns are brought. It is marked until the person does something. A message that is no more is passed over.
 */
export function useLanding(threadId: string, { scroller, view, from, hurry }: Transcript): void {
  const store = useStores().threads.of(threadId);
  const [target, setTarget] = useState<string | null>(null);

  useEffect(() => {
    const read = () => setTarget(location.hash.slice(1) || null);
    read();
    addEventListener("hashchange", read);
    return () => removeEventListener("hashchange", read);
  }, []);

  useEffect(() => {
    if (!target) return;
    const index = view.path.indexOf(target);
    if (index < 0) {
      // Where the branch cannot be brought, the thread stays at its end.
      if (store.knows(target)) walk(threadId, target, () => {}).catch(() => setTarget(null));
      else setTarget(null);
    } else if (index < from) void hurry();
    else if (scroller.current) {
      land(scroller.current, target);
      setTarget(null);
    }
  }, [threadId, target, view.path, from, hurry, store, scroller]);
}

function land(scroller: HTMLElement, messageId: string): void {
  const turn = turnIn(scroller, messageId);
  if (!turn) return;
  // Otherwise growing text, or fonts that come in, would carry it away.
  scroller.dispatchEvent(new Event("leave-end"));
  measureWhole(scroller);
  turn.scrollIntoView({ block: turn.offsetHeight > scroller.clientHeight ? "start" : "center" });
  turn.dataset.landed = "";
  turn.tabIndex = -1;
  turn.focus({ preventScroll: true });
  const leave = new AbortController();
  const unmark = () => {
    delete turn.dataset.landed;
    leave.abort();
  };
  for (const moved of ["pointerdown", "keydown"])
    scroller.ownerDocument.addEventListener(moved, unmark, { signal: leave.signal });
  // Named once: a reload goes to where the thread was left.
  history.replaceState(null, "", location.pathname + location.search);
}
