import type { GenerationEvent } from "@/lib/generations/schema";
import { imagesOf, textOf } from "@/lib/messages/message";
import { TEMPORARY_FIELD, TEMPORARY_IMAGE_FIELD } from "@/lib/temporary/form";
import type { TemporaryInput } from "@/lib/temporary/schema";
import type { ThreadSettings } from "@/lib/threads/settings";
import { sumOfUsage } from "@/lib/usage/sum";
import { type ProblemInfo, RequestFailed } from "../api";
import { linesOf } from "../lines";
import type { ThreadStore } from "./store";
import type { ClientMessage } from "./types";

/** Pictures of temporary conversations, by the ids that they have in this tab alone. */
const pictures = new Map<string, Blob>();
const stops = new Map<string, AbortController>();

/** Keeps a picture in the tab's memory, for sending it with each question. */
export const keepPicture = (id: string, blob: Blob): void => void pictures.set(id, blob);

/** A picture of a temporary conversation; null for others, which the server has. */
export const keptPicture = (id: string): Blob | null => pictures.get(id) ?? null;

/**
 * Asks for the answer that was added to the store as `answerId`, and writes it there as it comes. `begun`: as it was
 * when it broke off, of one that is gone on with. Resolves to whether it ended well.
 */
export async function answerTemporarily(
  store: ThreadStore,
  answerId: string,
  begun?: ClientMessage,
): Promise<boolean> {
  const abort = new AbortController();
  stops.set(answerId, abort);
  let taken = false;
  let said = false;
  /** As it was told, which may be drawn a moment later. */
  let end: Extract<GenerationEvent, { type: "end" }> | undefined;
  try {
    const response = await ask(store, answerId, abort.signal, begun);
    taken = true;
    store.change(answerId, { delivery: undefined });
    for await (const line of linesOf<GenerationEvent>(response)) {
      const event = withBegun(line, begun);
      said ||= event.type === "text";
      if (event.type === "end") end = event;
      store.apply(answerId, event);
    }
    if (!end) cutOff(store, answerId);
  } catch (error) {
    if (abort.signal.aborted) store.change(answerId, { status: "stopped", delivery: undefined });
    else if (error instanceof RequestFailed && !taken) refuse(store, answerId, error.problem, begun);
    else if (!end) cutOff(store, answerId);
  }
  // Nothing came, so the word that was to be written anew is put back.
  if (begun && !said) store.change(answerId, { parts: begun.parts });
  stops.delete(answerId);
  return end?.status === "complete";
}

/** Ends the answer; what has come stays. */
export const stopTemporary = (answerId: string): void => stops.get(answerId)?.abort();

/** The conversation is discarded: nobody will read what is being answered, nor send its pictures again. */
export function forgetTemporary(): void {
  for (const abort of stops.values()) abort.abort();
  pictures.clear();
}

/** The end tells what all of the answer took, with what was written of it before. */
const withBegun = (event: GenerationEvent, begun?: ClientMessage): GenerationEvent =>
  event.type === "end" && event.usage && begun?.usage
    ? { ...event, usage: sumOfUsage([begun.usage, event.usage]) }
    : event;

async function ask(
  store: ThreadStore,
  answerId: string,
  signal: AbortSignal,
  begun?: ClientMessage,
): Promise<Response> {
  const response = await fetch("/api/temporary-answers", {
    method: "POST",
    body: formOf([...store.pathBefore(answerId), ...(begun ? [begun] : [])], store.settings),
    signal,
  }).catch((error: unknown) => {
    if (signal.aborted) throw error;
    throw new RequestFailed({ code: "offline", details: {} });
  });
  if (response.ok) return response;
  const { code = "internal", ...details } = (await response.json().catch(() => null))?.error ?? {};
  throw new RequestFailed({ code, details });
}

/** The whole conversation up to the question, pictures and all: nobody else remembers it. */
function formOf(path: ClientMessage[], settings: ThreadSettings): FormData {
  const form = new FormData();
  let count = 0;
  const messages = path.map((message): TemporaryInput["messages"][number] => {
    const images = imagesOf(message).flatMap(({ imageId }) => {
      const blob = pictures.get(imageId);
      if (!blob) return [];
      form.append(TEMPORARY_IMAGE_FIELD, blob, "image");
      return [count++];
    });
    return { role: message.role, text: textOf(message), images };
  });
  const input: TemporaryInput = { messages, settings };
  form.append(TEMPORARY_FIELD, JSON.stringify(input));
  return form;
}

/** The connection broke in the middle; what has come stays, and it can be asked again. */
const cutOff = (store: ThreadStore, id: string): void =>
  store.change(id, { status: "failed", failure: { code: "cut-off" }, delivery: undefined });

/** The server did not take the question: it says why under it, or under the answer that stays as it was. */
function refuse(store: ThreadStore, answerId: string, problem: ProblemInfo, begun?: ClientMessage): void {
  if (begun) store.change(answerId, { ...begun, problem });
  else {
    const questionId = store.message(answerId)?.parentId;
    store.remove(answerId);
    if (questionId) store.change(questionId, { problem });
  }
}
