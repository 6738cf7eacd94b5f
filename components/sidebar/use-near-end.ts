import { type RefObject, useEffect, useEffectEvent, useRef } from "react";

/** How far below the visible part the end may be, CSS pixels. */
const NEAR = 480;

/**
 * Calls `more` when the element that the returned ref is put on comes near the visible part of `box`. Once for
 * each `length`: where nothing came, e.g. offline, it does not ask again and again.
 */
export function useNearEnd(
  box: RefObject<HTMLElement | null>,
  hasMore: boolean,
  length: number,
  more: () => void,
): RefObject<HTMLDivElement | null> {
  const end = useRef<HTMLDivElement>(null);
  const near = useEffectEvent((entries: IntersectionObserverEntry[]) => {
    if (entries.some((entry) => entry.isIntersecting)) more();
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: an end still in sight after more came is a new one
  useEffect(() => {
    if (!hasMore || !end.current) return;
    const observer = new IntersectionObserver((entries) => near(entries), {
      root: box.current,
      rootMargin: `0px 0px ${NEAR}px 0px`,
    });
    observer.observe(end.current);
    return () => observer.disconnect();
  }, [box, hasMore, length]);
  return end;
}
