/** Longest page of a file that has none of its own, UTF-16 code units: about as much as fits on paper. */
const LONGEST_PAGE = 4_000;
/** A page is at least this share of that, wherever its text would rather end. */
const SHORTEST_SHARE = 0.6;

/** Cuts text into pages, where a paragraph ends, else a line, else a word. Joined they are the text again. */
export function cutIntoPages(text: string): string[] {
  const pages: string[] = [];
  let start = 0;
  while (text.length - start > LONGEST_PAGE) {
    const end = start + endOfPage(text.slice(start, start + LONGEST_PAGE));
    pages.push(text.slice(start, end));
    start = end;
  }
  pages.push(text.slice(start));
  return pages;
}

function endOfPage(piece: string): number {
  const least = piece.length * SHORTEST_SHARE;
  for (const mark of ["\n\n", "\n", " "]) {
    const end = piece.lastIndexOf(mark) + mark.length;
    if (end > least) return end;
  }
  // Never between the halves of a character.
  return /[\ud800-\udbff]$/.test(piece) ? piece.length - 1 : piece.length;
}
