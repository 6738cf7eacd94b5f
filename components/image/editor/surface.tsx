import { useTranslations } from "next-intl";
import { type Dispatch, type PointerEvent, useEffect, useLayoutEffect, useRef, useState } from "react";
import { boxOf, type Draft, type Grip, operationOf } from "./draft";
import { type Composition, type Point, type Size, viewSize } from "./operations";
import { paint, type Source } from "./paint";
import { Region } from "./region";
import { type Action, compositionOf, type EditorState } from "./state";

/** A small picture is shown larger, as far as its pixels can still be told. */
const LARGEST_SCALE = 6;
/** Room around the picture, so that grips at its edge can be pressed, CSS pixels. */
const MARGIN = 24;
/** Edge of the copy that is painted while editing: as sharp as screens are, and quick. */
const PREVIEW_EDGE = 2400;

interface Props {
  bitmap: ImageBitmap;
  state: EditorState;
  dispatch: Dispatch<Action>;
}

/** The picture as it will be, with what is being placed on it. */
export function Surface({ bitmap, state, dispatch }: Props) {
  const t = useTranslations("editor");
  const stage = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const room = useSize(stage);
  const source = usePreview(bitmap);
  const composition = compositionOf(state);
  const view = viewSize(composition);
  const scale = Math.min(
    LARGEST_SCALE,
    Math.max(1, room.width - 2 * MARGIN) / view.width,
    Math.max(1, room.height - 2 * MARGIN) / view.height,
  );
  const shown = withDraft(composition, state);
  useLayoutEffect(() => {
    if (canvas.current) repaint(canvas.current, source, shown, view, scale);
  });
  const pointers = usePointers(canvas, view, scale, state.draft, dispatch);
  return (
    <div
      ref={stage}
      {...pointers}
      className="relative flex min-h-0 flex-1 touch-none select-none items-center justify-center overflow-hidden bg-raised"
    >
      <div className="relative" style={{ width: view.width * scale, height: view.height * scale }}>
        <canvas
          ref={canvas}
          role="img"
          aria-label={t("canvas", { width: view.width, height: view.height })}
          className="block size-full cursor-crosshair"
        />
        {state.draft && <Region draft={state.draft} scale={scale} />}
      </div>
    </div>
  );
}

function useSize(element: React.RefObject<HTMLElement | null>): Size {
  const [size, setSize] = useState<Size>({ width: 300, height: 300 });
  useLayoutEffect(() => {
    if (!element.current) return;
    const observer = new ResizeObserver(([entry]) => entry && setSize(entry.contentRect));
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [element]);
  return size;
}

function usePreview(bitmap: ImageBitmap): Source {
  const [source, setSource] = useState<Source>({ bitmap, scale: 1 });
  useEffect(() => {
    const scale = PREVIEW_EDGE / Math.max(bitmap.width, bitmap.height);
    if (scale >= 1) return;
    let smaller: ImageBitmap | undefined;
    let left = false;
    const size = {
      resizeWidth: Math.round(bitmap.width * scale),
      resizeHeight: Math.round(bitmap.height * scale),
    };
    createImageBitmap(bitmap, { ...size, resizeQuality: "high" }).then(
      (made) => {
        smaller = made;
        if (left) made.close();
        else setSource({ bitmap: made, scale: made.width / bitmap.width });
      },
      () => {}, // The whole one is slower and as good.
    );
    return () => {
      left = true;
      smaller?.close();
    };
  }, [bitmap]);
  return source;
}

/** What is being placed is painted as it will be; a crop is shown by what it leaves. */
function withDraft(composition: Composition, { draft, style }: EditorState): Composition {
  const operation = draft && draft.tool !== "crop" && operationOf(draft, style, composition);
  if (!operation || operation.type === "rotate" || operation.type === "crop") return composition;
  return { ...composition, marks: [...composition.marks, operation] };
}

function repaint(
  canvas: HTMLCanvasElement,
  source: Source,
  composition: Composition,
  view: Size,
  scale: number,
): void {
  const dense = scale * devicePixelRatio;
  const width = Math.max(1, Math.round(view.width * dense));
  const height = Math.max(1, Math.round(view.height * dense));
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  const context = canvas.getContext("2d", { alpha: false });
  if (context) paint(context, source, composition, dense);
}

interface Stroke {
  pointer: number;
  from: Point;
  last: Point;
  doing: { type: "draw" } | { type: "move" } | { type: "resize"; grip: Grip };
}

/** Mouse and fingers: pressed onto a grip they resize, into a region they move it, anywhere else they begin anew. */
function usePointers(
  canvas: React.RefObject<HTMLCanvasElement | null>,
  view: Size,
  scale: number,
  draft: Draft | null,
  dispatch: Dispatch<Action>,
) {
  const stroke = useRef<Stroke | null>(null);
  const pointOf = ({ clientX, clientY }: PointerEvent): Point => {
    const box = canvas.current?.getBoundingClientRect() ?? { left: 0, top: 0 };
    const x = Math.max(0, Math.min(view.width, (clientX - box.left) / scale));
    const y = Math.max(0, Math.min(view.height, (clientY - box.top) / scale));
    return { x, y };
  };
  const pressed = (event: PointerEvent<HTMLElement>) => {
    if (event.button !== 0 || stroke.current) return;
    // The focus stays where the keys are heard, e.g. in the text field.
    event.preventDefault();
    event.currentTarget.setPointerCapture(event.pointerId);
    const from = pointOf(event);
    const doing = strokeAt(event.target, draft, from, view);
    stroke.current = { pointer: event.pointerId, from, last: from, doing };
    if (doing.type === "draw") dispatch({ type: "press", at: from });
  };
  const moved = (event: PointerEvent<HTMLElement>) => {
    const own = stroke.current;
    if (own?.pointer !== event.pointerId) return;
    const to = pointOf(event);
    const by = { x: to.x - own.last.x, y: to.y - own.last.y };
    if (own.doing.type === "draw") dispatch({ type: "drag", from: own.from, to });
    else if (own.doing.type === "move") dispatch({ type: "move", by });
    else dispatch({ type: "resize", by, grip: own.doing.grip });
    own.last = to;
  };
  const lifted = (event: PointerEvent<HTMLElement>) => {
    const own = stroke.current;
    if (own?.pointer !== event.pointerId) return;
    stroke.current = null;
    if (own.doing.type === "draw") dispatch({ type: "release" });
  };
  return { onPointerDown: pressed, onPointerMove: moved, onPointerUp: lifted, onPointerCancel: lifted };
}

function strokeAt(target: EventTarget, draft: Draft | null, at: Point, view: Size): Stroke["doing"] {
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
