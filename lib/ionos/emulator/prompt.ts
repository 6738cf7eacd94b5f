import type { TokenCounter } from "../tekken.ts";
import { ApiError } from "./errors.ts";
import type { ImageFacts, ImageReader } from "./images.ts";
import { type ChatMessage, type ChatRequest, imageUrlsOf, textOf } from "./request.ts";

/** A request after its pictures are decoded and everything in it is counted. */
export type Prompt = {
  request: ChatRequest;
  /** The facts of each picture, by message. */
  images: Map<ChatMessage, ImageFacts[]>;
  inputTokens: number;
};

/**
 * Decodes every picture and counts the input as the model's template lays it out. Throws what the server
 * says of too many pictures, undecodable ones and remote ones.
 */
export async function readPrompt(
  request: ChatRequest,
  readImage: ImageReader,
  counter: TokenCounter,
  maxImages: number | undefined,
): Promise<Prompt> {
  const urls = request.messages.flatMap(imageUrlsOf);
  if (maxImages !== undefined && urls.length > maxImages) {
    throw new ApiError(`At most ${maxImages} image(s) may be provided in one prompt.`);
  }
  const images = new Map<ChatMessage, ImageFacts[]>();
  for (const message of request.messages) {
    const facts: ImageFacts[] = [];
    for (const url of imageUrlsOf(message)) facts.push(await readImage(url));
    images.set(message, facts);
  }
  return { request, images, inputTokens: countInput(request, images, counter) };
}

/** Every picture of the conversation, oldest first. */
export function allImages(prompt: Prompt): ImageFacts[] {
  return [...prompt.images.values()].flat();
}

function countInput(
  request: ChatRequest,
  images: Map<ChatMessage, ImageFacts[]>,
  counter: TokenCounter,
): number {
  // <s> before everything, and [AVAILABLE_TOOLS]...[/AVAILABLE_TOOLS] where there are tools.
  let tokens = 1;
  if (request.tools?.length) tokens += 2 + counter.count(JSON.stringify(request.tools));
  for (const message of request.messages) {
    tokens += controlTokens(message) + counter.count(textOf(message));
    for (const call of message.tool_calls ?? []) tokens += counter.count(JSON.stringify(call.function));
    for (const image of images.get(message) ?? []) tokens += image.grid.tokens;
  }
  return tokens;
}

/** [SYSTEM_PROMPT] and [INST] come in pairs, an answer ends in </s>, a call and a result have their own. */
function controlTokens(message: ChatMessage): number {
  if (message.role === "assistant") return message.tool_calls?.length ? 2 : 1;
  return message.role === "tool" ? 3 : 2;
}
