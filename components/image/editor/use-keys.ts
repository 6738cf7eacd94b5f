import { type Dispatch, type KeyboardEvent, type RefObject, useLayoutEffect } from "react";
import { flushSync } from "react-dom";
import type { Tool } from "./draft";
import { viewSize } from "./operations";
import { type Action, compositionOf, type EditorState } from "./state";

/** The letter of each tool and turn; the same in every language, as they are shown on the buttons. */
export const LETTERS: Record<Tool | "left" | "right", string> = {
  crop: "c",
  blackout: "b",
  draw: "d",
  arrow: "a",
  text: "t",
  left: "l",
  right: "r",
};

const DIRECTIONS: Record<string, readonly [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/**
 * Letters choose, arrows move what is being placed (with Shift its size, with Alt by a pixel), Space lowers the
 * pen, Enter applies, Esc gives up: first what is being placed, then the editor.
 */
export function useKeys(
  root: RefObject<HTMLElement | null>,
  state: EditorState,
  dispatch: Dispatch<Action>,
  onLeave: () => void,
): (event: KeyboardEvent) => void {
  return (event) => {
    const handled =
      event.ctrlKey || event.metaKey ? history(event, dispatch) : key(event, root, state, dispatch, onLeave);
    if (handled) event.preventDefault();
  };
}

function history(event: KeyboardEvent, dispatch: Dispatch<Action>): boolean {
  const letter = event.key.toLowerCase();
  // The text field has its own past.
  if (event.target instanceof HTMLInputElement || (letter !== "z" && letter !== "y")) return false;
  dispatch({ type: letter === "y" || event.shiftKey ? "redo" : "undo" });
  return true;
}

function key(
  event: KeyboardEvent,
  root: RefObject<HTMLElement | null>,
  state: EditorState,
  dispatch: Dispatch<Action>,
  onLeave: () => void,
): boolean {
  if (event.nativeEvent.isComposing) return false;
  if (event.key === "Escape") {
    if (state.draft && !isWholeCrop(state)) dispatch({ type: "discard" });
    else onLeave();
    return true;
  }
  const typing = event.target instanceof HTMLInputElement;
  const onButton = event.target instanceof HTMLButtonElement;
  if (event.key === "Enter" && !onButton && state.draft) {
    dispatch({ type: "apply" });
    return true;
  }
  if (typing) return false;
  const direction = DIRECTIONS[event.key];
  if (direction) return move(event, direction, state, dispatch);
  if (event.key === " " && !onButton && state.draft?.tool === "draw") {
    dispatch({ type: "pen" });
    return true;
  }
  return choose(event.key.toLowerCase(), root, dispatch);
}

function move(
  { shiftKey, altKey }: KeyboardEvent,
  [x, y]: readonly [number, number],
  state: EditorState,
  dispatch: Dispatch<Action>,
): boolean {
  const { width, height } = viewSize(compositionOf(state));
  const step = altKey ? 1 : Math.max(1, Math.round(Math.max(width, height) / 50));
  const by = { x: x * step, y: y * step };
  if (!state.draft) dispatch({ type: "choose", tool: state.tool });
  else dispatch({ type: shiftKey ? "resize" : "move", by });
  return true;
}

function choose(letter: string, root: RefObject<HTMLElement | null>, dispatch: Dispatch<Action>): boolean {
  const found = Object.entries(LETTERS).find(([, own]) => own === letter)?.[0] as
    | keyof typeof LETTERS
    | undefined;
  if (!found) return false;
  if (found === "left" || found === "right") dispatch({ type: "rotate", by: found === "left" ? -1 : 1 });
  else chooseTool(root, dispatch, found);
  return true;
}

/** Chooses a tool and goes where its keys are heard, at once: the next letter may be meant for the text. */
export function chooseTool(
  root: RefObject<HTMLElement | null>,
  dispatch: Dispatch<Action>,
  tool: Tool,
): void {
  flushSync(() => dispatch({ type: "choose", tool }));
  focusOn(root, tool === "text" ? "text" : "region");
}

const focusOn = (root: RefObject<HTMLElement | null>, what: "region" | "text"): void =>
  root.current?.querySelector<HTMLElement>(`[data-editor-${what}]`)?.focus();

/** What has the focus may go away, as a region does when it is applied; the keys are heard all the same. */
export function useKeptFocus(root: RefObject<HTMLElement | null>): void {
  useLayoutEffect(() => {
    if (!root.current?.contains(document.activeElement)) root.current?.focus({ preventScroll: true });
  });
}

function isWholeCrop({ draft, ...state }: EditorState): boolean {
  const view = viewSize(compositionOf(state));
  return draft?.tool === "crop" && draft.rect.width >= view.width && draft.rect.height >= view.height;
}
