import { withoutMarkers } from "../markers.ts";
import { allImages, type Prompt } from "../prompt.ts";
import { lastUserMessage, textOf } from "../request.ts";
import { type Language, languageOf } from "./language.ts";

/** Roughly what is asked for. */
export type Kind =
  | "greeting"
  | "code"
  | "table"
  | "list"
  | "translation"
  | "summary"
  | "writing"
  | "question"
  | "message";

/** What can truly be said about the newest question and the conversation around it. */
export type Question = {
  language: Language;
  kind: Kind;
  text: string;
  words: number;
  /** Messages of people and answers, without the instructions. */
  messages: number;
  /** How many times the person has written, this time included. */
  turn: number;
  /** Pictures in the whole conversation. */
  images: number;
  /** Documents in it. */
  documents: number;
  inputTokens: number;
};

const KINDS: [Kind, RegExp][] = [
  ["table", /\b(table|tabelle|tabellarisch)\b/i],
  [
    "code",
    /\b(code|function|script|program|programm|funktion|skript|typescript|python|sql|bash|regex|json)\b/i,
  ],
  ["list", /\b(list|bullet points?|liste|stichpunkte|aufzählung)\b/i],
  ["translation", /\b(translate|translation|übersetz\w*|übersetzung)/i],
  ["summary", /\b(summari[sz]e|summary|tl;?dr|fasse?\b.*\bzusammen|zusammenfass\w*)/i],
  ["writing", /\b(write|draft|compose|rewrite|schreib\w*|formulier\w*|entwirf|verfass\w*)\b/i],
  [
    "greeting",
    /^(hi|hello|hey|good (morning|evening)|hallo|moin|servus|guten (tag|morgen|abend))\b.{0,20}$/i,
  ],
  ["question", /\?|^(what|why|how|who|where|when|which|was|warum|wie|wer|wo|wann|welche)\b/i],
];

/** A document as lib/documents/prompt.ts puts it before a question. */
const DOCUMENT = /<<<document ([0-9a-f-]{36}) [\s\S]*?end of document \1>>>/g;

/** Looks at the question without pretending to understand it. */
export function questionOf(prompt: Prompt): Question {
  const { messages } = prompt.request;
  const user = lastUserMessage(prompt.request);
  const text = user ? withoutMarkers(textOf(user).replace(DOCUMENT, "").trim()) : "";
  const people = messages.filter((message) => message.role === "user");
  return {
    language: languageOf(text || people.map(textOf).join(" ").replace(DOCUMENT, "")),
    kind: KINDS.find(([, pattern]) => pattern.test(text))?.[0] ?? "message",
    text,
    words: wordsOf(text),
    messages: messages.filter(({ role }) => role === "user" || role === "assistant").length,
    turn: people.length,
    images: allImages(prompt).length,
    documents: people.map(textOf).join("\n").match(DOCUMENT)?.length ?? 0,
    inputTokens: prompt.inputTokens,
  };
}

/** Words, by the rules of Unicode rather than by spaces. */
export function wordsOf(text: string): number {
  return text.match(/[\p{L}\p{N}][\p{L}\p{N}\p{M}'’-]*/gu)?.length ?? 0;
}
