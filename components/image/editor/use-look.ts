import type { Dispatch, RefObject } from "react";
import { useView } from "../zoom/use-view";
import { type Point, placeOf, type Size } from "../zoom/zoom";
import { boxOf } from "./draft";
import { viewSize } from "./operations";
import { type Action, compositionOf, type EditorState } from "./state";

/** Room around the picture, so that grips at its edge can be pressed, and how large a small picture begins. */
const FRAME = { margin: 24, largestFit: 6 };

export type Look = ReturnType<typeof useLook>;

/** How near the picture is looked at; what keys and buttons change of it is said. */
export function useLook(
  stage: RefObject<HTMLElement | null>,
  state: EditorState,
  dispatch: Dispatch<Action>,
) {
  const { crop, turns } = compositionOf(state);
  const size = viewSize({ crop, turns });
  // Turned or cropped, it is another picture, and begins fitted.
  const zoom = useView(stage, { id: `${crop.x} ${crop.y} ${turns}`, ...size }, FRAME);
  const said = (change: () => void) => {
    change();
    dispatch({ type: "look", at: zoom.now() });
  };
  const at = () => centreOfDraft(state, size, zoom);
  return {
    ...zoom,
    size,
    steps: {
      in: () => said(() => zoom.steps.in(at())),
      out: () => said(() => zoom.steps.out(at())),
      fit: () => said(zoom.steps.fit),
      move: (x: number, y: number) => said(() => zoom.steps.move(x, y)),
    },
  };
}

/** What is being placed stays where it is on the screen, if it is to be seen and not all of the picture. */
function centreOfDraft(
  { draft }: EditorState,
  size: Size,
  { view, now }: Pick<ReturnType<typeof useView>, "view" | "now">,
): Point | undefined {
  if (!draft || !view) return undefined;
  const box = boxOf(draft);
  const centre = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  const { part } = now();
  const seen =
    centre.x >= part.x &&
    centre.x <= part.x + part.width &&
    centre.y >= part.y &&
    centre.y <= part.y + part.height;
  const whole = box.width >= size.width && box.height >= size.height;
  return seen && !whole ? placeOf(view, centre, size) : undefined;
}
