import { type RefObject, useEffect, useEffectEvent, useLayoutEffect, useRef, useState } from "react";
import { fitted, isZoomed, panned, refitted, type Size, STEP, toggled, type View, zoomed } from "./zoom";

/** Milliseconds within which a second press makes a double one, and how far fingers stray, CSS pixels. */
const DOUBLE_MS = 350;
const STRAY = 12;
/** How far a finger draws a fitted picture aside to see the next one, CSS pixels. */
const SWIPE = 60;
/** How far an arrow key moves a zoomed picture, as a share of the stage. */
const ARROW = 0.15;

interface Point {
  x: number;
  y: number;
}

/** A picture by its address, so that the next one begins fitted. */
interface Shown extends Size {
  id: string;
}

interface Options {
  /** A fitted picture was drawn aside with a finger: -1 to the previous, 1 to the next. */
  onSwipe: (by: -1 | 1) => void;
}

/** Zooms and pans a picture on its stage by wheel, fingers, mouse and what `steps` offers keys and buttons. */
export function useZoom(stage: RefObject<HTMLElement | null>, picture: Shown, { onSwipe }: Options) {
  const { id, width, height } = picture;
  const [view, setView] = useState<View | null>(null);
  /** Whether the last change should be seen as a movement: fingers move the picture themselves. */
  const [eased, setEased] = useState(false);
  const size = useRef<Size>({ width: 1, height: 1 });

  // biome-ignore lint/correctness/useExhaustiveDependencies: another picture of the same size is another one
  useLayoutEffect(() => {
    const element = stage.current;
    if (!element) return;
    const picture = { width, height };
    setView(null);
    const measured = new ResizeObserver(() => {
      const before = size.current;
      size.current = { width: element.clientWidth, height: element.clientHeight };
      setEased(false);
      setView((view) =>
        view ? refitted(view, before, size.current, picture) : fitted(size.current, picture),
      );
    });
    measured.observe(element);
    return () => measured.disconnect();
  }, [stage, id, width, height]);

  const change = (smooth: boolean, to: (view: View, stage: Size) => View) => {
    setEased(smooth);
    setView((view) => view && to(view, size.current));
  };
  const zoom = (factor: number, at: Point = { x: 0, y: 0 }, smooth = true) =>
    change(smooth, (view, stage) => zoomed(view, factor, at, stage, picture));
  const pan = (by: Point, smooth = false) =>
    change(smooth, (view, stage) => panned(view, by, stage, picture));
  const toggle = (at: Point) => change(true, (view, stage) => toggled(view, at, stage, picture));

  const near = view !== null && isZoomed(view, size.current, picture);
  useWheel(stage, (factor, at) => zoom(factor, at, false));
  const pointers = usePointers(stage, {
    zoom: (factor, at) => zoom(factor, at, false),
    pan,
    toggle,
    swipe: (by) => !near && onSwipe(by),
  });
  return {
    view,
    eased,
    /** There is more of it than is to be seen. */
    near,
    pointers,
    steps: {
      in: () => zoom(STEP),
      out: () => zoom(1 / STEP),
      toggle: () => toggle({ x: 0, y: 0 }),
      fit: () => change(true, (_, stage) => fitted(stage, picture)),
      /** By a share of the stage: (1, 0) shows what is to the right. */
      move: (x: number, y: number) =>
        pan({ x: -x * ARROW * size.current.width, y: -y * ARROW * size.current.height }, true),
    },
  };
}

/** Not by React's onWheel, which may not keep the page from scrolling or the browser from zooming all of it. */
function useWheel(stage: RefObject<HTMLElement | null>, zoom: (factor: number, at: Point) => void): void {
  const turned = useEffectEvent((event: WheelEvent) => {
    event.preventDefault();
    const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
    // Browsers report a pinch on a touchpad as a wheel with Ctrl, in far smaller steps.
    const speed = event.ctrlKey ? 0.01 : 0.0018;
    if (stage.current) zoom(Math.exp(-event.deltaY * lines * speed), fromCentre(stage.current, event));
  });
  useEffect(() => {
    const element = stage.current;
    const listener = (event: WheelEvent) => turned(event);
    element?.addEventListener("wheel", listener, { passive: false });
    return () => element?.removeEventListener("wheel", listener);
  }, [stage]);
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
  const pinched = useRef(false);
  const tapped = useRef<(Point & { time: number }) | null>(null);

  const pressed = (event: React.PointerEvent<HTMLElement>) => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    down.current.set(event.pointerId, pointOf(event));
    if (down.current.size === 1) {
      begun.current = pointOf(event);
      pinched.current = false;
    } else pinched.current = true;
  };
  const moved = (event: React.PointerEvent<HTMLElement>) => {
    const before = down.current.get(event.pointerId);
    if (!before || !stage.current) return;
    const now = pointOf(event);
    const other = [...down.current].find(([id]) => id !== event.pointerId)?.[1];
    down.current.set(event.pointerId, now);
    if (!other) return gestures.pan({ x: now.x - before.x, y: now.y - before.y });
    // Each finger moves the middle by half of its own way.
    gestures.pan({ x: (now.x - before.x) / 2, y: (now.y - before.y) / 2 });
    const middle = { x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 };
    gestures.zoom(between(now, other) / between(before, other), fromCentre(stage.current, middle));
  };
  const lifted = (event: React.PointerEvent<HTMLElement>) => {
    if (!down.current.delete(event.pointerId) || !stage.current || pinched.current) return;
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

const pointOf = ({ clientX, clientY }: { clientX: number; clientY: number }): Point => ({
  x: clientX,
  y: clientY,
});

const between = (a: Point, b: Point) => Math.max(1, Math.hypot(a.x - b.x, a.y - b.y));

function fromCentre(stage: HTMLElement, at: Point | { clientX: number; clientY: number }): Point {
  const { x, y } = "clientX" in at ? pointOf(at) : at;
  const box = stage.getBoundingClientRect();
  return { x: x - box.left - box.width / 2, y: y - box.top - box.height / 2 };
}
