/** Pixels of the screen (CSS) or of the picture. */
export interface Size {
  width: number;
  height: number;
}

/** Where pictures are shown, CSS pixels. */
export interface Stage extends Size {
  /** Room that stays around a picture at each side; none unless told. */
  margin?: number;
  /** How large a small picture is shown to fit, screen pixels per picture pixel; 1 unless told. */
  largestFit?: number;
}

/** Where a picture lies on its stage: screen pixels per picture pixel, and its centre from the stage's centre. */
export interface View {
  scale: number;
  x: number;
  y: number;
}

export interface Point {
  x: number;
  y: number;
}

/** One press of a key or a button. */
export const STEP = 1.5;
/** A picture's pixel is at most this large on the screen. */
const LARGEST = 8;

/** The scale in which all of the picture is to be seen; a small one stays as large as the stage says. */
export const fittedScale = ({ width, height, margin = 0, largestFit = 1 }: Stage, picture: Size): number =>
  Math.min(
    largestFit,
    Math.max(1, width - 2 * margin) / picture.width,
    Math.max(1, height - 2 * margin) / picture.height,
  );

export const fitted = (stage: Stage, picture: Size): View => ({
  scale: fittedScale(stage, picture),
  x: 0,
  y: 0,
});

/** Larger than it was fitted, so that there is something to pan. */
export const isZoomed = (view: View, stage: Stage, picture: Size): boolean =>
  view.scale > fittedScale(stage, picture) * 1.001;

/** Zoomed by a factor around a point of the stage, measured from its centre: what is there stays there. */
export function zoomed(view: View, factor: number, at: Point, stage: Stage, picture: Size): View {
  const least = fittedScale(stage, picture);
  const scale = clamp(view.scale * factor, least, Math.max(LARGEST, least * STEP));
  const by = scale / view.scale;
  return kept({ scale, x: at.x - (at.x - view.x) * by, y: at.y - (at.y - view.y) * by }, stage, picture);
}

/** Moved by so many screen pixels, as far as there is picture. */
export const panned = (view: View, by: Point, stage: Stage, picture: Size): View =>
  kept({ ...view, x: view.x + by.x, y: view.y + by.y }, stage, picture);

/** What a double click does: to the picture's own pixels, or twice the fit where those are no larger, and back. */
export function toggled(view: View, at: Point, stage: Stage, picture: Size): View {
  if (isZoomed(view, stage, picture)) return fitted(stage, picture);
  const least = fittedScale(stage, picture);
  return zoomed(view, (least < 0.7 ? 1 : least * 2) / view.scale, at, stage, picture);
}

/** After the stage has changed its size. */
export const refitted = (view: View, before: Stage, stage: Stage, picture: Size): View =>
  isZoomed(view, before, picture) ? zoomed(view, 1, { x: 0, y: 0 }, stage, picture) : fitted(stage, picture);

/** Where the picture's upper left corner is, from the stage's. */
export const cornerOf = ({ scale, x, y }: View, stage: Size, picture: Size): Point => ({
  x: (stage.width - picture.width * scale) / 2 + x,
  y: (stage.height - picture.height * scale) / 2 + y,
});

/** Where a point of the picture is on the stage, from its centre. */
export const placeOf = ({ scale, x, y }: View, point: Point, picture: Size): Point => ({
  x: (point.x - picture.width / 2) * scale + x,
  y: (point.y - picture.height / 2) * scale + y,
});

/** The part of the picture that is on the stage, in whole pixels of the picture. */
export function seen(view: View, stage: Size, picture: Size): Point & Size {
  const corner = cornerOf(view, stage, picture);
  const [x, right] = seenEdge(corner.x, stage.width, picture.width, view.scale);
  const [y, bottom] = seenEdge(corner.y, stage.height, picture.height, view.scale);
  return { x, y, width: right - x, height: bottom - y };
}

function seenEdge(corner: number, room: number, length: number, scale: number): [from: number, to: number] {
  const at = (place: number) => Math.round(clamp((place - corner) / scale, 0, length));
  return [at(0), at(room)];
}

/** Moved as little as shows a part of the picture (its pixels) with the margin around; one too large stays put. */
export function revealed(view: View, part: Point & Size, stage: Stage, picture: Size): View {
  const corner = cornerOf(view, stage, picture);
  const { margin = 0 } = stage;
  const { scale } = view;
  const by = {
    x: inwards(corner.x + part.x * scale, part.width * scale, stage.width, margin),
    y: inwards(corner.y + part.y * scale, part.height * scale, stage.height, margin),
  };
  return panned(view, by, stage, picture);
}

/** How far something at that place must move to be within the room. */
function inwards(at: number, length: number, room: number, margin: number): number {
  if (length > room - 2 * margin) return 0;
  return clamp(at, margin, room - margin - length) - at;
}

/** No emptiness beside a picture that is larger than the stage; a smaller one stays in the middle. */
function kept({ scale, x, y }: View, { width, height, margin = 0 }: Stage, picture: Size): View {
  const spareX = Math.max(0, (picture.width * scale - width) / 2 + margin);
  const spareY = Math.max(0, (picture.height * scale - height) / 2 + margin);
  return { scale, x: clamp(x, -spareX, spareX), y: clamp(y, -spareY, spareY) };
}

// Never -0: it would be another style than 0.
const clamp = (value: number, least: number, most: number) => Math.min(most, Math.max(least, value)) + 0;
