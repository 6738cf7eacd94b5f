/** A stretch of a text, in UTF-16 code units; `end` is the first after it. */
export interface Stretch {
  start: number;
  end: number;
}

/**
 * Finds every place of any of these values in a text, in order; of those that begin at one place the longest. However
 * many values there are, each character of the text costs one look, and a search by halves where a value may begin;
 * what is kept grows with their number and not with their length.
 */
export function finderOf(values: ReadonlySet<string>): (text: string) => Stretch[] {
  const sorted = [...values].filter(Boolean).sort();
  const heads = headsOf(sorted);
  const longest = longestPrefixes(sorted);
  return (text) => {
    const found: Stretch[] = [];
    for (let at = 0; at + heads.length <= text.length; at++) {
      if (!heads.first.has(text.charCodeAt(at))) continue;
      const range = heads.ranges.get(text.slice(at, at + heads.length));
      if (!range) continue;
      const place = lastUpTo(sorted, range, text, at);
      const length = lengthAt(sorted, longest, place, text, at);
      if (length > 0) found.push({ start: at, end: at + length });
    }
    return found;
  };
}

interface Heads {
  /** As many characters as the shortest value has. */
  length: number;
  first: ReadonlySet<number>;
  /** Of those that begin so, the first and the last place among all that are sorted. */
  ranges: ReadonlyMap<string, [first: number, last: number]>;
}

function headsOf(sorted: readonly string[]): Heads {
  const length = sorted.reduce(
    (shortest, value) => Math.min(shortest, value.length),
    Number.POSITIVE_INFINITY,
  );
  const ranges = new Map<string, [number, number]>();
  for (const [place, value] of sorted.entries()) {
    const head = value.slice(0, length);
    ranges.set(head, [ranges.get(head)?.[0] ?? place, place]);
  }
  return { length, first: new Set(sorted.map((value) => value.charCodeAt(0))), ranges };
}

/** For each value the place of the longest other one that it begins with; -1: there is none. */
function longestPrefixes(sorted: readonly string[]): number[] {
  const open: number[] = [];
  return sorted.map((value, place) => {
    while (open.length > 0 && !value.startsWith(sorted[open.at(-1) ?? 0] ?? "")) open.pop();
    const prefix = open.at(-1) ?? -1;
    open.push(place);
    return prefix;
  });
}

/** The place of the last value that does not come after the text from here on; the range's first where all do. */
function lastUpTo(
  sorted: readonly string[],
  [first, last]: [number, number],
  text: string,
  at: number,
): number {
  let [low, high] = [first, last];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    const value = sorted[middle] ?? "";
    if (value <= text.slice(at, at + value.length)) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Whatever begins here is the value at this place or one that it begins with: they stand next to each other. */
function lengthAt(
  sorted: readonly string[],
  longest: readonly number[],
  from: number,
  text: string,
  at: number,
): number {
  const value = sorted[from] ?? "";
  let common = 0;
  while (common < value.length && value.charCodeAt(common) === text.charCodeAt(at + common)) common++;
  let place = from;
  while (place >= 0 && (sorted[place]?.length ?? 0) > common) place = longest[place] ?? -1;
  return place < 0 ? 0 : (sorted[place]?.length ?? 0);
}
