/**
 * 12 381 as "12.4k" in English. German has no short thousand, so it stays "12.381" there, and a million is
 * "1,2 Mio.".
 */
export function compactNumber(value: number, locale: string): string {
  const parts = new Intl.NumberFormat(locale, {
    notation: "compact",
    maximumFractionDigits: 1,
  }).formatToParts(value);
  // The small k of units; English CLDR has a capital one.
  return parts.map((part) => (part.type === "compact" && part.value === "K" ? "k" : part.value)).join("");
}
