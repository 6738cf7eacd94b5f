import { ApiError } from "./errors.ts";
import { type ChatMessage, imageUrlsOf, type ToolCall, textOf } from "./request.ts";

const ALTERNATE =
  "After the optional system message, conversation roles must alternate user/assistant/user/assistant/...";

/**
 * Mistral's rules for a conversation, with the texts of mistral-common's validator and of the model's chat
 * template: roles alternate, tool calls and results pair up, only people send pictures. Throws a 400.
 */
export function checkConversation(messages: ChatMessage[]): void {
  const turns = messages[0]?.role === "system" ? messages.slice(1) : messages;
  if (turns.length === 0) throw new ApiError("Conversation must have at least one message");
  for (const message of messages) checkMessage(message);
  for (const [index, message] of turns.entries()) checkOrder(turns[index - 1], message);
  checkLast(turns);
  checkToolResults(turns);
}

function checkMessage(message: ChatMessage): void {
  if (message.role !== "user" && imageUrlsOf(message).length > 0) {
    throw new ApiError(`Only text chunks are supported in ${message.role} messages`);
  }
  if (message.role === "assistant" && textOf(message) === "" && !message.tool_calls?.length) {
    throw new ApiError("Assistant message must have either content or tool_calls");
  }
  for (const call of message.tool_calls ?? []) checkCall(call);
  if (message.role === "tool") checkCallId(message.tool_call_id ?? "None");
}

function checkCall(call: ToolCall): void {
  checkCallId(call.id);
  if (/^[a-zA-Z0-9_-]{1,64}$/.test(call.function.name)) return;
  throw new ApiError(
    `Function name was ${call.function.name} but must be a-z, A-Z, 0-9, or contain underscores and dashes, with a maximum length of 64.`,
  );
}

function checkCallId(id: string): void {
  if (/^[a-zA-Z0-9]{9}$/.test(id)) return;
  throw new ApiError(`Tool call id was ${id} but must be a-z, A-Z, 0-9, with a length of 9.`);
}

function checkOrder(before: ChatMessage | undefined, message: ChatMessage): void {
  if (before?.role === "tool" && message.role === "user") {
    throw new ApiError("Unexpected role 'user' after role 'tool'");
  }
  if (!mayFollow(before, message)) throw new ApiError(ALTERNATE);
}

function mayFollow(before: ChatMessage | undefined, { role }: ChatMessage): boolean {
  if (role === "user") return before === undefined || before.role === "assistant";
  if (role === "assistant") return before?.role === "user" || before?.role === "tool";
  if (role === "tool") return before?.role === "tool" || Boolean(before?.tool_calls?.length);
  return false; // a system message anywhere but at the start
}

function checkLast(turns: ChatMessage[]): void {
  const role = turns.at(-1)?.role;
  if (role === "user" || role === "tool") return;
  throw new ApiError(
    `Expected last role User or Tool (or Assistant with prefix True) for serving but got ${role}`,
  );
}

/** Every call gets exactly one result, directly after the message that made the calls. */
function checkToolResults(turns: ChatMessage[]): void {
  let open: Set<string> | undefined;
  for (const message of turns) {
    if (message.role === "tool") {
      takeResult(open, message.tool_call_id ?? "");
      continue;
    }
    if (open?.size) throw new ApiError("Not the same number of function calls and responses");
    open = callIds(message);
  }
  if (open?.size) throw new ApiError("Not the same number of function calls and responses");
}

function takeResult(open: Set<string> | undefined, id: string): void {
  if (!open?.delete(id)) throw new ApiError(`Unexpected tool call id ${id} in tool results`);
}

function callIds(message: ChatMessage): Set<string> | undefined {
  const ids = message.tool_calls?.map((call) => call.id);
  if (ids && new Set(ids).size < ids.length)
    throw new ApiError("Duplicate tool call id in assistant message");
  return ids && new Set(ids);
}
