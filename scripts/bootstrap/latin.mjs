import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Script } from "node:vm";

const BEYOND = /[\u0100-\uffff]/;
/** Where an escape would not be read as the letter: after a backslash, and in a template of `String.raw`. */
const NOT_HERE = /\\[\u0100-\uffff]|\braw`(?:[^`\\]|\\.)*?[\u0100-\uffff]/s;

/**
 * Writes the letters beyond Latin-1 in a folder's programs as escapes. Node keeps a program's text for as long as it
 * runs, and a text with one such letter takes two bytes for each of its letters: 3 MB of the server's memory.
 */
export function escapeBeyondLatin(folder) {
  for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
    if (!/\.js$/.test(name)) continue;
    const source = readFileSync(join(folder, name), "utf8");
    const latin = inLatin(source);
    if (latin !== source) writeFileSync(join(folder, name), latin);
  }
}

/** The same program, which is no module, in Latin-1; as it is where that cannot be said for certain. */
export function inLatin(source) {
  if (!BEYOND.test(source) || NOT_HERE.test(source)) return source;
  const latin = source.replace(
    /[\u0100-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  return isProgram(latin) ? latin : source;
}

/** Some letters are spaces between words, which no escape is. */
function isProgram(source) {
  try {
    new Script(source);
    return true;
  } catch {
    return false;
  }
}
