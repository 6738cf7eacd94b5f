import { randomUUID } from "node:crypto";
import { type Account, SESSION_COOKIE } from "../../e2e/support/person.ts";
import { pause } from "./pause.ts";

/** How the emulator's scripted answers begin and end. */
export const FIRST_WORD = "FIRSTWORD";
export const LAST_WORD = "ENDOFANSWER";

/** A question that the emulator answers with a scripted Markdown answer; `perSecond` 0: all at once. */
export const scripted = (tokens: number, perSecond: number): string =>
  `Tell me something. [[pace:${tokens},${perSecond},0]]`;

const TRIES = 5;

/** The last event of an answer, with how it ended. */
const OUR_END = /"type":"end","sequence":\d+,"status":"(\w+)"/;
const EMULATORS_END = /^data: \[(DONE)\]/m;

/** When an answer was heard, in milliseconds after it was asked for; `firstMs` NaN when it began otherwise. */
export interface Heard {
  firstMs: number;
  totalMs: number;
}

/** Where a question goes: the answer it follows, null at the beginning of a thread. */
export interface Place {
  threadId: string;
  parentId: string | null;
}

export const newThread = (): Place => ({ threadId: randomUUID(), parentId: null });

/**
 * Asks the server as the browser's code does: the question is posted and the answer's events are opened at the
 * same time. Resolves at the answer's end; `next` is where another question would go. Throws when the answer
 * is not whole.
 */
export async function ask(
  url: string,
  person: Account,
  text: string,
  place: Place,
): Promise<Heard & { next: Place }> {
  const startedAt = performance.now();
  const { events, accepted, next } = begin(url, person, text, place);
  const [heard] = await Promise.all([
    events.then((response) => listen(response, startedAt, OUR_END)),
    accepted,
  ]);
  return { ...heard, next };
}

/** Posts a question and opens its answer's events. `accepted` rejects when the question is refused. */
export function begin(url: string, person: Account, text: string, { threadId, parentId }: Place) {
  const cookie = `${SESSION_COOKIE}=${person.session}`;
  const ids = { messageId: randomUUID(), answerId: randomUUID(), generationId: randomUUID() };
  const posted = fetch(`${url}/api/threads/${threadId}/messages`, {
    method: "POST",
    headers: { cookie, "content-type": "application/json" },
    body: JSON.stringify({ ...ids, parentId, text, imageIds: [] }),
  });
  return {
    events: eventsOf(`${url}/api/generations/${ids.generationId}/events?awaited=1`, cookie),
    accepted: drained(posted),
    next: { threadId, parentId: ids.answerId },
  };
}

/** Not found when the question was very late; the browser's code then comes again after a second. */
async function eventsOf(address: string, cookie: string): Promise<Response> {
  for (let tries = 1; ; tries++) {
    const response = await fetch(address, { headers: { cookie } });
    if (response.status !== 404 || tries === TRIES) return response;
    await response.text();
    await pause(1_000);
  }
}

/** Asks the emulator itself, as the server would. */
export async function askDirectly(emulatorUrl: string, text: string): Promise<Heard> {
  const startedAt = performance.now();
  return listen(await beginDirectly(emulatorUrl, text), startedAt, EMULATORS_END);
}

export const beginDirectly = (emulatorUrl: string, text: string): Promise<Response> =>
  fetch(`${emulatorUrl}/v1/chat/completions`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      model: "mistralai/Mistral-Small-24B-Instruct",
      stream: true,
      max_tokens: 4000,
      messages: [{ role: "user", content: text }],
    }),
  });

async function listen(response: Response, startedAt: number, end: RegExp): Promise<Heard> {
  if (!response.ok) throw new Error(`the answer's events: ${response.status} ${await response.text()}`);
  const decoder = new TextDecoder();
  let firstMs = Number.NaN;
  let tail = "";
  let ended: string | undefined;
  for await (const chunk of response.body ?? []) {
    tail = tail.slice(-200) + decoder.decode(chunk, { stream: true });
    if (Number.isNaN(firstMs) && tail.includes(FIRST_WORD)) firstMs = performance.now() - startedAt;
    ended = end.exec(tail)?.[1];
    if (ended) break;
  }
  if (ended !== "complete" && ended !== "DONE") throw new Error(`an answer was not whole: ${tail}`);
  return { firstMs, totalMs: performance.now() - startedAt };
}

async function drained(request: Promise<Response>): Promise<void> {
  const response = await request;
  const body = await response.text();
  if (response.status !== 202) throw new Error(`a question was refused: ${response.status} ${body}`);
}
