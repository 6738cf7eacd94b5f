import { type RefObject, useCallback, useLayoutEffect, useRef, useState } from "react";
import { takeOver } from "./end-script";
import { rememberPlace, returnToPlace } from "./places";

/** Pixels that count as none: scroll positions are fractions on some screens. */
const NEAR = 2;

/**
 * Keeps the end of a growing text in view while the person is there, and only then: any movement upwards lets go
 * of it. `away`: the end is not in view. `placed`: the page came with its place already.
 */
export function useEnd(threadId: string, scroller: RefObject<HTMLElement | null>, placed: boolean) {
  const [away, setAway] = useState(false);
  const stuck = useRef(true);

  const toEnd = useCallback(() => {
    stuck.current = true;
    setAway(false);
    if (scroller.current) scroller.current.scrollTop = scroller.current.scrollHeight;
  }, [scroller]);

  const wasPlaced = useRef(placed);
  useLayoutEffect(() => {
    const view = scroller.current;
    if (!view) return;
    const elsewhere = wasPlaced.current ? takeOver(view) : returnToPlace(threadId, view);
    if (elsewhere) stuck.current = below(view) <= NEAR;
    else toEnd();
    setAway(!stuck.current);
    wasPlaced.current = false;
    const leave = follow(view, stuck, setAway);
    return () => {
      leave();
      rememberPlace(threadId, view, stuck.current);
    };
  }, [threadId, scroller, toEnd]);

  return { away, toEnd };
}

function follow(view: HTMLElement, stuck: RefObject<boolean>, setAway: (away: boolean) => void): () => void {
  let before = measure(view);

  const scrolled = () => {
    const now = measure(view);
    // A text or a view that got smaller moves the position up by itself.
    const shrank = now.height < before.height || now.view > before.view;
    if (below(view) <= NEAR && (now.top >= before.top || shrank)) stuck.current = true;
    else if (now.top < before.top && !shrank) stuck.current = false;
    before = now;
    setAway(!stuck.current);
  };

  // Runs after layout and before paint, so that nobody sees the text grow out of view.
  const grown = new ResizeObserver(() => {
    if (stuck.current) view.scrollTop = view.scrollHeight;
    before = measure(view);
    setAway(!stuck.current && below(view) > NEAR);
  });

  // Somebody works on a turn, which growing text must not carry away.
  const leaveEnd = () => {
    stuck.current = false;
  };

  view.addEventListener("scroll", scrolled, { passive: true });
  view.addEventListener("leave-end", leaveEnd);
  grown.observe(view);
  for (const child of view.children) grown.observe(child);
  return () => {
    view.removeEventListener("scroll", scrolled);
    view.removeEventListener("leave-end", leaveEnd);
    grown.disconnect();
  };
}

const measure = (view: HTMLElement) => ({
  top: view.scrollTop,
  height: view.scrollHeight,
  view: view.clientHeight,
});

const below = (view: HTMLElement) => view.scrollHeight - view.clientHeight - view.scrollTop;
