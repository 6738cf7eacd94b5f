import type { ServerResponse } from "node:http";
import type { Answer } from "./answer.ts";
import { json, type Reply } from "./errors.ts";
import type { ChosenFault, FaultName } from "./faults.ts";
import { play } from "./player.ts";
import type { Prompt } from "./prompt.ts";
import { createScript } from "./script.ts";
import type { RequestRecord } from "./stats.ts";
import { breakScript, engineError } from "./stream-faults.ts";
import { wait } from "./wait.ts";
import { completion, createWire, type Usage } from "./wire.ts";

export type Sending = {
  prompt: Prompt;
  answer: Answer;
  fault: ChosenFault | undefined;
  response: ServerResponse;
  record: RequestRecord;
};

/** Streams the answer as server-sent events, with the fault in it if there is one. */
export function sendStream({ prompt, answer, fault, response, record }: Sending): void {
  const { request } = prompt;
  record.status = 200;
  response.writeHead(200, {
    "content-type": "text/event-stream; charset=utf-8",
    "cache-control": "no-cache",
  });
  response.flushHeaders();
  response.socket?.setNoDelay(true);
  if (fault?.name === "keepalive-only") {
    keepAlive(response, fault.argument ?? 1000);
    return;
  }
  const wire = createWire(request.model);
  const usage = request.stream_options?.include_usage ? usageOf(prompt, answer) : undefined;
  const script = breakScript(createScript({ ...answer, usage }, wire), fault?.name, wire);
  play({ response, script, pace: answer.pace, wire, record });
}

/** Sends the answer in one piece of JSON; stream faults happen as far as there is a likeness of them. */
export async function sendWhole({ prompt, answer, fault, response, record }: Sending): Promise<void> {
  if (fault?.name === "silence" || fault?.name === "keepalive-only") return;
  await wait(answer.pace.firstMs, response);
  if (response.destroyed) return;
  const reply = wholeReply(prompt, answer, fault?.name);
  record.status = reply.status;
  record.piecesSent = answer.pieces.length;
  const length = Buffer.byteLength(reply.body);
  response.writeHead(reply.status, { "content-type": reply.type, "content-length": length });
  if (fault?.name !== "cut-without-done" && fault?.name !== "reset-in-middle") {
    response.end(reply.body);
    return;
  }
  record.dropped = true;
  response.write(reply.body.slice(0, reply.body.length / 2), () => response.destroy());
}

function wholeReply(prompt: Prompt, answer: Answer, fault: FaultName | undefined): Reply {
  if (fault === "error-in-middle" || fault === "error-200") return json(engineError());
  const calls = answer.toolCalls.map((call) => ({ type: "function", ...call }));
  const content = calls.length > 0 ? null : answer.pieces.join("");
  const message = { role: "assistant", content, ...(calls.length > 0 && { tool_calls: calls }) };
  const usage = fault === "no-usage" ? undefined : usageOf(prompt, answer);
  const whole = completion(prompt.request.model, message, answer.finish, usage);
  if (fault === "empty-choices") return json({ ...whole, choices: [] });
  if (fault === "null-choices") return json({ ...whole, choices: null });
  const reply = json(whole);
  return fault === "malformed-sse" ? { ...reply, body: reply.body.slice(0, -20) } : reply;
}

function usageOf({ inputTokens }: Prompt, { tokens }: Answer): Usage {
  return { prompt_tokens: inputTokens, total_tokens: inputTokens + tokens, completion_tokens: tokens };
}

function keepAlive(response: ServerResponse, everyMs: number): void {
  const timer = setInterval(() => response.write(": keep-alive\n\n"), everyMs);
  response.write(": keep-alive\n\n");
  response.on("close", () => clearInterval(timer));
}
