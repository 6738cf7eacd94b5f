import { type Dispatch, type PointerEvent, type RefObject, useRef } from "react";
import { fromCentre, pinched, pointOf } from "../zoom/fingers";
import { boxOf, type Draft, type Grip } from "./draft";
import type { Point, Size } from "./operations";
import type { Action, EditorState } from "./state";
import type { Look } from "./use-look";

interface Stroke {
  pointer: number;
  /** Where it began and where it is, the view's pixels. */
  from: Point;
  last: Point;
  /** What was being placed before it. */
  before: Draft | null;
  doing: Doing;
}

type Doing = { type: "draw" } | { type: "move" } | { type: "resize"; grip: Grip } | { type: "pan" };

/**
 * Mouse and fingers: pressed onto a grip they resize, into a region they move it, anywhere else they begin anew. A
 * hand, the middle button and two fingers move the picture, two fingers make it larger too.
 */
export function useStrokes(
  stage: RefObject<HTMLElement | null>,
  picture: RefObject<HTMLElement | null>,
  { draft, hand }: EditorState,
  look: Look,
  dispatch: Dispatch<Action>,
) {
  const stroke = useRef<Stroke | null>(null);
  /** On the screen, in the window's pixels, by pointer. */
  const down = useRef(new Map<number, Point>());
  const several = useRef(false);

  const within = (event: PointerEvent): Point => {
    const { scale } = look.now();
    const box = picture.current?.getBoundingClientRect() ?? { left: 0, top: 0 };
    return {
      x: Math.max(0, Math.min(look.size.width, (event.clientX - box.left) / scale)),
      y: Math.max(0, Math.min(look.size.height, (event.clientY - box.top) / scale)),
    };
  };
  const begin = (event: PointerEvent) => {
    const from = within(event);
    const doing: Doing =
      hand || event.button === 1 ? { type: "pan" } : doingAt(event.target, draft, from, look.size);
    stroke.current = { pointer: event.pointerId, from, last: from, before: draft, doing };
    if (doing.type === "draw") dispatch({ type: "press", at: from });
  };
  const pinch = (before: Point, now: Point, other: Point) => {
    if (!stage.current) return;
    const { by, factor, middle } = pinched(before, now, other);
    look.pan(by);
    look.zoom(factor, fromCentre(stage.current, middle));
  };

  const pressed = (event: PointerEvent<HTMLElement>) => {
    if (event.button > 1) return;
    // The focus stays where the keys are heard, e.g. in the text field.
    event.preventDefault();
    event.currentTarget.setPointerCapture(event.pointerId);
    down.current.set(event.pointerId, pointOf(event));
    if (down.current.size === 1) {
      several.current = false;
      begin(event);
      return;
    }
    several.current = true;
    if (stroke.current && stroke.current.doing.type !== "pan") {
      dispatch({ type: "revert", draft: stroke.current.before });
    }
    stroke.current = null;
  };
  const moved = (event: PointerEvent<HTMLElement>) => {
    const before = down.current.get(event.pointerId);
    if (!before) return;
    const now = pointOf(event);
    down.current.set(event.pointerId, now);
    const other = [...down.current].find(([id]) => id !== event.pointerId)?.[1];
    if (several.current) return other && pinch(before, now, other);
    const own = stroke.current;
    if (!own) return;
    if (own.doing.type === "pan") return look.pan({ x: now.x - before.x, y: now.y - before.y });
    const to = within(event);
    const by = { x: to.x - own.last.x, y: to.y - own.last.y };
    if (own.doing.type === "draw") dispatch({ type: "drag", from: own.from, to });
    else if (own.doing.type === "move") dispatch({ type: "move", by });
    else dispatch({ type: "resize", by, grip: own.doing.grip });
    own.last = to;
  };
  const lifted = (event: PointerEvent<HTMLElement>) => {
    down.current.delete(event.pointerId);
    const own = stroke.current;
    if (own?.pointer !== event.pointerId) return;
    stroke.current = null;
    if (own.doing.type === "draw") dispatch({ type: "release", scale: look.now().scale });
  };
  return { onPointerDown: pressed, onPointerMove: moved, onPointerUp: lifted, onPointerCancel: lifted };
}

function doingAt(target: EventTarget, draft: Draft | null, at: Point, view: Size): Doing {
  const grip = target instanceof Element && target.closest<HTMLElement>("[data-grip]")?.dataset.grip;
  if (grip) return { type: "resize", grip: gripOf(grip) };
  if (!draft || draft.tool === "draw" || draft.tool === "text") return { type: "draw" };
  const { x, y, width, height } = boxOf(draft);
  const whole = width >= view.width && height >= view.height;
  const inside = at.x >= x && at.x <= x + width && at.y >= y && at.y <= y + height;
  return inside && !whole ? { type: "move" } : { type: "draw" };
}

/** As "-1,1", which a `data-grip` says. */
function gripOf(said: string): Grip {
  const [x = "1", y = "1"] = said.split(",");
  return { x: Number(x) as Grip["x"], y: Number(y) as Grip["y"] };
}
