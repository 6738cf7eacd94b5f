import { describe, expect, test } from "vitest";
import { TOOLS } from "./draft";
import { viewSize } from "./operations";
import { type Action, compositionOf, type EditorState, finished, opened, reduce } from "./state";

const size = { width: 400, height: 300 };
const edited = (...actions: Action[]): EditorState => actions.reduce(reduce, opened(size));
const viewOf = (state: EditorState) => viewSize(compositionOf(state));

describe("by keyboard", () => {
  test("a crop begins with everything, is made smaller, moved and applied", () => {
    const state = edited(
      { type: "choose", tool: "crop" },
      { type: "resize", by: { x: -100, y: -100 } },
      { type: "move", by: { x: 60, y: 50 } },
      { type: "apply" },
    );
    expect(state.done).toEqual([{ type: "crop", rect: { x: 60, y: 50, width: 300, height: 200 } }]);
    expect(state.said).toMatchObject({ key: "done.crop", values: { width: 300, height: 200 } });
    expect(viewOf(state)).toEqual({ width: 300, height: 200 });
  });

  test("a region does not leave the picture, and never becomes nothing", () => {
    const state = edited(
      { type: "choose", tool: "blackout" },
      { type: "move", by: { x: 9999, y: -9999 } },
      { type: "resize", by: { x: -9999, y: -9999 } },
      { type: "apply" },
    );
    expect(state.done).toEqual([{ type: "blackout", rect: { x: 300, y: 0, width: 8, height: 8 } }]);
  });

  test("a pen draws only while it is lowered", () => {
    const state = edited(
      { type: "choose", tool: "draw" },
      { type: "move", by: { x: -50, y: 0 } },
      { type: "pen" },
      { type: "move", by: { x: 100, y: 0 } },
      { type: "pen" },
      { type: "move", by: { x: 0, y: 50 } },
      { type: "apply" },
    );
    expect(state.done).toMatchObject([
      {
        type: "draw",
        points: [
          { x: 150, y: 150 },
          { x: 250, y: 150 },
        ],
      },
    ]);
  });

  test("an arrow's point moves alone, or all of it", () => {
    const state = edited(
      { type: "choose", tool: "arrow" },
      { type: "resize", by: { x: 20, y: 0 } },
      { type: "move", by: { x: 0, y: 10 } },
      { type: "apply" },
    );
    expect(state.done).toMatchObject([{ type: "arrow", from: { x: 160, y: 190 }, to: { x: 260, y: 130 } }]);
  });

  test("a text is written, moved and placed; an empty one is nothing", () => {
    const state = edited(
      { type: "choose", tool: "text" },
      { type: "text", text: " Here " },
      { type: "move", by: { x: 0, y: -100 } },
      { type: "apply" },
    );
    expect(state.done).toMatchObject([{ type: "text", at: { x: 200, y: 50 }, text: "Here", turns: 0 }]);
    expect(edited({ type: "choose", tool: "text" }, { type: "apply" }).done).toEqual([]);
  });
});

describe("by mouse and touch", () => {
  test("a black field is meant when the finger lifts", () => {
    const from = { x: 20, y: 30 };
    const state = edited(
      { type: "choose", tool: "blackout" },
      { type: "press", at: from },
      { type: "drag", from, to: { x: 120, y: 90 } },
      { type: "release" },
    );
    expect(state.done).toEqual([{ type: "blackout", rect: { x: 20, y: 30, width: 100, height: 60 } }]);
  });

  test("a crop waits: its corners can be pulled first", () => {
    const from = { x: 20, y: 30 };
    const drawn = edited(
      { type: "press", at: from },
      { type: "drag", from, to: { x: 120, y: 90 } },
      { type: "release" },
      { type: "resize", by: { x: -10, y: -10 }, grip: { x: -1, y: -1 } },
    );
    expect(drawn.done).toEqual([]);
    expect(drawn.draft).toMatchObject({ rect: { x: 10, y: 20, width: 110, height: 70 } });
    expect(finished(drawn)).toEqual([{ type: "crop", rect: { x: 10, y: 20, width: 110, height: 70 } }]);
  });

  test("a slip of the finger is nothing", () => {
    for (const tool of ["crop", "blackout", "arrow"] as const) {
      const state = edited(
        { type: "choose", tool },
        { type: "press", at: { x: 5, y: 5 } },
        { type: "release" },
      );
      expect(finished(state)).toEqual([]);
    }
  });

  test("near, a stroke of two pixels of the picture is meant", () => {
    const from = { x: 20, y: 30 };
    const stroke: Action[] = [
      { type: "choose", tool: "blackout" },
      { type: "press", at: from },
      { type: "drag", from, to: { x: 22, y: 32 } },
    ];
    expect(edited(...stroke, { type: "release" }).done).toEqual([]);
    expect(edited(...stroke, { type: "release", scale: 8 }).done).toEqual([
      { type: "blackout", rect: { x: 20, y: 30, width: 2, height: 2 } },
    ]);
  });

  test("a stroke that becomes a pinch leaves what was being placed before", () => {
    const placing = edited({ type: "choose", tool: "text" }, { type: "text", text: "Here" });
    const pressed = reduce(placing, { type: "press", at: { x: 1, y: 1 } });
    expect(reduce(pressed, { type: "revert", draft: placing.draft })).toEqual(placing);
  });

  test("a text keeps its words when another place is pressed", () => {
    const state = edited(
      { type: "choose", tool: "text" },
      { type: "text", text: "Here" },
      { type: "press", at: { x: 40, y: 40 } },
      { type: "release" },
      { type: "apply" },
    );
    expect(state.done).toMatchObject([{ text: "Here", at: { x: 40, y: 40 } }]);
  });
});

