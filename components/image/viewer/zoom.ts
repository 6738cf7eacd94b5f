/** Pixels of the screen (CSS) or of the picture. */
export interface Size {
  width: number;
  height: number;
}

/** Where a picture lies on its stage: screen pixels per picture pixel, and its centre from the stage's centre. */
export interface View {
  scale: number;
  x: number;
  y: number;
}

interface Point {
  x: number;
  y: number;
}

/** One press of a key or a button. */
export const STEP = 1.5;
/** A picture's pixel is at most this large on the screen. */
const LARGEST = 8;

/** The scale in which all of the picture is to be seen; a small one stays as large as it is. */
export const fittedScale = (stage: Size, picture: Size): number =>
  Math.min(1, stage.width / picture.width, stage.height / picture.height);

export const fitted = (stage: Size, picture: Size): View => ({
  scale: fittedScale(stage, picture),
  x: 0,
  y: 0,
});

/** Larger than it was fitted, so that there is something to pan. */
export const isZoomed = (view: View, stage: Size, picture: Size): boolean =>
  view.scale > fittedScale(stage, picture) * 1.001;

/** Zoomed by a factor around a point of the stage, measured from its centre: what is there stays there. */
export function zoomed(view: View, factor: number, at: Point, stage: Size, picture: Size): View {
  const least = fittedScale(stage, picture);
  const scale = clamp(view.scale * factor, least, Math.max(LARGEST, least));
  const by = scale / view.scale;
  return kept({ scale, x: at.x - (at.x - view.x) * by, y: at.y - (at.y - view.y) * by }, stage, picture);
}

/** Moved by so many screen pixels, as far as there is picture. */
export const panned = (view: View, by: Point, stage: Size, picture: Size): View =>
  kept({ ...view, x: view.x + by.x, y: view.y + by.y }, stage, picture);

/** What a double click does: to the picture's own pixels, or twice the fit where those are no larger, and back. */
export function toggled(view: View, at: Point, stage: Size, picture: Size): View {
  if (isZoomed(view, stage, picture)) return fitted(stage, picture);
  const least = fittedScale(stage, picture);
  return zoomed(view, (least < 0.7 ? 1 : least * 2) / view.scale, at, stage, picture);
}

/** After the stage has changed its size. */
export const refitted = (view: View, before: Size, stage: Size, picture: Size): View =>
  isZoomed(view, before, picture) ? zoomed(view, 1, { x: 0, y: 0 }, stage, picture) : fitted(stage, picture);

/** No emptiness beside a picture that is larger than the stage; a smaller one stays in the middle. */
function kept({ scale, x, y }: View, stage: Size, picture: Size): View {
  const spareX = Math.max(0, (picture.width * scale - stage.width) / 2);
  const spareY = Math.max(0, (picture.height * scale - stage.height) / 2);
  return { scale, x: clamp(x, -spareX, spareX), y: clamp(y, -spareY, spareY) };
}

// Never -0: it would be another style than 0.
const clamp = (value: number, least: number, most: number) => Math.min(most, Math.max(least, value)) + 0;
