import { type RefObject, useEffect, useSyncExternalStore } from "react";
import { Listeners } from "@/lib/client/listeners";

type Markdown = typeof import("./markdown").Markdown;

let loaded: Markdown | null = null;
let loading: Promise<void> | undefined;
const LOADED = "loaded";
const listeners = new Listeners();

/** Fetches what reads and draws Markdown in the browser, unless it is there. What fails is tried again when asked again. */
export function loadMarkdown(): void {
  if (loading) return;
  loading = import("./markdown")
    .then(({ Markdown }) => {
      loaded = Markdown;
      listeners.tell(LOADED);
    })
    .catch(() => {
      loading = undefined;
    });
}

/** It, once it is there; asks for it while `wanted`. Null on the server, which draws by itself (`drawn-answers.tsx`). */
export function useLiveMarkdown(wanted: boolean): Markdown | null {
  useEffect(() => {
    if (wanted) loadMarkdown();
  }, [wanted]);
  return useSyncExternalStore(
    (listener) => listeners.add(LOADED, listener),
    () => loaded,
    () => null,
  );
}

/** Asks for it when somebody comes to `place`: what they may ask for next, the server has not drawn. */
export function useMarkdownReady(place: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const element = place.current;
    const coming = ["pointerenter", "focusin"];
    for (const type of coming) element?.addEventListener(type, loadMarkdown);
    return () => {
      for (const type of coming) element?.removeEventListener(type, loadMarkdown);
    };
  }, [place]);
}
