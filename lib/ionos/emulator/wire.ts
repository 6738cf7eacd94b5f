import { randomBytes } from "node:crypto";
import type { ToolCall } from "./request.ts";

export type Usage = { prompt_tokens: number; total_tokens: number; completion_tokens: number };
export type FinishReason = "stop" | "length" | "tool_calls";

export const DONE = "data: [DONE]\n\n";

/** One event of a stream, ready to be written. */
export function dataEvent(value: unknown): string {
  return `data: ${JSON.stringify(value)}\n\n`;
}

/** The chunks of one streamed completion, as text ready to be written. */
export function createWire(model: string) {
  const head = completionHead("chat.completion.chunk", model);
  // A token is sent a thousand times a second in the bench: only its text is serialised anew.
  const start = `data: ${JSON.stringify(head).slice(0, -1)},"choices":[{"index":0,"delta":{"content":`;
  const end = '},"logprobs":null,"finish_reason":null}]}\n\n';
  const chunk = (delta: object, finish_reason: FinishReason | null = null, more = {}) =>
    dataEvent({ ...head, choices: [{ index: 0, delta, logprobs: null, finish_reason, ...more }] });

  return {
    role: () => chunk({ role: "assistant", content: "" }),
    text: (piece: string) => `${start}${JSON.stringify(piece)}${end}`,
    toolCall: (call: ToolCall, index: number) =>
      toolDeltas(call, index)
        .map((delta) => chunk(delta))
        .join(""),
    finish: (reason: FinishReason) => chunk({ content: "" }, reason, { stop_reason: null }),
    usage: (usage: Usage) => dataEvent({ ...head, choices: [], usage }),
    /** A chunk with the given `choices`, for servers that send strange ones. */
    choices: (choices: unknown) => dataEvent({ ...head, choices }),
  };
}

export type Wire = ReturnType<typeof createWire>;

/** A whole completion, for requests that do not stream. */
export function completion(model: string, message: object, finish_reason: FinishReason, usage?: Usage) {
  const choices = [{ index: 0, message, logprobs: null, finish_reason, stop_reason: null }];
  return { ...completionHead("chat.completion", model), choices, ...(usage && { usage }) };
}

/** First the name with the id, then the arguments in pieces, as vLLM's Mistral parser sends them. */
function toolDeltas(call: ToolCall, index: number): object[] {
  const pieces = call.function.arguments.match(/[\s\S]{1,8}/g) ?? [];
  return [
    { tool_calls: [{ index, id: call.id, function: { name: call.function.name } }] },
    ...pieces.map((text) => ({ tool_calls: [{ index, function: { arguments: text } }] })),
  ];
}

function completionHead(object: string, model: string) {
  const created = Math.floor(Date.now() / 1000);
  return { id: `chatcmpl-${randomBytes(16).toString("hex")}`, object, created, model };
}
