import type { ServerResponse } from "node:http";
import { tokenCounter } from "../tekken.ts";
import { answerTo } from "./answer.ts";
import { checkContext } from "./context.ts";
import { checkConversation } from "./conversation.ts";
import { isTitleRequest } from "./demo/title.ts";
import { Refusal } from "./errors.ts";
import { type ChosenFault, isFault } from "./faults.ts";
import { httpFault } from "./http-faults.ts";
import { createImageReader } from "./images.ts";
import { faultMarker, readFault } from "./markers.ts";
import type { Settings } from "./options.ts";
import { checkParameters, outputLimit } from "./parameters.ts";
import { allImages, readPrompt } from "./prompt.ts";
import { type ChatRequest, lastUserText, parseChatRequest } from "./request.ts";
import { sendStream, sendWhole } from "./sending.ts";
import type { RequestRecord } from "./stats.ts";
import { wait } from "./wait.ts";

/** One POST /v1/chat/completions. */
export type ChatCall = {
  body: string;
  faultHeader: string | undefined;
  response: ServerResponse;
  record: RequestRecord;
};

/** The chat endpoint with its caches: answers by itself, or throws what the server refuses. */
export function createChat(settings: Settings) {
  const counter = tokenCounter(settings.tokens);
  const readImage = createImageReader();
  const seen = new Set<string>();

  return async function chat({ body, faultHeader, response, record }: ChatCall): Promise<void> {
    const request = parseChatRequest(body);
    describe(record, request);
    const fault = settings.faults ? faultOf(request, faultHeader, seen) : undefined;
    if (fault) await failEarly(fault, request, response, record);
    if (response.destroyed) return;

    checkParameters(request, settings);
    checkConversation(request.messages);
    const prompt = await readPrompt(request, readImage, counter, settings.maxImages);
    record.images = allImages(prompt).map(({ width, height, bytes }) => ({ width, height, bytes }));
    const { inputTokens } = prompt;
    const { contextTokens } = settings;
    checkContext({ inputTokens, outputTokens: outputLimit(request), contextTokens });

    const answer = answerTo(prompt, settings, counter, fault);
    if (response.destroyed) return;
    const sending = { prompt, answer, fault, response, record };
    if (request.stream) sendStream(sending);
    else await sendWhole(sending);
  };
}

/** The faults that need nothing but a connection. */
async function failEarly(
  fault: ChosenFault,
  request: ChatRequest,
  response: ServerResponse,
  record: RequestRecord,
): Promise<void> {
  record.fault = fault.name;
  if (fault.name === "reset") {
    record.dropped = true;
    response.destroy();
  }
  if (fault.name === "slow-first-byte") await wait(fault.argument ?? 5000, response);
  const reply = httpFault(fault.name, request.model, fault.argument);
  if (reply) throw new Refusal(reply);
}

/** The fault that the header or the last user message asks for, unless it was for the first time only. */
function faultOf(
  request: ChatRequest,
  header: string | undefined,
  seen: Set<string>,
): ChosenFault | undefined {
  const text = lastUserText(request);
  const marker = header ? readFault(header) : faultMarker(text);
  if (!marker || !isFault(marker.name)) return undefined;
  // A request for a title repeats the question with its marker, which was not meant for it.
  if (!header && marker.title !== isTitleRequest(request)) return undefined;
  const key = JSON.stringify([request.model, text, marker.name]);
  if (marker.once && seen.has(key)) return undefined;
  seen.add(key);
  return { name: marker.name, argument: marker.argument };
}

function describe(record: RequestRecord, request: ChatRequest): void {
  const { model, messages, stream, tools, stop, ...params } = request;
  record.model = model;
  record.stream = stream ?? false;
  record.title = isTitleRequest(request);
  record.messages = messages.length;
  record.roles = messages.map((message) => message.role);
  record.tools = tools?.length ?? 0;
  record.params = { ...params, stop: Array.isArray(stop) ? stop.length : Number(stop != null) };
}
