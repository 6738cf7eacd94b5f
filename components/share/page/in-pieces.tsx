import { type ReactNode, use } from "react";
import { breathe } from "./breathe";

/** Messages that are drawn at once: some milliseconds. */
const PIECE = 8;

/**
 * For each of so many messages what it waits for before it is drawn, null for the first ones. React draws a page on the
 * server without a pause, and a long one would keep everybody else waiting for a second.
 */
export function pausesOf(messages: number): (Promise<void> | null)[] {
  const pauses: (Promise<void> | null)[] = [];
  let pause: Promise<void> | null = null;
  for (let index = 0; index < messages; index++) {
    if (index > 0 && index % PIECE === 0) pause = pause ? pause.then(breathe) : breathe();
    pauses.push(pause);
  }
  return pauses;
}

/** Its children, once it is their turn. */
export function InPiece({ pause, children }: { pause: Promise<void> | null; children: ReactNode }) {
  if (pause) use(pause);
  return children;
}
