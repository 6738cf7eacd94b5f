import type { Looking } from "../zoom/use-view";
import {
  begun,
  begunAt,
  boxOf,
  COLOURS,
  type Draft,
  drawnTo,
  type Grip,
  moved,
  operationOf,
  resized,
  type Style,
  type Tool,
} from "./draft";
import {
  type Composition,
  composed,
  type Operation,
  type Point,
  type Rect,
  type Size,
  viewSize,
} from "./operations";

/** What has just happened, for the live region: a sentence of the catalogue with its numbers. */
export interface Said {
  key: string;
  values: Record<string, number | string>;
  /** Grows, so that the same sentence is said again. */
  count: number;
}

export interface EditorState {
  /** Of the picture as it was opened. */
  size: Size;
  done: readonly Operation[];
  /** Undone, the last one first to come back. */
  undone: readonly Operation[];
  tool: Tool;
  draft: Draft | null;
  hand: boolean;
  style: Style;
  said: Said | null;
}

export type Action =
  /** `seen`: the part of the view that is to be seen; all of it unless told. */
  | { type: "choose"; tool: Tool; seen?: Rect }
  /** From now on, or no longer, pressing and arrow keys move the picture instead of drawing on it. */
  | { type: "hand" }
  /** Says what is to be seen after zooming or moving the picture. */
  | { type: "look"; at: Looking }
  /** Presses onto the picture and draws there; the finger lifts with `release`. */
  | { type: "press"; at: Point }
  | { type: "drag"; from: Point; to: Point }
  /** `scale`: screen pixels per pixel of the view, so that a slip is told from a small stroke; 1 unless told. */
  | { type: "release"; scale?: number }
  /** What was begun with a press was not meant: what was being placed before is back. */
  | { type: "revert"; draft: Draft | null }
  | { type: "move"; by: Point }
  | { type: "resize"; by: Point; grip?: Grip }
  | { type: "pen" }
  | { type: "text"; text: string }
  | { type: "style"; style: Partial<Style> }
  | { type: "apply" }
  | { type: "discard" }
  | { type: "rotate"; by: 1 | -1 }
  | { type: "undo" }
  | { type: "redo" };

export const opened = (size: Size): EditorState => ({
  size,
  done: [],
  undone: [],
  tool: "crop",
  draft: begun("crop", size),
  hand: false,
  style: { colour: COLOURS[0], weight: "medium" },
  said: null,
});

export const compositionOf = ({ done, size }: Pick<EditorState, "done" | "size">): Composition =>
  composed(done, size);

/** All that can happen to a picture in the editor. Pure. */
export function reduce(state: EditorState, action: Action): EditorState {
  const view = viewSize(compositionOf(state));
  const { draft } = state;
  if (action.type === "choose") {
    const { tool, seen } = action;
    return saying({ ...state, tool, hand: false, draft: begun(tool, view, seen) }, `tool.${tool}`);
  }
  if (action.type === "hand")
    return saying({ ...state, hand: !state.hand }, state.hand ? "handOff" : "handOn");
  if (action.type === "look") return looked(state, action.at);
  if (action.type === "revert") return { ...state, draft: action.draft };
  if (action.type === "style") return { ...state, style: { ...state.style, ...action.style } };
  if (action.type === "rotate") return rotated(state, action.by);
  if (action.type === "undo") return undone(state);
  if (action.type === "redo") return redone(state);
  if (action.type === "press") {
    const text = draft?.tool === "text" ? draft.text : "";
    return { ...state, draft: begunAt(state.tool, action.at, text) };
  }
  if (!draft) return state;
  if (action.type === "drag") return { ...state, draft: drawnTo(draft, action.from, action.to, view) };
  if (action.type === "release") return released(state, draft, action.scale);
  if (action.type === "move") return placed({ ...state, draft: moved(draft, action.by, view) });
  if (action.type === "resize")
    return placed({ ...state, draft: resized(draft, action.by, view, action.grip) });
  if (action.type === "pen") return lowered(state, draft);
  if (action.type === "text")
    return draft.tool === "text" ? { ...state, draft: { ...draft, text: action.text } } : state;
  if (action.type === "apply") return applied(state, draft);
  return saying({ ...state, draft: null }, "discarded");
}

/** All operations, with what is placed and not applied yet. */
export function finished(state: EditorState): readonly Operation[] {
  return (state.draft ? applied(state, state.draft) : state).done;
}

/** A stroke shorter than this is none, CSS pixels. */
const SLIP = 3;

/** A line, an arrow or a black field drawn with one stroke is meant; a crop may still be moved, a text written. */
function released(state: EditorState, draft: Draft, scale = 1): EditorState {
  if (draft.tool === "text") return placed(state);
  const { width, height } = boxOf(draft);
  // A press without a stroke: a slip, except where a point is a mark.
  if (draft.tool !== "draw" && Math.max(width, height) * scale < SLIP) {
    return { ...state, draft: draft.tool === "crop" ? begun("crop", viewSize(compositionOf(state))) : null };
  }
  return draft.tool === "crop" ? placed(state) : applied(state, draft);
}

function applied(state: EditorState, draft: Draft): EditorState {
  const operation = operationOf(draft, state.style, compositionOf(state));
  if (!operation) return { ...state, draft: null };
  const next = { ...state, done: [...state.done, operation], undone: [], draft: null };
  const { width, height } = operation.type === "crop" ? viewSize(compositionOf(next)) : boxOf(draft);
  return saying(next, `done.${operation.type}`, rounded({ width, height }));
}

function rotated(state: EditorState, by: 1 | -1): EditorState {
  const next = { ...state, done: [...state.done, { type: "rotate" as const, by }], undone: [], draft: null };
  const view = viewSize(compositionOf(next));
  const draft = state.tool === "crop" ? begun("crop", view) : null;
  return saying({ ...next, draft }, by === 1 ? "done.right" : "done.left", rounded(view));
}

function undone(state: EditorState): EditorState {
  const last = state.done.at(-1);
  if (!last) return saying(state, "nothingToUndo");
  const next = { ...state, done: state.done.slice(0, -1), undone: [...state.undone, last], draft: null };
  return saying(next, "undone", { step: last.type });
}

function redone(state: EditorState): EditorState {
  const last = state.undone.at(-1);
  if (!last) return saying(state, "nothingToRedo");
  const next = { ...state, done: [...state.done, last], undone: state.undone.slice(0, -1), draft: null };
  return saying(next, "redone", { step: last.type });
}

function lowered(state: EditorState, draft: Draft): EditorState {
  if (draft.tool !== "draw") return state;
  const down = !draft.down;
  const points = down ? [...draft.points, draft.pen] : draft.points;
  return saying({ ...state, draft: { ...draft, down, points } }, down ? "penDown" : "penUp");
}

/** Says where it is now. */
function placed(state: EditorState): EditorState {
  if (!state.draft) return state;
  const box = boxOf(state.draft);
  const area = state.draft.tool === "draw" || state.draft.tool === "text" ? "at" : "region";
  return saying(state, area, { ...rounded(box), x: Math.round(box.x), y: Math.round(box.y) });
}

function looked(state: EditorState, { scale, near, part }: Looking): EditorState {
  return saying(state, near ? "near" : "whole", { scale, ...part });
}

const rounded = ({ width, height }: Size) => ({ width: Math.round(width), height: Math.round(height) });

const saying = (state: EditorState, key: string, values: Said["values"] = {}): EditorState => ({
  ...state,
  said: { key, values, count: (state.said?.count ?? 0) + 1 },
});
