/** Numbers that a seed makes again: the same seed is the same sequence of decisions. */
export interface Random {
  /** From 0 to below 1. */
  next(): number;
  chance(probability: number): boolean;
  /** A whole number from `least` to `most`. */
  between(least: number, most: number): number;
  pick<T>(choices: readonly T[]): T;
  /** A sequence of its own: what one conversation decides does not depend on how fast another is. */
  fork(): Random;
}

/** mulberry32 */
export function random(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const between = (least: number, most: number) => least + Math.floor(next() * (most - least + 1));
  return {
    next,
    chance: (probability) => next() < probability,
    between,
    pick: (choices) => {
      if (choices.length === 0) throw new RangeError("nothing to choose from");
      return choices[between(0, choices.length - 1)] as (typeof choices)[number];
    },
    fork: () => random(between(0, 2 ** 31)),
  };
}
