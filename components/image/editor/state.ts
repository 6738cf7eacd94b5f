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
import { type Composition, composed, type Operation, type Point, type Size, viewSize } from "./operations";

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
  style: Style;
  said: Said | null;
}

export type Action =
  | { type: "choose"; tool: Tool }
  /** Presses onto the picture and draws there; the finger lifts with `release`. */
  | { type: "press"; at: Point }
  | { type: "drag"; from: Point; to: Point }
  | { type: "release" }
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
    return saying({ ...state, tool: action.tool, draft: begun(action.tool, view) }, `tool.${action.tool}`);
  }
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
  if (action.type === "release") return released(state, draft);
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

/** A line, an arrow or a black field drawn with one stroke is meant; a crop may still be moved, a text written. */
function released(state: EditorState, draft: Draft): EditorState {
  if (draft.tool === "text") return placed(state);
  const { width, height } = boxOf(draft);
  // A press without a stroke: a slip, except where a point is a mark.
  if (draft.tool !== "draw" && width < 3 && height < 3) {
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

const rounded = ({ width, height }: Size) => ({ width: Math.round(width), height: Math.round(height) });

const saying = (state: EditorState, key: string, values: Said["values"] = {}): EditorState => ({
  ...state,
  said: { key, values, count: (state.said?.count ?? 0) + 1 },
});
