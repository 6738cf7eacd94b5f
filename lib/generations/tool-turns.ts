import "server-only";
import { createHash } from "node:crypto";
import type { AssistantModelMessage, ToolModelMessage } from "ai";
import type { Part, ToolPart } from "@/lib/messages/message";

/** Said for a call that never came back: Mistral wants one result for each. */
const NO_RESULT = "The call was interrupted. There is no result.";
/** Said where the model never came to speak after a result: older servers refuse a person's turn right after one. */
const UNSAID = "(The answer was interrupted here.)";

/** Some words of the model, and the calls that it made then. */
interface Said {
  text: string;
  calls: ToolPart[];
}

/** A turn of the model as Mistral wants it: what was said, the calls, exactly one result for each, what was said then. */
export function assistantMessages(parts: readonly Part[]): (AssistantModelMessage | ToolModelMessage)[] {
  const said = inOrder(parts);
  if (said.at(-1)?.calls.length) said.push({ text: UNSAID, calls: [] });
  const used = new Set<string>();
  return said.flatMap(({ text, calls }) => {
    if (calls.length === 0) return [{ role: "assistant" as const, content: text }];
    const legal = calls.map((call) => ({
      ...call,
      name: legalName(call.name),
      id: legalId(call.callId, used),
    }));
    return [callsMessage(text, legal), resultsMessage(legal)];
  });
}

/** Words after a call begin anew: they were said with its result known. */
function inOrder(parts: readonly Part[]): Said[] {
  const said: Said[] = [{ text: "", calls: [] }];
  for (const part of parts) {
    const last = said.at(-1) as Said;
    if (part.type === "tool") last.calls.push(part);
    else if (part.type !== "text") continue;
    else if (last.calls.length === 0) last.text += part.text;
    else if (part.text.trim() !== "") said.push({ text: part.text, calls: [] });
  }
  return said;
}

type Legal = ToolPart & { id: string };

function callsMessage(text: string, calls: Legal[]): AssistantModelMessage {
  const words = text.trim() === "" ? [] : [{ type: "text" as const, text }];
  const made = calls.map(({ id, name, input }) => {
    return { type: "tool-call" as const, toolCallId: id, toolName: name, input };
  });
  return { role: "assistant", content: [...words, ...made] };
}

const resultsMessage = (calls: Legal[]): ToolModelMessage => ({
  role: "tool",
  content: calls.map(({ id, name, result }) => {
    const output = { type: "text" as const, value: result ?? NO_RESULT };
    return { type: "tool-result" as const, toolCallId: id, toolName: name, output };
  }),
});

/** Nine letters or digits (ionos-api: the model), none twice in a turn; another one is made into such a one. */
function legalId(callId: string, used: Set<string>): string {
  let id = callId;
  for (let tries = 0; used.has(id) || !/^[a-zA-Z0-9]{9}$/.test(id); tries++) {
    id = createHash("sha256").update(`${callId} ${tries}`).digest("hex").slice(0, 9);
  }
  used.add(id);
  return id;
}

const legalName = (name: string): string => name.replace(/[^a-zA-Z0-9_-]/g, "_").slice(0, 64) || "tool";
