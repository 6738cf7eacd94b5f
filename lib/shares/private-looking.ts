import type { Message } from "@/lib/messages/message";
import { ibanLength, LIKE_IBAN } from "./iban";

export const FINDING_KINDS = ["key", "iban", "email", "phone"] as const;
export type FindingKind = (typeof FINDING_KINDS)[number];

/** A piece of text that looks private. `key` names it within the thread, as "<ordinal>.<place in the message>". */
export interface Finding {
  key: string;
  kind: FindingKind;
  value: string;
}

/** What stands where something was blacked out; always of one length, which tells nothing. */
export const BLACKED_OUT = "█████";

/** What is called a password is one from so many characters on. */
export const SHORTEST_SECRET = 6;

interface Hit {
  kind: FindingKind;
  start: number;
  end: number;
}

/** What is looked through of a message. */
export type Texts = Pick<Message, "ordinal" | "parts">;

/**
 * What looks private in a message's text, in order, and then in its documents' names, which others see as well. The
 * same message gives the same keys.
 */
export function findingsIn(message: Texts): Finding[] {
  const found: Finding[] = [];
  for (const text of wordsOf(message)) {
    for (const { kind, start, end } of hitsIn(text)) {
      found.push({ key: `${message.ordinal}.${found.length}`, kind, value: text.slice(start, end) });
    }
  }
  return found;
}

function wordsOf({ parts }: Texts): string[] {
  return [
    ...parts.flatMap((part) => (part.type === "text" ? [part.text] : [])),
    ...parts.flatMap((part) => (part.type === "document" ? [part.name] : [])),
  ];
}

/** What looks private in a few words that are no message's, as a title's. */
export const privateIn = (text: string): Omit<Finding, "key">[] =>
  hitsIn(text).map(({ kind, start, end }) => ({ kind, value: text.slice(start, end) }));

/**
 * Every pattern has bounded repetitions that can be read in one way only, so that no text takes longer than its length
 * allows. The last part says how much of what was matched is private, in characters; 0: nothing.
 */
const PATTERNS: [FindingKind, RegExp, (text: string) => number][] = [
  [
    "key",
    /-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----(?:[^-]|-(?!----)){0,6000}-----END [A-Z ]{0,30}PRIVATE KEY-----/g,
    whole,
  ],
  [
    "key",
    /(?<![\w-])(?:sk-|pk_|rk_|ghp_|gho_|ghs_|github_pat_|glpat-|xox[abprs]-|AKIA|ASIA|AIza|hf_|npm_)[\w-]{12,200}/g,
    whole,
  ],
  ["key", /(?<![\w-])eyJ[\w-]{8,2000}\.eyJ[\w-]{8,2000}\.[\w-]{0,2000}/g, whole],
  // What is called one, as "DB_PASSWORD=…", "clientSecret: '…'" and "**API key:** …".
  [
    "key",
    /(?<=(?:(?:api|access|secret|private)[ _-]?key|token|secret|passw(?:or)?[dt]|kennwort|pwd)["'`*]{0,3}\s{0,3}[:=][\s"'`*]{0,6})(?![`*])[^\s"']{6,200}/gi,
    secretIn,
  ],
  ["key", /(?<=:\/\/[^\s/:@]{1,64}:)[^\s/@]{3,200}(?=@)/g, whole],
  ["key", /(?<![\w+/=-])[\w+/-]{32,200}={0,2}(?![\w+/=-])/g, wholeIf(isRandom)],
  ["iban", LIKE_IBAN, ibanLength],
  [
    "email",
    /(?<![\p{L}\p{N}._%+-])[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){0,6}\.\p{L}{2,24}/gu,
    whole,
  ],
  [
    "phone",
    /(?<![\w.,/-])(?<!\d )(?:\+|00)\d[\d \u00a0\u202f()/.\u2011\u2013-]{5,20}\d(?!\w)/g,
    wholeIf(hasPhoneDigits),
  ],
  [
    "phone",
    /(?<![\w.,/-])(?<!\d )\(?0[1-9]\d{0,4}\)?[ \u00a0\u202f/\u2011\u2013-]{0,3}\d[\d \u00a0\u202f./\u2011\u2013-]{3,14}\d(?!\w)/g,
    wholeIf(isNationalPhone),
  ],
  // As in North America, without the country.
  [
    "phone",
    /(?<![\w.,/-])(?:\([2-9]\d\d\) ?\d{3}[.\u2011-]\d{4}|[2-9]\d\d(?:[\u2011-]\d{3}[\u2011-]|\.\d{3}\.)\d{4})(?![\w-])/g,
    whole,
  ],
];

/** In order, none over another: what an earlier pattern has found is not looked at again. */
function hitsIn(text: string): Hit[] {
  let hits: Hit[] = [];
  for (const [kind, pattern, lengthOf] of PATTERNS) {
    const more = hitsOf(text, { kind, pattern, lengthOf }, hits);
    if (more.length > 0) hits = [...hits, ...more].sort((a, b) => a.start - b.start);
  }
  return hits;
}

interface Pattern {
  kind: FindingKind;
  pattern: RegExp;
  lengthOf: (text: string) => number;
}

/** One pattern's hits beside those there are; both are in order, so one look at each is enough. */
function hitsOf(text: string, { kind, pattern, lengthOf }: Pattern, taken: readonly Hit[]): Hit[] {
  const hits: Hit[] = [];
  let next = 0;
  for (const match of text.matchAll(pattern)) {
    const start = match.index;
    // A pattern that only looks ahead has what it saw beside it.
    const end = start + lengthOf(match[1] ?? match[0]);
    while ((taken[next]?.end ?? Number.POSITIVE_INFINITY) <= start) next++;
    const isFree =
      end <= (taken[next]?.start ?? Number.POSITIVE_INFINITY) && start >= (hits.at(-1)?.end ?? 0);
    if (end > start && isFree) hits.push({ kind, start, end });
  }
  return hits;
}

function whole(text: string): number {
  return text.length;
}

function wholeIf(holds: (text: string) => boolean): (text: string) => number {
  return (text) => (holds(text) ? text.length : 0);
}

/** Without the marks around it in Markdown; what code has there is most often a type, a call or another name. */
function secretIn(text: string): number {
  const { length } = text.replace(/[`*]{1,3}$/, "");
  const isCode =
    /^(?:(?:string|number|boolean|unknown|undefined)\b|process\.|os\.|\$\{|[\w$.]+\([^)]*\))/.test(text);
  return length >= SHORTEST_SECRET && !isCode ? length : 0;
}

/** Letters of both cases and digits mixed, or long hexadecimal: words and paths are not. */
function isRandom(text: string): boolean {
  if (/^[0-9a-f]{32,}$/i.test(text)) return /\d/.test(text) && /[a-f]/i.test(text);
  return (
    /[a-z]/.test(text) && /[A-Z]/.test(text) && (text.match(/\d/g)?.length ?? 0) >= 3 && !/\/\w+\//.test(text)
  );
}

function hasPhoneDigits(text: string): boolean {
  const { length } = text.replace(/\D/g, "");
  return length >= 8 && length <= 16;
}

/** Not a date, nor a number with decimals. */
function isNationalPhone(text: string): boolean {
  return hasPhoneDigits(text) && !/^\d{1,2}[./-]\d{1,2}[./-]\d{2,4}/.test(text);
}
