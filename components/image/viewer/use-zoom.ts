import { type RefObject, useRef } from "react";
import { between, fromCentre, pinched, pointOf } from "../zoom/fingers";
import { type Shown, useView } from "../zoom/use-view";
import type { Point } from "../zoom/zoom";

/** Milliseconds within which a second press makes a double one, and how far fingers stray, CSS pixels. */
const DOUBLE_MS = 350;
const STRAY = 12;
/** How far a finger draws a fitted picture aside to see the next one, CSS pixels. */
const SWIPE = 60;

interface Options {
  /** A fitted picture was drawn aside with a finger: -1 to the previous, 1 to the next. */
  onSwipe: (by: -1 | 1) => void;
}

/** Zooms and pans a picture on its stage by wheel, fingers, mouse and what `steps` offers keys and buttons. */
export function useZoom(stage: RefObject<HTMLElement | null>, picture: Shown, { onSwipe }: Options) {
  const { zoom, pan, toggle, ...view } = useView(stage, picture);
  const swipe = (by: -1 | 1) => !view.near && onSwipe(by);
  return { ...view, pointers: usePointers(stage, { zoom, pan, toggle, swipe }) };
}

interface Gestures {
  zoom: (factor: number, at: Point) => void;
  pan: (by: Point) => void;
  toggle: (at: Point) => void;
  swipe: (by: -1 | 1) => void;
}

/** Handlers for the stage: one finger or the mouse pans, two fingers pinch, two presses toggle. */
function usePointers(stage: RefObject<HTMLElement | null>, gestures: Gestures) {
  const down = useRef(new Map<number, Point>());
  const begun = useRef<Point>({ x: 0, y: 0 });
  const severalDown = useRef(false);
  const tapped = useRef<(Point & { time: number }) | null>(null);

  const pressed = (event: React.PointerEvent<HTMLElement>) => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    down.current.set(event.pointerId, pointOf(event));
    if (down.current.size === 1) {
      begun.current = pointOf(event);
      severalDown.current = false;
    } else severalDown.current = true;
  };
  const moved = (event: React.PointerEvent<HTMLElement>) => {
    const before = down.current.get(event.pointerId);
    if (!before || !stage.current) return;
    const now = pointOf(event);
    const other = [...down.current].find(([id]) => id !== event.pointerId)?.[1];
    down.current.set(event.pointerId, now);
    if (!other) return gestures.pan({ x: now.x - before.x, y: now.y - before.y });
    const { by, factor, middle } = pinched(before, now, other);
    gestures.pan(by);
    gestures.zoom(factor, fromCentre(stage.current, middle));
  };
  const lifted = (event: React.PointerEvent<HTMLElement>) => {
    if (!down.current.delete(event.pointerId) || !stage.current || severalDown.current) return;
    const now = pointOf(event);
    const aside = now.x - begun.current.x;
    const isSwipe = Math.abs(aside) > SWIPE && Math.abs(aside) > 2 * Math.abs(now.y - begun.current.y);
    if (event.pointerType === "touch" && isSwipe) gestures.swipe(aside < 0 ? 1 : -1);
    if (between(now, begun.current) > STRAY) return;
    const first = tapped.current;
    const double = first && event.timeStamp - first.time < DOUBLE_MS && between(first, now) < 2 * STRAY;
    tapped.current = double ? null : { ...now, time: event.timeStamp };
    if (double) gestures.toggle(fromCentre(stage.current, now));
  };
  const lost = (event: React.PointerEvent<HTMLElement>) => void down.current.delete(event.pointerId);
  return { onPointerDown: pressed, onPointerMove: moved, onPointerUp: lifted, onPointerCancel: lost };
}
