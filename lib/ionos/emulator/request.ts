import * as z from "zod";
import { ApiError } from "./errors.ts";

// Unknown fields are dropped and not refused, as vLLM does it.
const part = z.union([
  z.object({ type: z.literal("text"), text: z.string() }),
  z.object({ type: z.literal("image_url"), image_url: z.object({ url: z.string() }) }),
]);
const content = z.union([z.string(), z.array(part)]);
const toolCall = z.object({
  id: z.string(),
  function: z.object({ name: z.string(), arguments: z.string() }),
});
const message = z.object({
  role: z.enum(["system", "user", "assistant", "tool"]),
  content: content.nullish(),
  tool_calls: z.array(toolCall).nullish(),
  tool_call_id: z.string().nullish(),
});
const tool = z.object({
  type: z.literal("function"),
  function: z.object({ name: z.string(), description: z.string().nullish(), parameters: z.unknown() }),
});
const toolChoice = z.union([
  z.enum(["none", "auto", "required"]),
  z.object({ type: z.literal("function"), function: z.object({ name: z.string() }) }),
]);

const chatRequest = z.object({
  model: z.string(),
  messages: z.array(message),
  stream: z.boolean().nullish(),
  stream_options: z.object({ include_usage: z.boolean().nullish() }).nullish(),
  max_tokens: z.number().int().nullish(),
  max_completion_tokens: z.number().int().nullish(),
  temperature: z.number().nullish(),
  top_p: z.number().nullish(),
  frequency_penalty: z.number().nullish(),
  presence_penalty: z.number().nullish(),
  n: z.number().int().nullish(),
  stop: z.union([z.string(), z.array(z.string())]).nullish(),
  seed: z.number().int().nullish(),
  tools: z.array(tool).nullish(),
  tool_choice: toolChoice.nullish(),
  response_format: z.object({ type: z.enum(["text", "json_object", "json_schema"]) }).nullish(),
});

export type ChatRequest = z.infer<typeof chatRequest>;
export type ChatMessage = ChatRequest["messages"][number];
export type ToolCall = z.infer<typeof toolCall>;

/** Reads a request body; throws the server's 400 when it is not JSON or a field has the wrong shape. */
export function parseChatRequest(body: string): ChatRequest {
  const parsed = chatRequest.safeParse(parseJson(body));
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const path = ["body", ...(issue?.path ?? [])].join(".");
  throw new ApiError(`Validation error at ${path}: ${issue?.message ?? "invalid"}`, { param: path });
}

/** The text of a message, whatever form its content has; images leave no trace in it. */
export function textOf(message: ChatMessage): string {
  if (typeof message.content === "string") return message.content;
  return (message.content ?? []).flatMap((part) => (part.type === "text" ? [part.text] : [])).join("\n");
}

/** The image addresses of a message, in order. */
export function imageUrlsOf(message: ChatMessage): string[] {
  if (typeof message.content === "string") return [];
  return (message.content ?? []).flatMap((part) => (part.type === "image_url" ? [part.image_url.url] : []));
}

/** The newest message of the person, which carries the markers; undefined when there is none. */
export function lastUserMessage(request: ChatRequest): ChatMessage | undefined {
  return request.messages.findLast((message) => message.role === "user");
}

/** Its text; empty when there is none. */
export function lastUserText(request: ChatRequest): string {
  const message = lastUserMessage(request);
  return message ? textOf(message) : "";
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw new ApiError("JSON decode error");
  }
}
