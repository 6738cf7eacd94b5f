import { type ChatRequest, lastUserText, textOf } from "../request.ts";
import { languageOf } from "./language.ts";

const LONGEST_RESULT = 2000;

/** What the tools returned, word for word, and nothing concluded from it. */
export function toolResultAnswer(request: ChatRequest): string {
  const language = languageOf(lastUserText(request));
  const parts = newestResults(request).map(({ name, text }) => {
    const intro =
      language === "de" ? `Das Werkzeug \`${name}\` hat geantwortet:` : `The tool \`${name}\` answered:`;
    return `${intro}\n\n${fenced(text.slice(0, LONGEST_RESULT))}`;
  });
  const end =
    language === "de"
      ? "Mehr lässt sich in der Demo nicht sagen: Es ist kein Modell verbunden, das daraus einen Schluss zieht."
      : "The demo cannot say more than that: no model is connected that would draw a conclusion.";
  return [...parts, end].join("\n\n");
}

function newestResults({ messages }: ChatRequest): { name: string; text: string }[] {
  const start = messages.findLastIndex((message) => message.role === "assistant");
  const calls = messages[start]?.tool_calls ?? [];
  return messages.slice(start + 1).map((message) => {
    const call = calls.find(({ id }) => id === message.tool_call_id);
    return { name: call?.function.name ?? "", text: textOf(message) };
  });
}

/** A fence longer than any that stands in the text. */
function fenced(text: string): string {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}\n${text}\n${fence}`;
}
