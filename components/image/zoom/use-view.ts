import { type RefObject, useEffect, useEffectEvent, useLayoutEffect, useRef, useState } from "react";
import { fromCentre, pointOf } from "./fingers";
import {
  fitted,
  isZoomed,
  type Point,
  panned,
  refitted,
  revealed,
  type Size,
  STEP,
  type Stage,
  seen,
  toggled,
  type View,
  zoomed,
} from "./zoom";

/** How far an arrow key moves a zoomed picture, as a share of the stage. */
const ARROW = 0.15;
const CENTRE = { x: 0, y: 0 };

/** A picture by its address, so that the next one begins fitted. */
export interface Shown extends Size {
  id: string;
}

export interface Looking {
  /** Screen pixels per picture pixel. */
  scale: number;
  /** There is more of it than is to be seen. */
  near: boolean;
  part: Point & Size;
}

interface Lying {
  view: View;
  stage: Stage;
}

/** How a picture lies on its stage: fitted at first, then as the wheel, fingers, keys and buttons say. */
export function useView(
  element: RefObject<HTMLElement | null>,
  shown: Shown,
  frame: Omit<Stage, keyof Size> = {},
) {
  const { id, width, height } = shown;
  const { margin, largestFit } = frame;
  const picture = { width, height };
  const [lying, setLying] = useState<Lying | null>(null);
  /** The newest, for what happens more than once before it is drawn. */
  const latest = useRef<Lying | null>(null);
  /** Whether the last change should be seen as a movement: fingers move the picture themselves. */
  const [eased, setEased] = useState(false);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another picture of the same size is another one
  useLayoutEffect(() => {
    const at = element.current;
    if (!at) return;
    const picture = { width, height };
    const put = (to: Lying | null) => {
      latest.current = to;
      setEased(false);
      setLying(to);
    };
    const measured = (before: Lying | null) => {
      const stage = { width: at.clientWidth, height: at.clientHeight, margin, largestFit };
      const view = before ? refitted(before.view, before.stage, stage, picture) : fitted(stage, picture);
      // A dialog that is not open yet has no size.
      put(stage.width > 0 ? { view, stage } : null);
    };
    measured(null);
    const observer = new ResizeObserver(() => measured(latest.current));
    observer.observe(at);
    return () => observer.disconnect();
  }, [element, id, width, height, margin, largestFit]);

  const change = (smooth: boolean, to: (view: View, stage: Stage) => View) => {
    if (!latest.current) return;
    const { view, stage } = latest.current;
    latest.current = { view: to(view, stage), stage };
    setEased(smooth);
    setLying(latest.current);
  };
  const zoom = (factor: number, at: Point = CENTRE, smooth = false) =>
    change(smooth, (view, stage) => zoomed(view, factor, at, stage, picture));
  const pan = (by: Point, smooth = false) =>
    change(smooth, (view, stage) => panned(view, by, stage, picture));
  const toggle = (at: Point) => change(true, (view, stage) => toggled(view, at, stage, picture));
  useWheel(element, zoom);
  return {
    view: lying?.view ?? null,
    stage: lying?.stage ?? null,
    eased,
    /** There is more of it than is to be seen. */
    near: lying !== null && isZoomed(lying.view, lying.stage, picture),
    zoom,
    pan,
    toggle,
    /** What is to be seen at this moment, drawn or not: the part in the picture's pixels. */
    now: (): Looking => {
      if (!latest.current) return { scale: 1, near: false, part: { ...CENTRE, ...picture } };
      const { view, stage } = latest.current;
      return {
        scale: view.scale,
        near: isZoomed(view, stage, picture),
        part: seen(view, stage, picture),
      };
    },
    /** Shows a part of the picture, its pixels. */
    reveal: (part: Point & Size) => change(false, (view, stage) => revealed(view, part, stage, picture)),
    steps: {
      in: (at?: Point) => zoom(STEP, at, true),
      out: (at?: Point) => zoom(1 / STEP, at, true),
      toggle: () => toggle(CENTRE),
      fit: () => change(true, (_, stage) => fitted(stage, picture)),
      /** By a share of the stage: (1, 0) shows what is to the right. */
      move: (x: number, y: number) =>
        change(true, (view, stage) =>
          panned(view, { x: -x * ARROW * stage.width, y: -y * ARROW * stage.height }, stage, picture),
        ),
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
    if (stage.current)
      zoom(Math.exp(-event.deltaY * lines * speed), fromCentre(stage.current, pointOf(event)));
  });
  useEffect(() => {
    const element = stage.current;
    const listener = (event: WheelEvent) => turned(event);
    element?.addEventListener("wheel", listener, { passive: false });
    return () => element?.removeEventListener("wheel", listener);
  }, [stage]);
}
