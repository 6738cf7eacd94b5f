/** PostgreSQL refuses NUL in text, and half a surrogate pair is no text at all. */
export const clean = (text: string): string => text.replaceAll("\0", "").toWellFormed();
