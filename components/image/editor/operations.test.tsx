import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  composed,
  type Operation,
  rectToPicture,
  type Turns,
  toPicture,
  toView,
  viewSize,
} from "./operations";

const size = { width: 400, height: 300 };
const blackout: Operation = { type: "blackout", rect: { x: 10, y: 20, width: 30, height: 40 } };

describe("operations together", () => {
  test("none leave the picture as it is", () => {
    expect(composed([], size)).toEqual({ crop: { x: 0, y: 0, ...size }, turns: 0, marks: [] });
  });

  test("quarter turns add up, and swap the edges", () => {
    const right: Operation = { type: "rotate", by: 1 };
    const left: Operation = { type: "rotate", by: -1 };
    expect(composed([right, right, right], size).turns).toBe(3);
    expect(composed([left], size).turns).toBe(3);
    expect(composed([right, right, right, right], size).turns).toBe(0);
    expect(viewSize(composed([right], size))).toEqual({ width: 300, height: 400 });
  });

  test("a crop keeps the marks, wherever they are", () => {
    const crop: Operation = { type: "crop", rect: { x: 100, y: 100, width: 50, height: 60 } };
    const composition = composed([blackout, crop], size);
    expect(composition.marks).toEqual([blackout]);
    expect(viewSize(composition)).toEqual({ width: 50, height: 60 });
  });
});

describe("places", () => {
  test("after a turn to the right, the picture's upper left corner is the view's upper right one", () => {
    const composition = composed([{ type: "rotate", by: 1 }], size);
    expect(toView({ x: 0, y: 0 }, composition)).toEqual({ x: 300, y: 0 });
    expect(toPicture({ x: 300, y: 0 }, composition)).toEqual({ x: 0, y: 0 });
  });

  test("a place in the view and its place in the picture are the same, however it is cropped and turned", () => {
    const rect = fc.record({
      x: fc.integer({ min: 0, max: 200 }),
      y: fc.integer({ min: 0, max: 150 }),
      width: fc.integer({ min: 1, max: 200 }),
      height: fc.integer({ min: 1, max: 150 }),
    });
    const at = fc.record({ x: fc.integer({ min: 0, max: 150 }), y: fc.integer({ min: 0, max: 150 }) });
    fc.assert(
      fc.property(rect, fc.integer({ min: 0, max: 3 }), at, (crop, turns, point) => {
        const composition = { crop, turns: turns as Turns };
        expect(toView(toPicture(point, composition), composition)).toEqual(point);
      }),
    );
  });

  test("a region covers every pixel that it touches, and none outside of the picture", () => {
    const composition = composed([], size);
    const touched = rectToPicture({ x: 10.4, y: 20.6, width: 5.2, height: 5 }, composition);
    expect(touched).toEqual({ x: 10, y: 20, width: 6, height: 6 });
    const beyond = rectToPicture({ x: -5, y: 290, width: 1000, height: 50 }, composition);
    expect(beyond).toEqual({ x: 0, y: 290, width: 400, height: 10 });
  });
});
