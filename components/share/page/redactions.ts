import { BLACKED_OUT } from "@/lib/shares/private-looking";

/** Where the word for it stands in the page. */
export const REDACTED_ID = "redacted";

const block = BLACKED_OUT.slice(0, 1);
/** As many blocks as that and no more: a longer row is somebody's own drawing. */
const REDACTION = new RegExp(`(?<!${block})${BLACKED_OUT}(?!${block})`, "g");
const NAMED = `<span role="img" aria-labelledby="${REDACTED_ID}">${BLACKED_OUT}</span>`;

/**
 * A page's HTML as React wrote it, with a name for whatever was blacked out: read aloud, five blocks are noise. Here
 * rather than in each component that shows a text, code included. Attributes stay as they are.
 */
export const withNamedRedactions = (html: string): string =>
  html.replace(/>[^<]+/g, (text) => text.replace(REDACTION, NAMED));
