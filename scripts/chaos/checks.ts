import { setTimeout as pause } from "node:timers/promises";
import { SESSION_COOKIE } from "../../e2e/support/person.ts";
import type { Message } from "../../lib/messages/message.ts";
import type { ThreadDetail } from "../../lib/threads/thread.ts";
import type { Complain, Turn } from "./conversation.ts";
import type { World } from "./world.ts";

/** Milliseconds in which everything must have come to an end: hearts that stopped are noticed after ten seconds. */
const SETTLED_MS = 60_000;

/** Looks from outside, when nothing is disturbed any more, whether everything is as it was acknowledged. */
export async function check(world: World, turns: Turn[], complain: Complain): Promise<void> {
  for (const [threadId, own] of byThread(turns)) {
    const first = own[0];
    if (!first) continue;
    const [here, ...elsewhere] = await Promise.all(
      world.servers.map(({ url }) => settled(url, threadId, first)),
    );
    if (!here) {
      for (const turn of own)
        if (turn.outcome === "acknowledged") complain("an acknowledged thread is gone", turn);
      continue;
    }
    if (here.running) complain("an answer never ended", first);
    for (const other of elsewhere)
      if (digest(other) !== digest(here)) complain("two servers tell two stories", first);
    for (const turn of own) checkTurn(here.messages, turn, complain);
    checkNothingElse(here, own, complain);
  }
}

function checkTurn(messages: Message[], turn: Turn, complain: Complain): void {
  const question = messages.filter(({ id }) => id === turn.messageId);
  const answer = messages.filter(({ id }) => id === turn.answerId);
  if (question.length !== answer.length || question.length > 1)
    complain("a turn is there by half, or twice", turn);
  if (turn.outcome === "acknowledged" && question.length === 0)
    complain("an acknowledged message is lost", turn);
  if (turn.outcome === "refused" && question.length > 0) complain("a refused message is there", turn);
  if (question[0] && textOf(question[0]) !== turn.text) complain("a question was changed", turn);
  if (answer[0]) checkAnswer(answer[0], turn, complain);
}

function checkAnswer(answer: Message, turn: Turn, complain: Complain): void {
  const text = textOf(answer);
  if (!turn.expected.startsWith(text))
    complain(`an answer is not what the model said: ${text.slice(0, 200)}`, turn);
  if (answer.status === "complete" && text !== turn.expected)
    complain("an answer is called complete and is not", turn);
  if (answer.status === "complete" && !answer.usage) complain("a complete answer was not counted", turn);
  if (answer.status === "stopped" && !turn.stopAsked) complain("an answer was stopped by nobody", turn);
  if (answer.status === "failed" && !answer.failure) complain("an answer failed without a reason", turn);
  if (answer.status === "running") complain("an answer never ended", turn);
}

function checkNothingElse({ messages }: ThreadDetail, own: Turn[], complain: Complain): void {
  const known = new Set(own.flatMap(({ messageId, answerId }) => [messageId, answerId]));
  const foreign = messages.filter(({ id }) => !known.has(id));
  if (own[0] && foreign.length > 0) complain("there is a message that nobody sent", own[0]);
}

/** The thread once nothing is written in it any more; null when it is not there. */
async function settled(url: string, threadId: string, { person }: Turn): Promise<ThreadDetail | null> {
  const until = Date.now() + SETTLED_MS;
  for (;;) {
    const thread = await read(`${url}/api/threads/${threadId}`, person.session);
    if (thread === null) return null;
    if (thread && !thread.running) return thread;
    if (Date.now() > until) {
      if (thread) return thread;
      throw new Error("a server does not answer any more");
    }
    await pause(250);
  }
}

/** Undefined when no answer came. */
async function read(url: string, session: string): Promise<ThreadDetail | null | undefined> {
  const headers = { cookie: `${SESSION_COOKIE}=${session}` };
  const response = await fetch(url, { headers, signal: AbortSignal.timeout(10_000) }).catch(() => null);
  if (response?.status === 404) return null;
  return response?.ok ? ((await response.json()) as ThreadDetail) : undefined;
}

/**
 * The model's side: nothing is being written any more, and each turn was asked for once. Where calls were broken on
 * purpose they may have been tried again.
 */
export async function checkModel(
  world: World,
  written: number,
  disturbed: boolean,
  complain: Complain,
  last: Turn,
) {
  const url = `http://127.0.0.1:${world.modelPort}`;
  const until = Date.now() + SETTLED_MS;
  for (;;) {
    const { active, last: calls } = await (await fetch(`${url}/stats`)).json();
    const chats = calls.filter(
      (call: { path: string; title?: boolean }) => call.path.endsWith("completions") && !call.title,
    );
    if (active === 0 && !disturbed && chats.length > written) {
      complain(`${chats.length} calls of the model for ${written} turns`, last);
    }
    if (active === 0) return;
    if (Date.now() > until) return complain(`${active} calls of the model have leaked`, last);
    await pause(250);
  }
}

/** How many turns of these the servers have. */
export async function writtenOf(world: World, turns: Turn[]): Promise<number> {
  const url = world.servers[0]?.url ?? "";
  let written = 0;
  for (const [threadId, own] of byThread(turns)) {
    const thread = await read(`${url}/api/threads/${threadId}`, own[0]?.person.session ?? "");
    const ids = new Set(thread?.messages.map(({ id }) => id));
    written += own.filter(({ messageId }) => ids.has(messageId)).length;
  }
  return written;
}

function byThread(turns: Turn[]): Map<string, Turn[]> {
  const threads = new Map<string, Turn[]>();
  for (const turn of turns) threads.set(turn.threadId, [...(threads.get(turn.threadId) ?? []), turn]);
  return threads;
}

const textOf = ({ parts }: Message) => parts.map((part) => (part.type === "text" ? part.text : "")).join("");

const digest = (thread: ThreadDetail | null) =>
  JSON.stringify(thread?.messages.map((message) => [message.id, message.status, textOf(message)]));
