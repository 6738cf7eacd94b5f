/** Markdown without its marks, as somebody would read it out. */
export const spoken = (markdown: string): string =>
  markdown
    .replace(/^[ \t]*(```|~~~).*$/gm, "")
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/^[ \t]*(#{1,6}|>|[-*+]|\|?[-:| ]{3,}\|?$)[ \t]*/gm, "")
    .replace(/[*_~`]{1,3}(?=\S)|(?<=\S)[*_~`]{1,3}/g, "")
    .replace(/[ \t]*\|[ \t]*/g, ", ")
    .replace(/\s+/g, " ")
    .trim();

export const wordsIn = (text: string): number => text.split(/\s+/).filter(Boolean).length;
