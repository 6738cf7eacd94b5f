import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { imageGrid, MAX_EDGE, PATCH } from "./tokens";

describe("the provider's own examples", () => {
  test.each([
    [1540, 1540, 55, 55, 3080],
    [4000, 3000, 55, 42, 2352],
    [1920, 1080, 55, 31, 1736],
    [800, 600, 29, 22, 660],
    [512, 512, 19, 19, 380],
    [64, 64, 3, 3, 12],
  ])("%i x %i is %i x %i patches and %i tokens", (width, height, cols, rows, tokens) => {
    expect(imageGrid(width, height)).toMatchObject({ cols, rows, tokens });
  });
});

test("a picture that fits keeps its pixels", () => {
  expect(imageGrid(800, 600)).toMatchObject({ width: 800, height: 600 });
  expect(imageGrid(1540, 1)).toMatchObject({ width: 1540, height: 1 });
});

test("a larger picture is sent on whole patches", () => {
  expect(imageGrid(4000, 3000)).toMatchObject({ width: 1540, height: 1176 });
  expect(imageGrid(1541, 1541)).toMatchObject({ width: 1540, height: 1540 });
});

test("a half rounds to the even neighbour, as in Python", () => {
  // 3080 x 113: ratio 2, and 56.5 rounds to 56 (2 rows), where Math.round would give 57 (3 rows).
  expect(imageGrid(3080, 113).rows).toBe(2);
  // 3080 x 115: 57.5 rounds to 58.
  expect(imageGrid(3080, 115).rows).toBe(3);
});

test.each([
  [0, 10],
  [10, -1],
  [Number.NaN, 10],
  [10, Number.POSITIVE_INFINITY],
  [10.5, 10],
])("%d x %d is not a size", (width, height) => {
  expect(() => imageGrid(width, height)).toThrow(RangeError);
});

test("an aspect ratio whose edge rounds to 0 is refused", () => {
  expect(() => imageGrid(3080, 1)).toThrow(RangeError);
  expect(() => imageGrid(1, 100_000)).toThrow(RangeError);
  expect(imageGrid(3079, 1)).toMatchObject({ rows: 1 });
});

describe("for any picture", () => {
  const edge = fc.integer({ min: 1, max: 40_000 });
  const picture = fc.tuple(edge, edge).filter(([w, h]) => Math.max(w, h) / Math.min(w, h) < 2 * MAX_EDGE);

  test("it costs between 2 and 3080 tokens and fits the longest edge", () => {
    fc.assert(
      fc.property(picture, ([w, h]) => {
        const grid = imageGrid(w, h);
        expect(grid.tokens).toBeGreaterThanOrEqual(2);
        expect(grid.tokens).toBeLessThanOrEqual(3080);
        expect(Math.max(grid.width, grid.height)).toBeLessThanOrEqual(MAX_EDGE);
      }),
    );
  });

  test("what is sent makes the same grid again", () => {
    fc.assert(
      fc.property(picture, ([w, h]) => {
        const grid = imageGrid(w, h);
        expect(imageGrid(grid.width, grid.height)).toEqual(grid);
      }),
    );
  });

  test("turning it by 90 degrees swaps columns and rows", () => {
    fc.assert(
      fc.property(picture, ([w, h]) => {
        const { cols, rows } = imageGrid(w, h);
        expect(imageGrid(h, w)).toMatchObject({ cols: rows, rows: cols });
        expect(cols * PATCH).toBeLessThan(w + PATCH);
      }),
    );
  });
});
