import { ApiError } from "./errors.ts";

export type ContextUse = { inputTokens: number; outputTokens: number; contextTokens: number };

/** Throws vLLM's 400 when the input leaves no room, or the asked output does not fit beside it. */
export function checkContext(use: ContextUse): void {
  if (use.inputTokens >= use.contextTokens) throw contextFull(use);
  if (use.inputTokens + use.outputTokens > use.contextTokens) throw outputTooLarge(use);
}

export function contextFull({ inputTokens, contextTokens }: ContextUse): ApiError {
  return new ApiError(
    `This model's maximum context length is ${contextTokens} tokens. However, your request has ${inputTokens} input tokens. Please reduce the length of the input messages. None`,
  );
}

/** The text of older servers. */
export function contextFullOld({ inputTokens, outputTokens, contextTokens }: ContextUse): ApiError {
  return new ApiError(
    `This model's maximum context length is ${contextTokens} tokens. However, you requested ${inputTokens + outputTokens} tokens (${inputTokens} in the messages, ${outputTokens} in the completion). Please reduce the length of the messages or completion.`,
  );
}

/** The text of the newest servers. */
export function contextFullNew({ inputTokens, outputTokens, contextTokens }: ContextUse): ApiError {
  return new ApiError(
    `You passed ${inputTokens} input tokens and requested ${outputTokens} output tokens. However, the model's context length is only ${contextTokens} tokens, resulting in a maximum input length of ${contextTokens - outputTokens} tokens. Please reduce the length of the input prompt. (parameter=input_tokens, value=${inputTokens})`,
    { param: "input_tokens" },
  );
}

export function outputTooLarge({ inputTokens, outputTokens, contextTokens }: ContextUse): ApiError {
  return new ApiError(
    `'max_tokens' or 'max_completion_tokens' is too large: ${outputTokens}. This model's maximum context length is ${contextTokens} tokens and your request has ${inputTokens} input tokens (${outputTokens} > ${contextTokens} - ${inputTokens}). None`,
  );
}
