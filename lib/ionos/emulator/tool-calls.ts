import { randomBytes } from "node:crypto";
import { type ToolMarker, toolMarkers } from "./markers.ts";
import { type ChatRequest, lastUserText, type ToolCall } from "./request.ts";

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/** The calls that markers ask for, or that `tool_choice` forces; none once the results are there. */
export function toolCallsFor(request: ChatRequest): ToolCall[] {
  const answered = request.messages.at(-1)?.role === "tool";
  const markers = markersFor(request).filter((marker) => marker.again || !answered);
  if (markers.length > 0) {
    return markers.every((marker) => isObject(marker.arguments)) ? markers.map(toCall) : [];
  }
  const forced = answered ? undefined : forcedTool(request);
  return forced === undefined ? [] : [toCall({ name: forced, arguments: "{}" })];
}

/** A call whose JSON is broken arrives as the raw text that the server's parser gave up on. */
export function brokenCallText(request: ChatRequest): string | undefined {
  const broken = markersFor(request).find((marker) => !isObject(marker.arguments));
  return broken && `[TOOL_CALLS][{"name": "${broken.name}", "arguments": ${broken.arguments}}]`;
}

/** Markers count only for tools that the request offers. */
function markersFor(request: ChatRequest): ToolMarker[] {
  const names = new Set(request.tools?.map((tool) => tool.function.name));
  if (names.size === 0 || request.tool_choice === "none") return [];
  return toolMarkers(lastUserText(request)).filter((marker) => names.has(marker.name));
}

function forcedTool({ tool_choice: choice, tools }: ChatRequest): string | undefined {
  if (choice === "required") return tools?.[0]?.function.name;
  return typeof choice === "object" ? choice?.function.name : undefined;
}

function toCall({ name, arguments: args }: { name: string; arguments: string }): ToolCall {
  return { id: callId(), function: { name, arguments: args } };
}

/** Nine letters or digits, as Mistral wants it. */
function callId(): string {
  return [...randomBytes(9)].map((byte) => ALPHABET[byte % ALPHABET.length]).join("");
}

function isObject(json: string): boolean {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === "object" && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
