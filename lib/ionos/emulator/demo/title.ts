import { withoutMarkers } from "../markers.ts";
import { givenLimit } from "../parameters.ts";
import type { Prompt } from "../prompt.ts";
import { type ChatRequest, textOf } from "../request.ts";
import { languageOf } from "./language.ts";

const ASKS_FOR_TITLE =
  /\b(write|generate|create|give|make|suggest|find|reply|answer|respond|return|summari[sz]e|schreib\w*|antwort\w*|erstell\w*|erzeug\w*|gib|nenn\w*|formulier\w*)\b.{0,80}\b(title|titel)\b/is;

/** Longer instructions than this are a person's own, in which the word title may well occur. */
const LONGEST_TITLE_INSTRUCTION = 3000;

/** Whether the instructions ask for a title of the conversation rather than for an answer. */
export function isTitleRequest(request: ChatRequest): boolean {
  const [system] = request.messages;
  if (system?.role !== "system") return false;
  const text = textOf(system);
  if (text.length > LONGEST_TITLE_INSTRUCTION) return false;
  const limit = givenLimit(request);
  return ASKS_FOR_TITLE.test(text) || (limit !== undefined && limit <= 64 && /title|titel/i.test(text));
}

/** The first few words of the first question. */
export function titleFor(prompt: Prompt): string {
  const first = prompt.request.messages.find((message) => message.role === "user");
  const words = first ? plainWords(textOf(first)) : [];
  if (words.length === 0) return nameless(prompt, Boolean(first && prompt.images.get(first)?.length));
  const title = words.slice(0, 6).join(" ").slice(0, 48).trim();
  return title.charAt(0).toLocaleUpperCase() + title.slice(1);
}

function nameless({ request }: Prompt, picture: boolean): string {
  const german = languageOf(request.messages.map(textOf).join(" ")) === "de";
  if (picture) return german ? "Bild" : "Picture";
  return german ? "Gespräch" : "Conversation";
}

/** Without markers, Markdown and a leading label such as "User:". */
function plainWords(text: string): string[] {
  const line = withoutMarkers(text)
    .replace(/^\s*(user|question|frage|nutzer|message|nachricht)\s*:/i, "")
    .split("\n")
    .find((part) => /[\p{L}\p{N}]/u.test(part));
  return line?.match(/[\p{L}\p{N}][\p{L}\p{N}\p{M}'’./-]*[\p{L}\p{N}]|[\p{L}\p{N}]/gu) ?? [];
}
