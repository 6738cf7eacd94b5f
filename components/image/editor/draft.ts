import {
  type Composition,
  type Operation,
  type Point,
  type Rect,
  rectToPicture,
  type Size,
  toPicture,
  viewSize,
} from "./operations";

export const TOOLS = ["crop", "blackout", "draw", "arrow", "text"] as const;
export type Tool = (typeof TOOLS)[number];

/** What is being placed, not applied yet. Pixels of the view. */
export type Draft =
  | { tool: "crop"; rect: Rect }
  | { tool: "blackout"; rect: Rect }
  | { tool: "draw"; points: Point[]; pen: Point; down: boolean }
  | { tool: "arrow"; from: Point; to: Point }
  | { tool: "text"; at: Point; text: string };

export interface Style {
  colour: string;
  /** "small" | "medium" | "large", as a share of the view's longer edge. */
  weight: keyof typeof WEIGHTS;
}

/** Width of lines, and height of letters ten times that. */
export const WEIGHTS = { small: 0.003, medium: 0.006, large: 0.012 };
export const COLOURS = ["#d92d20", "#f5b301", "#0e7c86", "#111827", "#ffffff"] as const;

/** Smallest edge of a region, pixels of the view. */
export const LEAST = 8;

/** Where a tool begins that is chosen with a key or a button: in the middle of what is seen, a crop with everything. */
export function begun(tool: Tool, view: Size, seen: Rect = { x: 0, y: 0, ...view }): Draft {
  const middle = { x: Math.round(seen.x + seen.width / 2), y: Math.round(seen.y + seen.height / 2) };
  if (tool === "crop") return { tool, rect: { x: 0, y: 0, ...view } };
  if (tool === "blackout") return { tool, rect: part(seen, 0.375, 0.25) };
  if (tool === "draw") return { tool, points: [], pen: middle, down: false };
  if (tool === "text") return { tool, at: middle, text: "" };
  const { x, y, width, height } = part(seen, 0.4, 0.2);
  return { tool, from: { x, y: y + height }, to: { x: x + width, y } };
}

/** Where a tool begins that is pressed onto the picture. */
export function begunAt(tool: Tool, at: Point, text = ""): Draft {
  if (tool === "crop" || tool === "blackout") return { tool, rect: { ...at, width: 0, height: 0 } };
  if (tool === "draw") return { tool, points: [at], pen: at, down: true };
  if (tool === "text") return { tool, at, text };
  return { tool, from: at, to: at };
}

/** Drawn out from where it began to here. */
export function drawnTo(draft: Draft, from: Point, to: Point, view: Size): Draft {
  const at = within(to, view);
  if (draft.tool === "crop" || draft.tool === "blackout") return { ...draft, rect: between(from, at) };
  if (draft.tool === "draw") return { ...draft, points: [...draft.points, at], pen: at };
  if (draft.tool === "text") return { ...draft, at };
  return { ...draft, to: at };
}

/** Moved as a whole, as far as the view goes. A lowered pen draws. */
export function moved(draft: Draft, by: Point, view: Size): Draft {
  if (draft.tool === "draw") {
    const pen = within(plus(draft.pen, by), view);
    return { ...draft, pen, points: draft.down ? [...draft.points, pen] : draft.points };
  }
  if (draft.tool === "text") return { ...draft, at: within(plus(draft.at, by), view) };
  if (draft.tool === "arrow") {
    const box = between(draft.from, draft.to);
    const step = {
      x: inRoom(by.x, box.x, box.width, view.width),
      y: inRoom(by.y, box.y, box.height, view.height),
    };
    return { ...draft, from: plus(draft.from, step), to: plus(draft.to, step) };
  }
  const { rect } = draft;
  const x = rect.x + inRoom(by.x, rect.x, rect.width, view.width);
  const y = rect.y + inRoom(by.y, rect.y, rect.height, view.height);
  return { ...draft, rect: { ...rect, x, y } };
}

