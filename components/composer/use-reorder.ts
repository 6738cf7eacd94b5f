import { type DragEvent, useRef } from "react";
import type { ComposerDraft } from "./composer-draft";

/** Not a type that a picture from elsewhere has: the window must not offer to take it in. */
const TILE = "application/x-leeward-tile";

/** Handlers by which a tile can be dragged to another's place; the others make room while it hangs over them. */
export function useReorder(draft: ComposerDraft) {
  const dragged = useRef<string | null>(null);
  return (key: string, place: number) => ({
    draggable: true,
    onDragStart: ({ dataTransfer }: DragEvent) => {
      dragged.current = key;
      dataTransfer.setData(TILE, key);
      dataTransfer.effectAllowed = "move";
    },
    onDragOver: (event: DragEvent) => {
      if (dragged.current === null || !event.dataTransfer.types.includes(TILE)) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = "move";
      if (dragged.current !== key) draft.move(dragged.current, place);
    },
    onDrop: (event: DragEvent) => {
      if (dragged.current !== null) event.preventDefault();
    },
    onDragEnd: () => {
      dragged.current = null;
    },
  });
}
