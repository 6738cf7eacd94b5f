import { type KeyboardEvent, type PointerEvent, useRef, useState } from "react";

/** What the handle of a row needs. */
export interface Grip {
  onKeyDown: (event: KeyboardEvent) => void;
  onPointerDown: (event: PointerEvent) => void;
  onPointerMove: (event: PointerEvent) => void;
  onPointerUp: () => void;
  onPointerCancel: () => void;
}

/**
 * An order that is changed by dragging a row's handle, with a mouse or a finger, or by the arrow keys on it. `onOrder`
 * is told once a row was put down. `list` holds a child for each id.
 */
export function useOrder(ids: readonly string[], onOrder: (ids: string[], moved: string) => void) {
  const list = useRef<HTMLOListElement>(null);
  const [dragged, setDragged] = useState<{ id: string; order: string[] } | null>(null);
  const order = dragged ? dragged.order.filter((id) => ids.includes(id)) : ids;

  const grip = (id: string): Grip => ({
    onKeyDown: (event) => {
      const to =
        ids.indexOf(id) + (event.key === "ArrowUp" ? -1 : event.key === "ArrowDown" ? 1 : Number.NaN);
      if (Number.isNaN(to)) return;
      event.preventDefault();
      if (to >= 0 && to < ids.length) onOrder(moved(ids, id, to), id);
    },
    onPointerDown: (event) => {
      if (event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      setDragged({ id, order: [...ids] });
    },
    onPointerMove: (event) => {
      if (dragged?.id !== id) return;
      const to = indexAt(list.current, event.clientY);
      if (to !== dragged.order.indexOf(id)) setDragged({ id, order: moved(dragged.order, id, to) });
    },
    onPointerUp: () => {
      if (dragged?.id !== id) return;
      setDragged(null);
      if (dragged.order.some((other, index) => other !== ids[index])) onOrder(dragged.order, id);
    },
    onPointerCancel: () => setDragged(null),
  });

  return { order, list, grip };
}

function moved(ids: readonly string[], id: string, to: number): string[] {
  const others = ids.filter((other) => other !== id);
  return [...others.slice(0, to), id, ...others.slice(to)];
}

/** Of the row at this height of the window; the nearest one above and below the list. */
function indexAt(list: HTMLElement | null, y: number): number {
  const rows = [...(list?.children ?? [])];
  const at = rows.findIndex((row) => y < row.getBoundingClientRect().bottom);
  return at === -1 ? rows.length - 1 : at;
}
