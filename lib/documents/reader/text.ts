import { LONGEST_DOCUMENT_TEXT } from "../document.ts";
import { Unreadable } from "./refusal.ts";

/** Share of control characters beyond which a file is no text. */
const MOST_CONTROLS = 0.002;

/**
 * A text file's text: UTF-8, or UTF-16 where it says so, else windows-1252, in which any byte is a character.
 * Throws Unreadable for what is no text.
 */
export function decodedText(bytes: Uint8Array): string {
  const text = decoded(bytes);
  if (text.length > LONGEST_DOCUMENT_TEXT) throw new Unreadable("too-long", { limit: LONGEST_DOCUMENT_TEXT });
  const controls = text.match(CONTROLS)?.length ?? 0;
  if (text.includes("\0") || controls > text.length * MOST_CONTROLS)
    throw new Unreadable("unsupported-format");
  const tidy = tidied(text);
  if (tidy.trim() === "") throw new Unreadable("empty");
  return tidy;
}

/** Without what no reader sees and no database takes; lines end in one way. */
export const tidied = (text: string): string =>
  text.replace(/\r\n?/g, "\n").replace(CONTROLS, "").replaceAll("\ufeff", "").toWellFormed();

/** All but tab and line feed; a form feed or an escape in a log is no sign of a binary file, but nothing to read. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROLS = /[\u0000-\u0008\u000b\u000e-\u001a\u001c-\u001f\u007f]/g;

function decoded(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}