describe("a turned picture", () => {
  test("is marked where it was seen to be", () => {
    const state = edited(
      { type: "rotate", by: 1 },
      { type: "choose", tool: "blackout" },
      { type: "press", at: { x: 290, y: 0 } },
      { type: "drag", from: { x: 290, y: 0 }, to: { x: 300, y: 20 } },
      { type: "release" },
    );
    // The upper right corner of the view is the upper left one of the picture.
    expect(state.done[1]).toEqual({ type: "blackout", rect: { x: 0, y: 0, width: 20, height: 10 } });
  });

  test("says its new size", () => {
    expect(edited({ type: "rotate", by: -1 }).said).toMatchObject({
      key: "done.left",
      values: { width: 300, height: 400 },
    });
  });
});

describe("near", () => {
  const seen = { x: 100, y: 80, width: 80, height: 40 };

  test("a tool begins in the middle of what is to be seen, a crop with everything", () => {
    expect(edited({ type: "choose", tool: "blackout", seen }).draft).toEqual({
      tool: "blackout",
      rect: { x: 130, y: 95, width: 20, height: 10 },
    });
    expect(edited({ type: "choose", tool: "draw", seen }).draft).toMatchObject({ pen: { x: 140, y: 100 } });
    expect(edited({ type: "choose", tool: "crop", seen }).draft).toMatchObject({
      rect: { x: 0, y: 0, ...size },
    });
  });

  test("what is to be seen is said", () => {
    const look = (near: boolean) => edited({ type: "look", at: { scale: 2, near, part: seen } }).said;
    expect(look(true)).toMatchObject({ key: "near", values: { scale: 2, ...seen } });
    expect(look(false)).toMatchObject({ key: "whole" });
  });

  test("a hand is put away by choosing a tool", () => {
    const held = edited({ type: "hand" });
    expect(held).toMatchObject({ hand: true, said: { key: "handOn" } });
    expect(reduce(held, { type: "hand" })).toMatchObject({ hand: false, said: { key: "handOff" } });
    expect(reduce(held, { type: "choose", tool: "arrow" }).hand).toBe(false);
  });
});

describe("going back", () => {
  const turned = edited({ type: "rotate", by: 1 }, { type: "rotate", by: 1 });

  test("one step and forth again", () => {
    const undone = reduce(turned, { type: "undo" });
    expect(undone.done).toHaveLength(1);
    expect(undone.said).toMatchObject({ key: "undone", values: { step: "rotate" } });
    expect(reduce(undone, { type: "redo" }).done).toEqual(turned.done);
  });

  test("something new leaves nothing to redo", () => {
    const next = reduce(reduce(turned, { type: "undo" }), { type: "rotate", by: -1 });
    expect(next.undone).toEqual([]);
  });

  test("where there is nothing, it is said", () => {
    expect(edited({ type: "undo" }).said?.key).toBe("nothingToUndo");
    expect(edited({ type: "redo" }).said?.key).toBe("nothingToRedo");
  });

  test("what is being placed is given up alone", () => {
    const state = reduce(reduce(turned, { type: "choose", tool: "arrow" }), { type: "discard" });
    expect(state.draft).toBeNull();
    expect(state.done).toEqual(turned.done);
  });
});

test("a picture that was only looked at is not changed", () => {
  expect(finished(opened(size))).toEqual([]);
});

test("each tool says itself", () => {
  for (const tool of TOOLS) expect(edited({ type: "choose", tool }).said?.key).toBe(`tool.${tool}`);
});
