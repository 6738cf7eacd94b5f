import { useTranslations } from "next-intl";
import { type Dispatch, type RefObject, useLayoutEffect, useRef } from "react";
import { cx } from "../../ui/cx";
import { cornerOf } from "../zoom/zoom";
import { operationOf, type Tool } from "./draft";
import { type Composition, type Point, type Rect, type Size, viewSize } from "./operations";
import { paint, type Source } from "./paint";
import { Region } from "./region";
import { type Action, compositionOf, type EditorState } from "./state";
import type { Look } from "./use-look";
import { usePreview } from "./use-preview";
import { useStrokes } from "./use-strokes";

interface Props {
  ref: RefObject<HTMLDivElement | null>;
  bitmap: ImageBitmap;
  state: EditorState;
  look: Look;
  dispatch: Dispatch<Action>;
}

/** The picture as it will be, near or far, with what is being placed on it. */
export function Surface({ ref, bitmap, state, look, dispatch }: Props) {
  const t = useTranslations("editor");
  const canvas = useRef<HTMLCanvasElement>(null);
  const picture = useRef<HTMLDivElement>(null);
  const sourceFor = usePreview(bitmap);
  const composition = compositionOf(state);
  const { view, stage, near, size } = look;
  const scale = view?.scale ?? 1;
  const corner = view && stage ? cornerOf(view, stage, size) : { x: 0, y: 0 };
  useLayoutEffect(() => {
    if (!canvas.current || !stage) return;
    const shown = withDraft(composition, state);
    repaint(canvas.current, sourceFor(scale * devicePixelRatio), shown, { stage, corner, scale });
  });
  const strokes = useStrokes(ref, picture, state, look, dispatch);
  return (
    // Clipped rather than hidden: a focus further out must not scroll it.
    <div
      ref={ref}
      {...strokes}
      data-zoomed={near || undefined}
      className={cx(
        "relative min-h-0 flex-1 touch-none select-none overflow-clip bg-raised",
        state.hand && "cursor-grab active:cursor-grabbing",
      )}
    >
      <canvas ref={canvas} className="absolute inset-0 size-full" />
      <div
        ref={picture}
        style={{
          left: corner.x,
          top: corner.y,
          width: size.width * scale,
          height: size.height * scale,
          visibility: view ? undefined : "hidden",
        }}
        className={cx("absolute", state.hand && "pointer-events-none")}
      >
        <div
          role="img"
          aria-label={t("canvas", { width: size.width, height: size.height })}
          className="absolute inset-0 cursor-crosshair"
        />
        {state.draft && <Region draft={state.draft} scale={scale} />}
      </div>
    </div>
  );
}

/** What is being placed is painted as it will be; a crop is shown by what it leaves, a black field lets see through. */
function withDraft(composition: Composition, { draft, style }: EditorState): Composition {
  const operation = draft && !SHOWN_AS_REGION.has(draft.tool) && operationOf(draft, style, composition);
  if (!operation || operation.type === "rotate" || operation.type === "crop") return composition;
  return { ...composition, marks: [...composition.marks, operation] };
}

const SHOWN_AS_REGION = new Set<Tool>(["crop", "blackout"]);

interface Place {
  stage: Size;
  /** Of the picture on the stage, and its size there for each of its pixels. */
  corner: Point;
  scale: number;
}

/** The canvas is as large as the stage, however near the picture is. */
function repaint(canvas: HTMLCanvasElement, source: Source, composition: Composition, place: Place): void {
  const { stage, corner, scale } = place;
  const dense = devicePixelRatio;
  const width = Math.max(1, Math.round(stage.width * dense));
  const height = Math.max(1, Math.round(stage.height * dense));
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  const context = canvas.getContext("2d");
  if (!context) return;
  const { width: wide, height: high } = viewSize(composition);
  const box: Rect = {
    x: corner.x * dense,
    y: corner.y * dense,
    width: wide * scale * dense,
    height: high * scale * dense,
  };
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.clearRect(0, 0, width, height);
  context.save();
  context.beginPath();
  context.rect(box.x, box.y, box.width, box.height);
  context.clip();
  paint(context, source, composition, scale * dense, box);
  context.restore();
}
