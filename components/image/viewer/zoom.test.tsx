import { describe, expect, test } from "vitest";
import { fitted, isZoomed, panned, refitted, toggled, zoomed } from "./zoom";

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
