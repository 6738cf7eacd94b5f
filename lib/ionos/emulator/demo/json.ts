import type { Prompt } from "../prompt.ts";
import { questionOf } from "./question.ts";

/** For `response_format` JSON: the facts as an object. A JSON schema is not followed: nobody could fill it. */
export function jsonAnswer(prompt: Prompt): string {
  const { kind, words, messages, images, inputTokens } = questionOf(prompt);
  return JSON.stringify({
    demo: true,
    model: null,
    received: { kind, words, messages, images, inputTokens },
  });
}
