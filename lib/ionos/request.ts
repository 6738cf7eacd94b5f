import "server-only";
import { OpenAICompatibleChatLanguageModel } from "@ai-sdk/openai-compatible";
import type { ModelMessage } from "ai";
import { convertToLanguageModelPrompt } from "ai/internal";
import { environment } from "@/lib/platform/environment";
import type { Kind } from "./limiter/schedule";
import type { Post } from "./post";

export interface AnswerRequest {
  /** Who waits for it: calls take turns between people. */
  personId: string;
  /** "background" goes after everything that somebody waits for. */
  kind: Kind;
  model: string;
  instructions?: string;
  messages: ModelMessage[];
  /** 0 to 2. */
  temperature: number;
  /** Over 0, to 1; null: the provider's own. */
  topP: number | null;
  /** Longest answer, tokens. Always sent: the hub's own default is 16. */
  maxTokens: number;
  signal: AbortSignal;
}

/** The HTTP request for a streamed answer. The SDK writes the body; sending and reading are ours (decision 5). */
export async function postOf(request: AnswerRequest): Promise<Post> {
  const { baseUrl, token } = environment().provider;
  const { instructions, messages } = request;
  const prompt = await convertToLanguageModelPrompt({
    prompt: { instructions, messages },
    supportedUrls: {},
    download: neverDownload,
  });
  const { body } = await modelOf(request.model).prepareRequest({
    prompt,
    temperature: request.temperature,
    topP: request.topP ?? undefined,
    maxOutputTokens: request.maxTokens,
  });
  return {
    url: `${baseUrl}/chat/completions`,
    headers: { "content-type": "application/json", ...(token ? { authorization: `Bearer ${token}` } : {}) },
    body: JSON.stringify({ ...body, stream: true, stream_options: { include_usage: true } }),
  };
}

/** Pictures go out as their bytes; an address in a message is nothing for this server to visit (threat 51). */
async function neverDownload(addresses: unknown[]): Promise<[]> {
  if (addresses.length > 0) throw new Error("A message had an address in the place of bytes.");
  return [];
}

/** Kept: making one compiles the schemas of everything it reads. */
const models = new Map<string, OpenAICompatibleChatLanguageModel>();

function modelOf(id: string): OpenAICompatibleChatLanguageModel {
  const kept = models.get(id);
  if (kept) return kept;
  const { baseUrl } = environment().provider;
  const made = new OpenAICompatibleChatLanguageModel(id, {
    provider: "ionos",
    url: ({ path }) => `${baseUrl}${path}`,
    headers: () => ({}),
  });
  models.set(id, made);
  return made;
}
