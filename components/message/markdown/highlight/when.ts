/** How long the browser may stay busy before work is done nevertheless, in milliseconds. */
const PATIENCE_MS = 1_000;
/** How near to the screen counts as near. */
const MARGIN = "600px";

/** Calls `work` in an idle moment, `delay` milliseconds from now at the soonest. Answers how to call it off. */
export function whenIdle(work: () => void, delay: number): () => void {
  let idle: number | undefined;
  // Safari has no idle callbacks; there a timer lets input and painting go first.
  const ask = () => {
    if (typeof requestIdleCallback === "function") idle = requestIdleCallback(work, { timeout: PATIENCE_MS });
    else work();
  };
  const timer = setTimeout(ask, Math.max(0, delay));
  return () => {
    clearTimeout(timer);
    if (idle !== undefined) cancelIdleCallback(idle);
  };
}

const waiting = new WeakMap<Element, () => void>();
let observer: IntersectionObserver | undefined;

/** Calls `work` once when `element` comes near the screen. Answers how to stop waiting. */
export function whenNear(element: Element, work: () => void): () => void {
  if (typeof IntersectionObserver !== "function") {
    work();
    return () => {};
  }
  observer ??= new IntersectionObserver(callNear, { rootMargin: MARGIN });
  waiting.set(element, work);
  observer.observe(element);
  return () => observer?.unobserve(element);
}

function callNear(entries: IntersectionObserverEntry[]): void {
  for (const { target, isIntersecting } of entries) {
    if (!isIntersecting) continue;
    observer?.unobserve(target);
    waiting.get(target)?.();
  }
}
