import { useSyncExternalStore } from "react";
import { Listeners } from "@/lib/client/listeners";

/** The question that is being edited in this tab, by message id; one at a time. */
let edited: string | null = null;
const listeners = new Listeners();

export const beginEditing = (messageId: string): void => change(messageId);
export const endEditing = (): void => change(null);

export function useEditing(messageId: string): boolean {
  return useSyncExternalStore(
    subscribe,
    () => edited === messageId,
    () => false,
  );
}

const subscribe = (listener: () => void) => listeners.add("", listener);

function change(messageId: string | null): void {
  edited = messageId;
  listeners.tell("");
}
