import { type Scanned, scan } from "./scan";

/** What may be the first half of something: an entity, a tag or autolink, an escape, an image. */
const HALF_AT_END = /(?:&#?[a-zA-Z0-9]{0,30}|<[^\s<>]{0,80}|<br\s*\/?|!|\\\n?)$/;
const MARKERS_AT_END = /[*_~`]+$/;
/** No half is longer. */
const LONGEST_HALF = 100;
/** What is cut may bare another half; more often than this only where it is made to. */
const MOST_ROUNDS = 8;

/**
 * The inline Markdown of the leaf that is still being written, with what is open closed and what is not yet known
 * left out: `**bol` becomes `**bol**`, `[text](htt` becomes `text`, and a lone `&am` waits. So no half syntax is
 * seen, and what is seen does not change its meaning when the rest comes.
 */
export function mend(text: string): string {
  let rest = text;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const shown = withoutHalf(rest);
    const scanned: Scanned = shown === rest ? scan(rest) : { text: shown };
    if (scanned.text === rest) return closed(rest, scanned.closers ?? "");
    rest = scanned.text;
  }
  return rest;
}

function withoutHalf(text: string): string {
  const start = Math.max(0, text.length - LONGEST_HALF);
  return text.slice(0, start) + text.slice(start).replace(HALF_AT_END, "").replace(MARKERS_AT_END, "");
}

const closed = (text: string, closers: string) => (closers ? text.trimEnd() + closers : text);
