import type { Point } from "./zoom";

/** What a finger's way says while another one rests. Screen pixels. */
export interface Pinch {
  /** How far the middle went: half of the finger's own way. */
  by: Point;
  /** How much further apart they are. */
  factor: number;
  middle: Point;
}

export const pinched = (before: Point, now: Point, other: Point): Pinch => ({
  by: { x: (now.x - before.x) / 2, y: (now.y - before.y) / 2 },
  factor: between(now, other) / between(before, other),
  middle: { x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 },
});

export const between = (a: Point, b: Point): number => Math.max(1, Math.hypot(a.x - b.x, a.y - b.y));

export const pointOf = ({ clientX, clientY }: { clientX: number; clientY: number }): Point => ({
  x: clientX,
  y: clientY,
});

/** A place in the window as one from the middle of the stage. */
export function fromCentre(stage: HTMLElement, { x, y }: Point): Point {
  const box = stage.getBoundingClientRect();
  return { x: x - box.left - box.width / 2, y: y - box.top - box.height / 2 };
}
