/** Longest diagram that is drawn, in characters. */
const LONGEST = 20_000;

/**
 * The diagram without what it says of its own settings (`%%{init: …}%%`, front matter): the page decides how it
 * looks and what it may do (threat 30). Null where it is too long to be drawn.
 */
export function plainSource(code: string): string | null {
  if (code.length > LONGEST) return null;
  let plain = code.replace(/\r\n?/g, "\n").replace(/^\s*---[ \t]*\n[\s\S]*?\n[ \t]*---[ \t]*(?:\n|$)/, "");
  // What is left after one is taken out may be another.
  for (let former = ""; former !== plain; ) {
    former = plain;
    plain = plain.replace(/%%\{[\s\S]*?(?:\}%%|$)/g, "");
  }
  return plain.trim() === "" ? null : plain;
}
