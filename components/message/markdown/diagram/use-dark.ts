import { useSyncExternalStore } from "react";

/** Whether the page is dark now: by the person's choice, else by the system's. */
export const useDark = (): boolean =>
  useSyncExternalStore(
    subscribe,
    () => getComputedStyle(document.documentElement).colorScheme === "dark" || isSystemDark(),
    () => false,
  );

const isSystemDark = () =>
  getComputedStyle(document.documentElement).colorScheme !== "light" &&
  matchMedia("(prefers-color-scheme: dark)").matches;

function subscribe(changed: () => void): () => void {
  const system = matchMedia("(prefers-color-scheme: dark)");
  const chosen = new MutationObserver(changed);
  chosen.observe(document.documentElement, { attributeFilter: ["data-theme"] });
  system.addEventListener("change", changed);
  return () => {
    chosen.disconnect();
    system.removeEventListener("change", changed);
  };
}
