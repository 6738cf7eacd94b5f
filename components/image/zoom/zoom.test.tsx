import { describe, expect, test } from "vitest";
import {
  cornerOf,
  fitted,
  isZoomed,
  panned,
  placeOf,
  refitted,
  revealed,
  seen,
  toggled,
  zoomed,
} from "./zoom";

const stage = { width: 1000, height: 800 };
const large = { width: 2000, height: 1000 };
const small = { width: 100, height: 50 };
const CENTRE = { x: 0, y: 0 };

test("a large picture is fitted, a small one stays as large as it is", () => {
  expect(fitted(stage, large)).toEqual({ scale: 0.5, x: 0, y: 0 });
  expect(fitted(stage, small)).toEqual({ scale: 1, x: 0, y: 0 });
});

describe("zooming", () => {
  test("what is under the pointer stays there", () => {
    const at = { x: 300, y: -100 };
    const before = fitted(stage, large);
    const view = zoomed(before, 3, at, stage, large);
    const pointIn = ({ x, y, scale }: typeof view) => [(at.x - x) / scale, (at.y - y) / scale];
    expect(view.scale).toBe(1.5);
    expect(pointIn(view)).toEqual(pointIn(before));
  });

  test("ends at the fit and at eight screen pixels a pixel", () => {
    const fit = fitted(stage, large);
    expect(zoomed(fit, 0.1, CENTRE, stage, large)).toEqual(fit);
    expect(zoomed(fit, 1000, CENTRE, stage, large).scale).toBe(8);
  });

  test("back to the fit, the picture is in the middle again", () => {
    const away = panned(
      zoomed(fitted(stage, large), 4, CENTRE, stage, large),
      { x: 900, y: 300 },
      stage,
      large,
    );
    expect(zoomed(away, 0.01, { x: 400, y: 300 }, stage, large)).toEqual(fitted(stage, large));
  });

  test("a double press goes to the picture's own pixels and back; a small picture gets twice as large", () => {
    const near = toggled(fitted(stage, large), CENTRE, stage, large);
    expect(near.scale).toBe(1);
    expect(toggled(near, CENTRE, stage, large)).toEqual(fitted(stage, large));
    expect(toggled(fitted(stage, small), CENTRE, stage, small).scale).toBe(2);
  });
});

describe("panning", () => {
  test("ends where the picture ends", () => {
    const near = zoomed(fitted(stage, large), 2, CENTRE, stage, large);
    expect(panned(near, { x: 9999, y: -9999 }, stage, large)).toEqual({ scale: 1, x: 500, y: -100 });
  });

  test("a fitted picture does not move", () => {
    expect(panned(fitted(stage, large), { x: 50, y: 50 }, stage, large)).toEqual(fitted(stage, large));
  });
});

test("a turned telephone fits the picture anew, unless it is zoomed", () => {
  const turned = { width: 800, height: 1000 };
  expect(refitted(fitted(stage, large), stage, turned, large)).toEqual(fitted(turned, large));
  const near = zoomed(fitted(stage, large), 3, CENTRE, stage, large);
  expect(refitted(near, stage, turned, large).scale).toBe(near.scale);
  expect(isZoomed(near, stage, large)).toBe(true);
});

describe("with room around", () => {
  const framed = { ...stage, margin: 50, largestFit: 6 };

  test("the fit leaves the room, and a small picture is shown larger", () => {
    expect(fitted(framed, large).scale).toBe(0.45);
    expect(fitted(framed, small).scale).toBe(6);
    expect(zoomed(fitted(framed, small), 99, CENTRE, framed, small).scale).toBe(9);
  });

  test("panning goes on until the room is to be seen", () => {
    const near = zoomed(fitted(framed, large), 2 / 0.9, CENTRE, framed, large);
    const end = panned(near, { x: 9999, y: 9999 }, framed, large);
    expect(cornerOf(end, framed, large)).toEqual({ x: 50, y: 50 });
  });

  test("what is hidden is brought into sight by the shortest way; what is in sight stays", () => {
    const near = zoomed(fitted(framed, large), 4 / 0.9, CENTRE, framed, large);
    const part = { x: 1500, y: 500, width: 100, height: 50 };
    const shown = revealed(near, part, framed, large);
    const corner = cornerOf(shown, framed, large);
    expect(corner.x + 1600 * shown.scale).toBeCloseTo(stage.width - 50);
    expect(shown.y).toBe(near.y);
    expect(revealed(shown, part, framed, large)).toEqual(shown);
    expect(revealed(near, { x: 0, y: 500, width: 2000, height: 10 }, framed, large)).toEqual(near);
  });
});

describe("what is to be seen", () => {
  test("is all of a fitted picture, and as much of a larger one as the stage holds", () => {
    expect(seen(fitted(stage, large), stage, large)).toEqual({ x: 0, y: 0, ...large });
    const near = zoomed(fitted(stage, large), 4, CENTRE, stage, large);
    expect(seen(near, stage, large)).toEqual({ x: 750, y: 300, width: 500, height: 400 });
    const end = panned(near, { x: -9999, y: 0 }, stage, large);
    expect(seen(end, stage, large)).toEqual({ x: 1500, y: 300, width: 500, height: 400 });
  });

  test("a point keeps its place when the picture is zoomed around it", () => {
    const point = { x: 1200, y: 300 };
    const before = fitted(stage, large);
    const at = placeOf(before, point, large);
    const after = placeOf(zoomed(before, 3, at, stage, large), point, large);
    expect(after.x).toBeCloseTo(at.x);
    expect(after.y).toBeCloseTo(at.y);
  });
});
