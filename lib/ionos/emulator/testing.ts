import type { EmulatorOptions } from "./options.ts";
import { type RunningEmulator, startEmulator } from "./server.ts";
import type { RequestRecord } from "./stats.ts";

export const MODEL = "mistralai/Mistral-Small-24B-Instruct";

type Body = Record<string, unknown>;
type Post = { body?: Body | string; headers?: Record<string, string>; signal?: AbortSignal };

/** A started emulator with what a test says to it; faults on, quick counting and no pace unless told. */
export async function startForTest(options: EmulatorOptions = {}) {
  const quick: EmulatorOptions = { faults: true, tokens: "fast", tokensPerSecond: 0, firstTokenMs: 0 };
  const emulator: RunningEmulator = await startEmulator({ ...quick, ...options });
  const post = ({ body, headers, signal }: Post) =>
    fetch(`${emulator.url}/v1/chat/completions`, {
      method: "POST",
      body: typeof body === "string" ? body : JSON.stringify(body),
      headers: { "content-type": "application/json", ...headers },
      signal,
    });
  return {
    ...emulator,
    post,
    /** Posts messages (a string is one question) and reads the JSON of the answer. */
    async ask(messages: string | object[], more: Body = {}): Promise<{ status: number; json: AskJson }> {
      const response = await post({ body: chatBody(messages, more) });
      return { status: response.status, json: (await response.json()) as AskJson };
    },
    /** The same as a stream, read to its end. */
    async stream(messages: string | object[], more: Body = {}) {
      const stream_options = { include_usage: true };
      const response = await post({ body: chatBody(messages, { stream: true, stream_options, ...more }) });
      const raw = await response.text();
      return {
        response,
        raw,
        /** Throws for a stream that is not JSON. */
        get events() {
          return eventsOf(raw);
        },
      };
    },
    async stats() {
      const response = await fetch(`${emulator.url}/stats`);
      return (await response.json()) as {
        seen: number;
        active: number;
        maxActive: number;
        aborted: number;
        last: RequestRecord[];
      };
    },
  };
}

export function chatBody(messages: string | object[], more: Body = {}): Body {
  const list = typeof messages === "string" ? [{ role: "user", content: messages }] : messages;
  return { model: MODEL, max_tokens: 1000, messages: list, ...more };
}

/** The text of an answer, put together from its chunks. */
export function textIn(events: unknown[]): string {
  return (events as Chunk[]).map((event) => event.choices?.[0]?.delta?.content ?? "").join("");
}

/** The JSON of every `data:` line that has some; [DONE] is the string "[DONE]". */
export function eventsOf(raw: string): (Chunk | "[DONE]")[] {
  return raw
    .split(/\r?\n\r?\n/)
    .flatMap((block) => block.split(/\r?\n/).filter((line) => line.startsWith("data: ")))
    .map((line) => (line === "data: [DONE]" ? "[DONE]" : (JSON.parse(line.slice(6)) as Chunk)));
}

export type Chunk = {
  id?: string;
  object?: string;
  error?: { message: string; type: string; code: number };
  choices?: { delta: Delta; finish_reason: string | null; index: number }[] | null;
  usage?: Usage;
};
type Delta = { role?: string; content?: string; tool_calls?: ToolDelta[] };
type ToolDelta = { index: number; id?: string; function: { name?: string; arguments?: string } };
type Usage = { prompt_tokens: number; completion_tokens: number; total_tokens: number };

type AskJson = {
  object?: string;
  message?: string;
  error: { message: string; type: string; param: string | null; code: number };
  choices: {
    message: { role: string; content: string | null; tool_calls?: Call[] };
    finish_reason: string;
  }[];
  usage: Usage;
};
type Call = { id: string; type: string; function: { name: string; arguments: string } };
