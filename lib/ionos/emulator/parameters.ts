import { ApiError } from "./errors.ts";
import type { Settings } from "./options.ts";
import type { ChatRequest } from "./request.ts";

/** What a request without a limit gets: the hub's specification says 16. */
const DEFAULT_OUTPUT_TOKENS = 16;

/** Checks everything but the conversation itself; throws 404 for an unknown model, 400 for the rest. */
export function checkParameters(request: ChatRequest, settings: Settings): void {
  checkModel(request.model, settings.models);
  checkSampling(request);
  checkLists(request);
  checkToolChoice(request);
}

/** The most tokens the answer may have. */
export function outputLimit(request: ChatRequest): number {
  return givenLimit(request) ?? DEFAULT_OUTPUT_TOKENS;
}

/** The limit that the request names itself, if any. */
export function givenLimit(request: ChatRequest): number | undefined {
  return request.max_completion_tokens ?? request.max_tokens ?? undefined;
}

/** Throws the 404 of vLLM when the model is not served here. */
export function checkModel(model: string, known: string[]): void {
  if (known.includes(model)) return;
  const details = { status: 404, type: "NotFoundError", param: "model" };
  throw new ApiError(`The model \`${model}\` does not exist.`, details);
}

function checkSampling({ temperature, top_p, n, ...request }: ChatRequest): void {
  if (temperature != null && (temperature < 0 || temperature > 2)) {
    refuse("temperature", `temperature must be in [0, 2], got ${temperature}.`);
  }
  if (top_p != null && (top_p <= 0 || top_p > 1)) refuse("top_p", `top_p must be in (0, 1], got ${top_p}.`);
  for (const name of ["presence_penalty", "frequency_penalty"] as const) {
    if (Math.abs(request[name] ?? 0) > 2) refuse(name, `${name} must be in [-2, 2], got ${request[name]}.`);
  }
  // The hub accepts more; nothing here asks for it, and a made-up second choice would help nobody.
  if (n != null && n !== 1) refuse("n", `n must be 1, got ${n}.`);
  const limit = givenLimit(request as ChatRequest);
  if (limit !== undefined && limit < 1) refuse("max_tokens", `max_tokens must be at least 1, got ${limit}.`);
}

function checkLists({ tools, stop }: ChatRequest): void {
  checkLength("tools", tools?.length ?? 0, 128);
  checkLength("stop", Array.isArray(stop) ? stop.length : 0, 4);
}

function checkLength(param: string, length: number, most: number): void {
  if (length <= most) return;
  refuse(
    param,
    `Invalid '${param}': array too long. Expected an array with maximum length ${most}, but got an array with length ${length} instead.`,
  );
}

function checkToolChoice({ tools, tool_choice: choice }: ChatRequest): void {
  if (choice == null || choice === "none") return;
  if (!tools?.length) refuse("tool_choice", "When using `tool_choice`, `tools` must be set.");
  if (typeof choice === "string") return;
  if (tools?.some((tool) => tool.function.name === choice.function.name)) return;
  refuse("tool_choice", "The tool specified in `tool_choice` does not match any of the specified `tools`");
}

function refuse(param: string, message: string): never {
  throw new ApiError(message, { param });
}
