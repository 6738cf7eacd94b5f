import type { GenerationEvent } from "@/lib/generations/schema";
import { imagesOf, textOf } from "@/lib/messages/message";
import { TEMPORARY_FIELD, TEMPORARY_IMAGE_FIELD } from "@/lib/temporary/form";
import type { TemporaryInput } from "@/lib/temporary/schema";
import { type ProblemInfo, RequestFailed } from "../api";
import { linesOf } from "../lines";
import type { ThreadStore } from "./store";

/** Pictures of temporary conversations, by the ids that they have in this tab alone. */
const pictures = new Map<string, Blob>();
const stops = new Map<string, AbortController>();

/** Keeps a picture in the tab's memory, for sending it with each question. */
export const keepPicture = (id: string, blob: Blob): void => void pictures.set(id, blob);

/** Asks for the answer that was added to the store as `answerId`, and writes it there as it comes. */
export async function answerTemporarily(store: ThreadStore, answerId: string): Promise<void> {
  const abort = new AbortController();
  stops.set(answerId, abort);
  let taken = false;
  try {
    const response = await ask(store, answerId, abort.signal);
    taken = true;
    store.change(answerId, { delivery: undefined });
    for await (const event of linesOf<GenerationEvent>(response)) store.apply(answerId, event);
    if (store.message(answerId)?.status === "running") cutOff(store, answerId);
  } catch (error) {
    if (abort.signal.aborted) store.change(answerId, { status: "stopped", delivery: undefined });
    else if (error instanceof RequestFailed && !taken) refuse(store, answerId, error.problem);
    else cutOff(store, answerId);
  }
  stops.delete(answerId);
}

/** Ends the answer; what has come stays. */
export const stopTemporary = (answerId: string): void => stops.get(answerId)?.abort();

async function ask(store: ThreadStore, answerId: string, signal: AbortSignal): Promise<Response> {
  const response = await fetch("/api/temporary-answers", {
    method: "POST",
    body: formOf(store, answerId),
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
function formOf(store: ThreadStore, answerId: string): FormData {
  const form = new FormData();
  let count = 0;
  const path = store.pathBefore(answerId);
  const messages = path.map((message): TemporaryInput["messages"][number] => {
    const images = imagesOf(message).flatMap(({ imageId }) => {
      const blob = pictures.get(imageId);
      if (!blob) return [];
      form.append(TEMPORARY_IMAGE_FIELD, blob, "image");
      return [count++];
    });
    return { role: message.role, text: textOf(message), images };
  });
  const input: TemporaryInput = { messages, settings: store.settings };
  form.append(TEMPORARY_FIELD, JSON.stringify(input));
  return form;
}

/** The connection broke in the middle; what has come stays, and it can be asked again. */
const cutOff = (store: ThreadStore, id: string): void =>
  store.change(id, { status: "failed", failure: { code: "cut-off" }, delivery: undefined });

/** The server did not take the question: it says why under it. */
function refuse(store: ThreadStore, answerId: string, problem: ProblemInfo): void {
  const questionId = store.message(answerId)?.parentId;
  store.remove(answerId);
  if (questionId) store.change(questionId, { problem });
}
