/** Edge of one square image token in pixels: patch size 14, merged 2 x 2. */
export const PATCH = 28;
/** Longest edge in pixels that the model sees; larger pictures are scaled down to it. */
export const MAX_EDGE = 1540;

export type ImageGrid = {
  /** Image tokens per row, without the row's break token. */
  cols: number;
  rows: number;
  /** What the picture costs as input, row breaks included. */
  tokens: number;
  /** Pixel size to send: the picture's own up to MAX_EDGE, else exactly PATCH * cols x PATCH * rows. */
  width: number;
  height: number;
};

/**
 * The grid of tokens that Mistral Small 3.1 makes of a picture of `width` x `height` pixels, measured
 * upright (EXIF orientation applied), and the size in which sending it loses nothing the model could see:
 * a larger picture drawn whole onto that size makes the server's own resize the identity.
 *
 * Source: `ImageEncoder._image_to_num_tokens` of mistral-common (image_patch_size 14, spatial_merge_size 2,
 * max_image_size 1540), which vLLM calls too. A row is `cols` x [IMG] and one [IMG_BREAK] ([IMG_END] on
 * the last row), hence `rows * (cols + 1)`.
 *
 * Throws a RangeError when an edge is not a whole number above 0, or when it would round to 0
 * (an aspect ratio beyond about 1540:1, which the server refuses).
 */
export function imageGrid(width: number, height: number): ImageGrid {
  if (!isPixelCount(width) || !isPixelCount(height)) {
    throw new RangeError(`An image cannot measure ${width} x ${height} pixels.`);
  }
  const ratio = Math.max(height / MAX_EDGE, width / MAX_EDGE);
  const scaledWidth = ratio > 1 ? roundHalfEven(width / ratio) : width;
  const scaledHeight = ratio > 1 ? roundHalfEven(height / ratio) : height;
  if (scaledWidth === 0 || scaledHeight === 0) {
    throw new RangeError(`An image of ${width} x ${height} pixels is too narrow to be seen.`);
  }
  const cols = Math.floor((scaledWidth - 1) / PATCH) + 1;
  const rows = Math.floor((scaledHeight - 1) / PATCH) + 1;
  const send = ratio > 1 ? { width: PATCH * cols, height: PATCH * rows } : { width, height };
  return { cols, rows, tokens: rows * (cols + 1), ...send };
}

function isPixelCount(edge: number): boolean {
  return Number.isSafeInteger(edge) && edge > 0;
}

/** Python's `round`: a half goes to the even neighbour, where Math.round would go up. */
function roundHalfEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  if (rest === 0.5) return floor % 2 === 0 ? floor : floor + 1;
  return rest < 0.5 ? floor : floor + 1;
}
