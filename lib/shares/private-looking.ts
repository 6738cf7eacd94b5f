import type { Message } from "@/lib/messages/message";

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

interface Hit {
  kind: FindingKind;
  start: number;
  end: number;
}

type Texts = Pick<Message, "ordinal" | "parts">;

/** What looks private in a message's text, in order. The same text gives the same keys. */
export function findingsIn(message: Texts): Finding[] {
  const found: Finding[] = [];
  for (const part of message.parts) {
    if (part.type !== "text") continue;
    for (const { kind, start, end } of hitsIn(part.text)) {
      found.push({ key: `${message.ordinal}.${found.length}`, kind, value: part.text.slice(start, end) });
    }
  }
  return found;
}

/** The message's texts, one for each text part, with these findings blacked out. */
export function redacted(message: Texts, keys: ReadonlySet<string>): string[] {
  let count = 0;
  return message.parts.flatMap((part) => {
    if (part.type !== "text") return [];
    let text = "";
    let at = 0;
    for (const { start, end } of hitsIn(part.text)) {
      if (!keys.has(`${message.ordinal}.${count++}`)) continue;
      text += part.text.slice(at, start) + BLACKED_OUT;
      at = end;
    }
    return [text + part.text.slice(at)];
  });
}

/** Every pattern has bounded repetitions, so that no text takes longer than its length allows. */
const PATTERNS: [FindingKind, RegExp, (text: string) => boolean][] = [
  [
    "key",
    /-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----[\s\S]{0,6000}?-----END [A-Z ]{0,30}PRIVATE KEY-----/g,
    always,
  ],
  [
    "key",
    /(?<![\w-])(?:sk-|pk_|rk_|ghp_|gho_|ghs_|github_pat_|glpat-|xox[abprs]-|AKIA|ASIA|AIza|hf_|npm_)[\w-]{12,200}/g,
    always,
  ],
  ["key", /(?<![\w-])eyJ[\w-]{8,2000}\.eyJ[\w-]{8,2000}\.[\w-]{0,2000}/g, always],
  [
    "key",
    /(?<=\b(?:api[_-]?key|token|secret|password|passwort|kennwort|pwd)["']?\s{0,3}[:=]\s{0,3}["']?)[^\s"']{6,200}/gi,
    always,
  ],
  ["key", /(?<![\w+/=-])[\w+/-]{32,200}={0,2}(?![\w+/=-])/g, isRandom],
  ["iban", /(?<![A-Za-z0-9])[A-Z]{2}\d{2}(?: ?[A-Z0-9]{1,4}){3,8}(?![A-Za-z0-9])/gi, isIban],
  [
    "email",
    /(?<![\p{L}\p{N}._%+-])[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){0,6}\.\p{L}{2,24}/gu,
    always,
  ],
  ["phone", /(?<![\w.,/-])(?<!\d )(?:\+|00)\d[\d ()/.-]{5,20}\d(?!\w)/g, hasPhoneDigits],
  ["phone", /(?<![\w.,/-])(?<!\d )\(?0[1-9]\d{0,4}\)?[ /-]{0,3}\d[\d ./-]{3,14}\d(?!\w)/g, isNationalPhone],
];

function hitsIn(text: string): Hit[] {
  const hits: Hit[] = [];
  for (const [kind, pattern, holds] of PATTERNS) {
    for (const match of text.matchAll(pattern)) {
      const start = match.index;
      const end = start + match[0].length;
      const taken = hits.some((hit) => start < hit.end && end > hit.start);
      if (!taken && holds(match[0])) hits.push({ kind, start, end });
    }
  }
  return hits.sort((a, b) => a.start - b.start);
}

function always(): boolean {
  return true;
}

/** Letters of both cases and digits mixed, or long hexadecimal: words and paths are not. */
function isRandom(text: string): boolean {
  if (/^[0-9a-f]{32,}$/i.test(text)) return /\d/.test(text) && /[a-f]/i.test(text);
  return (
    /[a-z]/.test(text) && /[A-Z]/.test(text) && (text.match(/\d/g)?.length ?? 0) >= 3 && !/\/\w+\//.test(text)
  );
}

/** ISO 13616: the country and the check digits moved to the end, letters as numbers, the whole leaves 1 of 97. */
export function isIban(text: string): boolean {
  const bare = text.replaceAll(" ", "").toUpperCase();
  if (bare.length < 15 || bare.length > 34) return false;
  const digits = `${bare.slice(4)}${bare.slice(0, 4)}`.replace(/[A-Z]/g, (letter) =>
    String(letter.charCodeAt(0) - 55),
  );
  let rest = 0;
  for (const digit of digits) rest = (rest * 10 + Number(digit)) % 97;
  return rest === 1;
}

function hasPhoneDigits(text: string): boolean {
  const { length } = text.replace(/\D/g, "");
  return length >= 8 && length <= 16;
}

/** Not a date, nor a number with decimals. */
function isNationalPhone(text: string): boolean {
  return hasPhoneDigits(text) && !/^\d{1,2}[./-]\d{1,2}[./-]\d{2,4}/.test(text);
}
