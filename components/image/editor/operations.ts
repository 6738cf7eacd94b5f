export interface Point {
  x: number;
  y: number;
}

export interface Size {
  width: number;
  height: number;
}

export interface Rect extends Point, Size {}

/** Something put onto the picture. Pixels of the picture as it was opened, upright; widths in them too. */
export type Mark =
  | { type: "blackout"; rect: Rect }
  | { type: "draw"; points: Point[]; colour: string; width: number }
  | { type: "arrow"; from: Point; to: Point; colour: string; width: number }
  /** `at` is the middle of the text; `turns` how the picture lay when it was written, so that it stays upright then. */
  | { type: "text"; at: Point; text: string; colour: string; height: number; turns: Turns };

/** One step of editing, in the order made. `by`: quarter turns, 1 to the right. */
export type Operation = Mark | { type: "rotate"; by: 1 | -1 } | { type: "crop"; rect: Rect };

/** Quarter turns to the right. */
export type Turns = 0 | 1 | 2 | 3;

/** What all operations make together: a part of the picture, turned, with marks on it. */
export interface Composition {
  crop: Rect;
  turns: Turns;
  marks: Mark[];
}

/** Applies the operations to a picture of that size. */
export function composed(operations: readonly Operation[], size: Size): Composition {
  let crop: Rect = { x: 0, y: 0, ...size };
  let turns: Turns = 0;
  const marks: Mark[] = [];
  for (const operation of operations) {
    if (operation.type === "rotate") turns = turned(turns, operation.by);
    else if (operation.type === "crop") crop = operation.rect;
    else marks.push(operation);
  }
  return { crop, turns, marks };
}

export const turned = (turns: Turns, by: number): Turns => ((((turns + by) % 4) + 4) % 4) as Turns;

/** The size of what is to be seen. */
export const viewSize = ({ crop, turns }: Pick<Composition, "crop" | "turns">): Size =>
  turns % 2 === 0 ? { width: crop.width, height: crop.height } : { width: crop.height, height: crop.width };

/** The matrix (a, b, c, d, e, f of a canvas) from the picture's pixels to those of the view. */
export function viewMatrix({ crop, turns }: Pick<Composition, "crop" | "turns">): Matrix {
  const { x, y, width, height } = crop;
  if (turns === 1) return [0, 1, -1, 0, y + height, -x];
  if (turns === 2) return [-1, 0, 0, -1, x + width, y + height];
  if (turns === 3) return [0, -1, 1, 0, -y, x + width];
  return [1, 0, 0, 1, -x, -y];
}

export type Matrix = [a: number, b: number, c: number, d: number, e: number, f: number];

/** A point of the view as one of the picture. */
export function toPicture(point: Point, composition: Pick<Composition, "crop" | "turns">): Point {
  const [a, b, c, d, e, f] = viewMatrix(composition);
  const x = point.x - e;
  const y = point.y - f;
  // Turning has the determinant 1.
  return { x: d * x - c * y + 0, y: a * y - b * x + 0 };
}

/** A point of the picture as one of the view. */
export function toView({ x, y }: Point, composition: Pick<Composition, "crop" | "turns">): Point {
  const [a, b, c, d, e, f] = viewMatrix(composition);
  return { x: a * x + c * y + e, y: b * x + d * y + f };
}

/** A rectangle of the view as one of the picture: whole pixels, at least what was chosen, and within the picture. */
export function rectToPicture(rect: Rect, composition: Pick<Composition, "crop" | "turns">): Rect {
  const one = toPicture(rect, composition);
  const other = toPicture({ x: rect.x + rect.width, y: rect.y + rect.height }, composition);
  const { crop } = composition;
  const left = Math.max(crop.x, Math.floor(Math.min(one.x, other.x)));
  const top = Math.max(crop.y, Math.floor(Math.min(one.y, other.y)));
  const right = Math.min(crop.x + crop.width, Math.ceil(Math.max(one.x, other.x)));
  const bottom = Math.min(crop.y + crop.height, Math.ceil(Math.max(one.y, other.y)));
  return { x: left, y: top, width: Math.max(1, right - left), height: Math.max(1, bottom - top) };
}
