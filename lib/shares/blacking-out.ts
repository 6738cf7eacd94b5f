import { finderOf, type Stretch } from "./occurrences";
import { BLACKED_OUT, findingsIn, SHORTEST_SECRET, type Texts } from "./private-looking";

/**
 * Blacks out what the findings with these keys say, wherever a text says it: what is called a password once may be
 * repeated where nothing gives it away. Looks through those messages alone that have such a finding.
 */
export function blackingOut(messages: readonly Texts[], keys: readonly string[]): (text: string) => string {
  if (keys.length === 0) return (text) => text;
  const wanted = new Set(keys);
  const concerned = new Set(keys.map((key) => Number(key.split(".")[0])));
  const findings = messages.filter(({ ordinal }) => concerned.has(ordinal)).flatMap(findingsIn);
  return blackingOutValues(findings.flatMap(({ key, value }) => (wanted.has(key) ? [value] : [])));
}

/** The same for what is private by itself. */
export function blackingOutValues(found: readonly string[]): (text: string) => string {
  const values = found.flatMap((value) => [value, bare(value)]);
  const words = new Set(values.filter(isWord));
  const find = finderOf(new Set(values.filter((value) => !isWord(value))));
  return (text) => without(text, [...find(text), ...placesOf(words, text)]);
}

/** Without what may have been the sentence's own around it: elsewhere it is repeated without that. */
function bare(value: string): string {
  const within = value.replace(/^[([{<]{1,4}|[)\]}>.,;:!?]{1,4}$/g, "");
  return within.length < SHORTEST_SECRET ? value : within;
}

/**
 * Letters alone, and few: a password may be an ordinary word, which other words have within them. It is blacked out
 * where it stands by itself; whatever else is private, wherever it stands.
 */
const isWord = (value: string): boolean => /^\p{L}{1,11}$/u.test(value);

function placesOf(words: ReadonlySet<string>, text: string): Stretch[] {
  if (words.size === 0) return [];
  return [...text.matchAll(/[\p{L}\p{N}]+/gu)].flatMap(({ 0: word, index }) =>
    words.has(word) ? [{ start: index, end: index + word.length }] : [],
  );
}

/** What lies over or beside another goes with it: each mark is of one length, which tells nothing. */
function without(text: string, stretches: Stretch[]): string {
  let shown = "";
  let gone = -1;
  for (const { start, end } of stretches.sort((a, b) => a.start - b.start)) {
    if (start > gone) shown += text.slice(Math.max(0, gone), start) + BLACKED_OUT;
    gone = Math.max(gone, end);
  }
  return shown + text.slice(Math.max(0, gone));
}
