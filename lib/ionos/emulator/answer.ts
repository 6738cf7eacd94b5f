import type { TokenCounter } from "../tekken.ts";
import { demoAnswer } from "./demo/answer.ts";
import { descriptionFor, isDescriptionRequest } from "./demo/description.ts";
import { jsonAnswer } from "./demo/json.ts";
import { isTitleRequest, titleFor } from "./demo/title.ts";
import { toolResultAnswer } from "./demo/tool-result.ts";
import type { ChosenFault } from "./faults.ts";
import { paceMarker, sayMarker } from "./markers.ts";
import type { Settings } from "./options.ts";
import { type CutPieces, cutPieces } from "./output.ts";
import { givenLimit, outputLimit } from "./parameters.ts";
import type { Pace } from "./player.ts";
import type { Prompt } from "./prompt.ts";
import { type ChatRequest, lastUserText, type ToolCall, textOf } from "./request.ts";
import { scriptedAnswer } from "./scripted.ts";
import { brokenCallText, toolCallsFor } from "./tool-calls.ts";
import type { FinishReason } from "./wire.ts";

/** What the "model" says, before it is put on the wire. */
export type Answer = {
  pieces: string[];
  tokens: number;
  toolCalls: ToolCall[];
  finish: FinishReason;
  pace: Pace;
};

const AT_ONCE: Pace = { perSecond: 0, firstMs: 0 };

/** Decides what is answered, and cuts it at stop strings and at the output limit. */
export function answerTo(
  prompt: Prompt,
  settings: Settings,
  counter: TokenCounter,
  fault?: ChosenFault,
): Answer {
  const { request } = prompt;
  if (fault?.name === "huge") return huge(fault.argument ?? 50_000);
  if (isTitleRequest(request)) return text(cut(counter, titleFor(prompt), request), AT_ONCE);
  if (isDescriptionRequest(request)) return text(cut(counter, descriptionFor(prompt), request), AT_ONCE);
  const toolCalls = toolCallsFor(request);
  if (toolCalls.length > 0) return calling(toolCalls, counter);
  const scripted = settings.faults ? scriptedFor(request, counter) : undefined;
  if (scripted) return scripted;
  const pace = { perSecond: settings.tokensPerSecond, firstMs: settings.firstTokenMs };
  return text(cut(counter, demoText(prompt), request), pace);
}

/** The answer that a marker dictates; it is played whole unless the request names a limit itself. */
function scriptedFor(request: ChatRequest, counter: TokenCounter): Answer | undefined {
  const question = lastUserText(request);
  const pace = paceMarker(question);
  const said = sayMarker(question);
  if (said === undefined && pace === undefined) return restFor(request, counter);
  const pieces = said === undefined ? { texts: scriptedAnswer(pace?.tokens ?? 0) } : counter.split(said);
  const limit = givenLimit(request) ?? Number.POSITIVE_INFINITY;
  return text(cutPieces(pieces, limit, request.stop), pace ?? AT_ONCE);
}

/** The rest of a dictated answer that broke off, when it is asked to go on with it. */
function restFor({ messages }: ChatRequest, counter: TokenCounter): Answer | undefined {
  const [question, begun, asked] = messages.slice(-3);
  if (!question || !begun || !asked || !/\bgo on\b/i.test(textOf(asked))) return undefined;
  const pace = paceMarker(textOf(question));
  const whole = sayMarker(textOf(question)) ?? scriptedAnswer(pace?.tokens ?? 0).join("");
  const said = textOf(begun).trimEnd();
  if (begun.role !== "assistant" || said === "" || !whole.startsWith(said)) return undefined;
  const { texts } = counter.split(whole.slice(said.length).trimStart());
  return text(cutPieces({ texts }, Number.POSITIVE_INFINITY, []), pace ?? AT_ONCE);
}

function demoText(prompt: Prompt): string {
  const { request } = prompt;
  if (request.messages.at(-1)?.role === "tool") return toolResultAnswer(request);
  const format = request.response_format?.type ?? "text";
  return brokenCallText(request) ?? (format === "text" ? demoAnswer(prompt) : jsonAnswer(prompt));
}

function cut(counter: TokenCounter, said: string, request: ChatRequest): CutPieces {
  return cutPieces(counter.split(said), outputLimit(request), request.stop);
}

function text({ texts, tokens, finish }: CutPieces, { perSecond, firstMs }: Pace): Answer {
  return { pieces: texts, tokens, toolCalls: [], finish, pace: { perSecond, firstMs } };
}

function calling(toolCalls: ToolCall[], counter: TokenCounter): Answer {
  const tokens = toolCalls.reduce((sum, call) => sum + counter.count(JSON.stringify(call.function)), 1);
  return { pieces: [], tokens, toolCalls, finish: "tool_calls", pace: AT_ONCE };
}

function huge(tokens: number): Answer {
  return { pieces: scriptedAnswer(tokens), tokens, toolCalls: [], finish: "stop", pace: AT_ONCE };
}