/** The corner or edge of a region, or the end of an arrow, that is pulled. */
export type Grip = { x: -1 | 0 | 1; y: -1 | 0 | 1 };
export const FAR_CORNER: Grip = { x: 1, y: 1 };

/** Made larger or smaller at a grip; an arrow's point moves. */
export function resized(draft: Draft, by: Point, view: Size, grip: Grip = FAR_CORNER): Draft {
  if (draft.tool === "arrow") return { ...draft, to: within(plus(draft.to, by), view) };
  if (draft.tool === "draw" || draft.tool === "text") return moved(draft, by, view);
  const { x, y, width, height } = draft.rect;
  const [left, wide] = pulled(x, width, by.x, grip.x, view.width);
  const [top, high] = pulled(y, height, by.y, grip.y, view.height);
  return { ...draft, rect: { x: left, y: top, width: wide, height: high } };
}

/** The operation that it becomes; null when it is too small to mean anything. */
export function operationOf(draft: Draft, style: Style, composition: Composition): Operation | null {
  const view = viewSize(composition);
  const longer = Math.max(view.width, view.height);
  const width = Math.max(1, longer * WEIGHTS[style.weight]);
  const { colour } = style;
  if (draft.tool === "crop" || draft.tool === "blackout") {
    const { rect } = draft;
    if (rect.width < 1 || rect.height < 1) return null;
    const whole = rect.width >= view.width && rect.height >= view.height;
    if (draft.tool === "crop" && whole) return null;
    return { type: draft.tool, rect: rectToPicture(rect, composition) };
  }
  if (draft.tool === "draw") {
    if (draft.points.length === 0) return null;
    return { type: "draw", points: draft.points.map((at) => toPicture(at, composition)), colour, width };
  }
  if (draft.tool === "text") {
    if (draft.text.trim() === "") return null;
    const { turns } = composition;
    return {
      type: "text",
      at: toPicture(draft.at, composition),
      text: draft.text.trim(),
      colour,
      height: width * 8,
      turns,
    };
  }
  if (Math.hypot(draft.to.x - draft.from.x, draft.to.y - draft.from.y) < LEAST) return null;
  const [from, to] = [toPicture(draft.from, composition), toPicture(draft.to, composition)];
  return { type: "arrow", from, to, colour, width };
}

/** The box around it, pixels of the view. */
export function boxOf(draft: Draft): Rect {
  if (draft.tool === "crop" || draft.tool === "blackout") return draft.rect;
  if (draft.tool === "arrow") return between(draft.from, draft.to);
  const { x, y } = draft.tool === "draw" ? draft.pen : draft.at;
  return { x, y, width: 0, height: 0 };
}

function part(of: Rect, least: number, share: number): Rect {
  const x = Math.round(of.x + of.width * least);
  const y = Math.round(of.y + of.height * least);
  return { x, y, width: Math.round(of.width * share), height: Math.round(of.height * share) };
}

/** How far it can move by there. */
const inRoom = (by: number, at: number, length: number, room: number) =>
  clamp(by, -at, Math.max(-at, room - length - at));

/** Start and length of an edge pulled at its beginning (-1), its end (1) or not at all (0). */
function pulled(at: number, length: number, by: number, grip: number, room: number): [number, number] {
  const least = Math.min(LEAST, room);
  if (grip === 0) return [at, length];
  if (grip > 0) return [at, clamp(length + by, least, room - at)];
  const start = clamp(at + by, 0, at + length - least);
  return [start, at + length - start];
}

const plus = (a: Point, b: Point): Point => ({ x: a.x + b.x, y: a.y + b.y });

const within = ({ x, y }: Point, { width, height }: Size): Point => ({
  x: clamp(x, 0, width),
  y: clamp(y, 0, height),
});

const between = (a: Point, b: Point): Rect => ({
  x: Math.min(a.x, b.x),
  y: Math.min(a.y, b.y),
  width: Math.abs(a.x - b.x),
  height: Math.abs(a.y - b.y),
});

const clamp = (value: number, least: number, most: number) => Math.max(least, Math.min(most, value));
