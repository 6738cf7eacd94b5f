import { type Dispatch, type KeyboardEvent, type RefObject, useLayoutEffect } from "react";
import { flushSync } from "react-dom";
import { boxOf, type Draft, type Tool } from "./draft";
import { viewSize } from "./operations";
import { type Action, compositionOf, type EditorState, reduce } from "./state";
import type { Look } from "./use-look";

/** The letter of each tool and turn; the same in every language, as they are shown on the buttons. */
export const LETTERS: Record<Tool | "left" | "right" | "hand", string> = {
  crop: "c",
  blackout: "b",
  draw: "d",
  arrow: "a",
  text: "t",
  left: "l",
  right: "r",
  hand: "h",
};

const DIRECTIONS: Record<string, readonly [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/**
 * Letters choose, arrows move what is being placed (with Shift its size, with Alt by a pixel) or, by hand, the
 * picture; +, - and 0 zoom, Space lowers the pen, Enter applies, Esc gives up: first the hand, then what is being
 * placed, then the editor.
 */
export function useKeys(
  root: RefObject<HTMLElement | null>,
  state: EditorState,
  look: Look,
  dispatch: Dispatch<Action>,
  onLeave: () => void,
): (event: KeyboardEvent) => void {
  return (event) => {
    const handled =
      event.ctrlKey || event.metaKey
        ? history(event, dispatch)
        : key(event, root, state, look, dispatch, onLeave);
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
  look: Look,
  dispatch: Dispatch<Action>,
  onLeave: () => void,
): boolean {
  if (event.nativeEvent.isComposing) return false;
  if (event.key === "Escape") {
    if (state.hand) dispatch({ type: "hand" });
    else if (state.draft && !isWholeCrop(state)) dispatch({ type: "discard" });
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
  if (direction && state.hand) {
    look.steps.move(...direction);
    return true;
  }
  if (direction) return move(event, direction, state, look, dispatch);
  if (event.key === " " && !onButton && state.draft?.tool === "draw") {
    dispatch({ type: "pen" });
    return true;
  }
  return zoom(event.key, look) || choose(event.key.toLowerCase(), root, look, dispatch);
}

function zoom(key: string, { steps }: Look): boolean {
  if (key === "+" || key === "=") steps.in();
  else if (key === "-") steps.out();
  else if (key === "0") steps.fit();
  else return false;
  return true;
}

function move(
  { shiftKey, altKey }: KeyboardEvent,
  [x, y]: readonly [number, number],
  state: EditorState,
  look: Look,
  dispatch: Dispatch<Action>,
): boolean {
  // The nearer, the finer.
  const { width, height } = look.now().part;
  const step = altKey ? 1 : Math.max(1, Math.round(Math.max(width, height) / 50));
  const by = { x: x * step, y: y * step };
  const action: Action = state.draft
    ? { type: shiftKey ? "resize" : "move", by }
    : { type: "choose", tool: state.tool, seen: look.now().part };
  dispatch(action);
  follow(reduce(state, action).draft, shiftKey, look);
  return true;
}

/** What is moved with keys stays in sight: all of it, or the corner that is pulled. */
function follow(draft: Draft | null, pulled: boolean, look: Look): void {
  if (!draft) return;
  const { x, y, width, height } = boxOf(draft);
  const end = draft.tool === "arrow" ? draft.to : { x: x + width, y: y + height };
  look.reveal(pulled ? { ...end, width: 0, height: 0 } : { x, y, width, height });
}

function choose(
  letter: string,
  root: RefObject<HTMLElement | null>,
  look: Look,
  dispatch: Dispatch<Action>,
): boolean {
  const found = Object.entries(LETTERS).find(([, own]) => own === letter)?.[0] as
    | keyof typeof LETTERS
    | undefined;
  if (!found) return false;
  if (found === "left" || found === "right") dispatch({ type: "rotate", by: found === "left" ? -1 : 1 });
  else if (found === "hand") dispatch({ type: "hand" });
  else chooseTool(root, look, dispatch, found);
  return true;
}

/** Chooses a tool and goes where its keys are heard, at once: the next letter may be meant for the text. */
export function chooseTool(
  root: RefObject<HTMLElement | null>,
  look: Look,
  dispatch: Dispatch<Action>,
  tool: Tool,
): void {
  flushSync(() => dispatch({ type: "choose", tool, seen: look.now().part }));
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
