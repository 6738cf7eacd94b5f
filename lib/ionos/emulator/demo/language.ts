/** The languages in which the demo answers. */
export type Language = "en" | "de";

const GERMAN =
  /\b(der|die|das|den|dem|ein|eine|einen|und|oder|ist|sind|nicht|ich|du|sie|wir|mir|mich|wie|was|warum|wer|wo|wann|welche[rsn]?|kannst|können|bitte|mit|für|auf|von|zum|zur|im|über|dieses?|diesem|hallo|danke|guten|schreib\w*|erklär\w*|zeig\w*|tabelle|bild|foto)\b/giu;
const ENGLISH =
  /\b(the|a|an|and|or|is|are|not|i|you|we|me|my|how|what|why|who|where|when|which|can|could|please|with|for|on|of|to|in|this|that|hello|hi|thanks|write|explain|show|table|picture|photo)\b/giu;

/** German when more of its small words (or its letters) are there than English ones; else English. */
export function languageOf(text: string): Language {
  const german = count(text, GERMAN) + count(text, /[äöüß]/giu);
  return german > count(text, ENGLISH) ? "de" : "en";
}

function count(text: string, pattern: RegExp): number {
  return text.slice(0, 5000).match(pattern)?.length ?? 0;
}
