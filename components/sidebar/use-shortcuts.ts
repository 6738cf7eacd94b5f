import { useRouter } from "next/navigation";
import { useEffect, useEffectEvent } from "react";

/** Ctrl or ⌘ with Shift: O for a new chat, S for the sidebar. */
export function useShortcuts({ onToggle }: { onToggle: () => void }): void {
  const router = useRouter();
  const pressed = useEffectEvent((event: KeyboardEvent) => {
    if (!(event.ctrlKey || event.metaKey) || !event.shiftKey || event.altKey || event.isComposing) return;
    const key = event.key.toLowerCase();
    if (key !== "o" && key !== "s") return;
    event.preventDefault();
    if (key === "o") router.push("/");
    else onToggle();
  });
  useEffect(() => {
    addEventListener("keydown", pressed);
    return () => removeEventListener("keydown", pressed);
  }, []);
}
