/** An IBAN's first characters, and more than it may have: where it ends is for ibanLength to say. */
export const LIKE_IBAN = /(?<![A-Za-z0-9])(?=([A-Z]{2}\d{2}(?:[ \u00a0\u202f]?[A-Z0-9]){11,31}))/gi;

/**
 * How many characters of `text` are an IBAN, from its first on: as many as may be, up to the end of a word; 0 when
 * none are. ISO 13616: the country and the check digits moved to the end, letters as numbers, the whole leaves 1 of 97.
 */
export function ibanLength(text: string): number {
  let length = 0;
  let rest = 0;
  let count = HEAD;
  for (let at = HEAD; at < text.length && count < LONGEST; at++) {
    if (isSpace(text[at])) continue;
    rest = onward(rest, text.charCodeAt(at));
    count++;
    const ends = at + 1 === text.length || isSpace(text[at + 1]);
    if (ends && count >= SHORTEST && withHead(rest, text) === 1) length = at + 1;
  }
  return length;
}

/** Also one at which no line may be broken. */
const isSpace = (character: string | undefined) => /^[ \u00a0\u202f]$/.test(character ?? "");

const HEAD = 4;
const SHORTEST = 15;
const LONGEST = 34;

function withHead(rest: number, text: string): number {
  let whole = rest;
  for (let at = 0; at < HEAD; at++) whole = onward(whole, text.charCodeAt(at));
  return whole;
}

/** The remainder with one more digit, or with a letter as the two that stand for it: A is 10, Z is 35. */
const onward = (rest: number, code: number): number =>
  code < 65 ? (rest * 10 + code - 48) % 97 : (rest * 100 + (code & ~32) - 55) % 97;
