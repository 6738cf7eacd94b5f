/** Where somebody was in a thread: at a turn, this many pixels below the top of the view. */
interface Place {
  messageId: string;
  offset: number;
}

/** By thread, within this tab; a thread that is not here was left at its end. */
const places = new Map<string, Place>();

/** A turn, and how many pixels below the top of the view it stands. */
export interface Anchor {
  turn: HTMLElement;
  offset: number;
}

/** The first turn that is to be seen. */
export function anchorOf(scroller: HTMLElement): Anchor | null {
  const top = scroller.getBoundingClientRect().top;
  const turn = turnsIn(scroller).find((turn) => turn.getBoundingClientRect().bottom > top);
  return turn ? { turn, offset: turn.getBoundingClientRect().top - top } : null;
}

/** Remembers the first turn that is to be seen; nothing at the end. */
export function rememberPlace(threadId: string, scroller: HTMLElement, atEnd: boolean): void {
  const anchor = atEnd ? null : anchorOf(scroller);
  const messageId = anchor?.turn.dataset.turn;
  if (!anchor || !messageId) places.delete(threadId);
  else places.set(threadId, { messageId, offset: anchor.offset });
}

/** Where in the path the remembered turn is; Infinity where there is none. */
export function placeIn(threadId: string, path: readonly string[]): number {
  const index = path.indexOf(places.get(threadId)?.messageId ?? "");
  return index < 0 ? Number.POSITIVE_INFINITY : index;
}

/** Goes back there; false when the thread was left at its end, or the turn is no more. */
export function returnToPlace(threadId: string, scroller: HTMLElement): boolean {
  const place = places.get(threadId);
  const turn = place && turnIn(scroller, place.messageId);
  if (!turn) return false;
  measureWhole(scroller);
  const offset = turn.getBoundingClientRect().top - scroller.getBoundingClientRect().top;
  scroller.scrollTop += offset - place.offset;
  return true;
}

/**
 * Turns far up have guessed heights until they are drawn, and a place among guesses is none. Drawn once, their
 * true heights are remembered.
 */
export function measureWhole(scroller: HTMLElement): void {
  scroller.dataset.whole = "";
  requestAnimationFrame(() => requestAnimationFrame(() => delete scroller.dataset.whole));
}

const turnsIn = (scroller: HTMLElement) => [...scroller.querySelectorAll<HTMLElement>("[data-turn]")];

export const turnIn = (scroller: HTMLElement, messageId: string): HTMLElement | undefined =>
  turnsIn(scroller).find((turn) => turn.dataset.turn === messageId);
