// Many numbers in few characters, for an address: "1-5_9" is 1 to 5 and 9, "1.0-3099.4000_2.5" places 0 to 3099 and
// 4000 of message 1 and place 5 of message 2. None of these characters is escaped there.

/** Numbers, in any order. */
export function rangesOf(numbers: readonly number[]): string {
  const ranges: [from: number, to: number][] = [];
  for (const number of [...numbers].sort((a, b) => a - b)) {
    const last = ranges.at(-1);
    if (last && number <= last[1] + 1) last[1] = number;
    else ranges.push([number, number]);
  }
  return ranges.map(([from, to]) => (from === to ? from : `${from}-${to}`)).join("_");
}

/** Keys as "<ordinal>.<place>", in any order. */
export function keyRangesOf(keys: readonly string[]): string {
  const places = new Map<string, number[]>();
  for (const key of keys) {
    const [ordinal = "", place = ""] = key.split(".");
    const own = places.get(ordinal) ?? [];
    own.push(Number(place));
    places.set(ordinal, own);
  }
  return [...places].map(([ordinal, own]) => `${ordinal}.${rangesOf(own).replaceAll("_", ".")}`).join("_");
}

/** The numbers of rangesOf, NaN for what is none. Gives up soon after `most`: few characters say very many numbers. */
export function numbersIn(text: string, most: number): number[] {
  const numbers: number[] = [];
  for (const range of text.split("_").filter(Boolean)) {
    const [, from, to = from] = /^(\d{1,7})(?:-(\d{1,7}))?$/.exec(range) ?? [];
    if (from === undefined) numbers.push(Number.NaN);
    for (let number = Number(from); number <= Number(to) && numbers.length <= most; number++) {
      numbers.push(number);
    }
  }
  return numbers;
}

/** The keys of keyRangesOf, likewise; what is none as it is. */
export function keysIn(text: string, most: number): string[] {
  const keys: string[] = [];
  for (const group of text.split("_").filter(Boolean)) {
    const [, ordinal, ranges = ""] = /^(\d+)\.([\d.-]+)$/.exec(group) ?? [];
    if (ordinal === undefined) keys.push(group);
    for (const place of numbersIn(ranges.replaceAll(".", "_"), most - keys.length)) {
      keys.push(`${ordinal}.${place}`);
    }
  }
  return keys;
}
