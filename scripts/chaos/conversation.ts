import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { type Account, SESSION_COOKIE } from "../../e2e/support/person.ts";
import type { GenerationEvent } from "../../lib/generations/schema.ts";
import { scriptedAnswer } from "../../lib/ionos/emulator/scripted.ts";
import type { Random } from "./random.ts";
import type { World } from "./world.ts";

/** A question, and what is known of it from outside. */
export interface Turn {
  person: Account;
  threadId: string;
  messageId: string;
  answerId: string;
  generationId: string;
  parentId: string | null;
  text: string;
  /** The whole answer, of so many tokens. */
  tokens: number;
  expected: string;
  /** The server has said 202. `refused`: it said that it does not take it; neither: nothing was heard. */
  outcome: "acknowledged" | "refused" | "unknown";
  stopAsked: boolean;
}

/** What must not be, in words. */
export type Complain = (what: string, turn: Turn) => void;

/** Longer together than a server takes to start on a busy machine. */
const TRIES = 60;
const FOLLOWED = 12;
const PATIENCE_MS = 15_000;

/** Asks one question as a browser does, over whatever breaks: sends, follows, stops, comes again. */
export async function converse(
  world: World,
  random: Random,
  earlier: Turn[],
  complain: Complain,
): Promise<void> {
  const turn = newTurn(world, random, earlier);
  earlier.push(turn);
  const sending = send(world, random.fork(), turn);
  const twin = random.chance(0.2) ? send(world, random.fork(), turn) : null;
  const following = random.chance(0.7) ? follow(world, random.fork(), turn, complain) : null;
  const stopping = random.chance(0.15) ? stop(world, random.fork(), turn) : null;
  await Promise.all([sending, twin, following, stopping]);
}

function newTurn(world: World, random: Random, earlier: Turn[]): Turn {
  const person = random.pick(world.people);
  const last = random.chance(0.5) ? latestOf(person, random, earlier) : null;
  // The same through a thread: where an answer came to nothing its question is put together with the next.
  const tokens = last?.tokens ?? random.between(5, 120);
  const perSecond = random.between(20, 300);
  return {
    person,
    threadId: last?.threadId ?? randomUUID(),
    parentId: last?.answerId ?? null,
    messageId: randomUUID(),
    answerId: randomUUID(),
    generationId: randomUUID(),
    text: `Question ${earlier.length} [[pace:${tokens},${perSecond},${random.between(0, 100)}]]`,
    tokens,
    expected: scriptedAnswer(tokens).join(""),
    outcome: "unknown",
    stopAsked: false,
  };
}

/** The end of one of the person's threads; its answer may still be on the way, then the next is refused. */
function latestOf(person: Account, random: Random, earlier: Turn[]): Turn | null {
  const acknowledged = earlier.filter((turn) => turn.person === person && turn.outcome === "acknowledged");
  const followed = new Set(acknowledged.map((turn) => turn.parentId));
  const ends = acknowledged.filter((turn) => !followed.has(turn.answerId)).slice(-20);
  return ends.length ? random.pick(ends) : null;
}

/** The same ids again and again, to whichever server, until one of them answers. */
async function send(world: World, random: Random, turn: Turn): Promise<void> {
  const { messageId, answerId, generationId, parentId, text } = turn;
  const body = JSON.stringify({ messageId, answerId, generationId, parentId, text, imageIds: [] });
  for (let tries = 0; tries < TRIES && turn.outcome !== "acknowledged"; tries++) {
    const init = { method: "POST", body, headers: { "content-type": "application/json" } };
    const response = await call(world, random, turn.person, `/api/threads/${turn.threadId}/messages`, init);
    if (response?.status === 202) turn.outcome = "acknowledged";
    else if (response && response.status < 500 && response.status !== 404) {
      // Its twin may have been taken meanwhile.
      if (turn.outcome === "unknown") turn.outcome = "refused";
      return;
    }
    await pause(random.between(50, 800));
  }
}

async function stop(world: World, random: Random, turn: Turn): Promise<void> {
  await pause(random.between(0, 1_500));
  turn.stopAsked = true;
  await call(world, random, turn.person, `/api/generations/${turn.generationId}`, { method: "DELETE" });
}

/** Null when nobody answered. */
async function call(
  world: World,
  random: Random,
  person: Account,
  path: string,
  init: RequestInit = {},
): Promise<Response | null> {
  const headers = { ...init.headers, cookie: `${SESSION_COOKIE}=${person.session}` };
  const { url } = random.pick(world.servers);
  try {
    const response = await fetch(url + path, { ...init, headers, signal: AbortSignal.timeout(PATIENCE_MS) });
    await response.clone().arrayBuffer();
    return response;
  } catch {
    return null;
  }
}

/** What the follower has of an answer. */
interface Shown {
  text: string;
  sequence: number;
  lastEventId: string | null;
  ended: string | null;
}

/** Follows to the end or until it has enough, coming again with the last event's number as EventSource does. */
async function follow(world: World, random: Random, turn: Turn, complain: Complain): Promise<void> {
  const shown: Shown = { text: "", sequence: 0, lastEventId: null, ended: null };
  for (let tries = 0; tries < FOLLOWED && !shown.ended; tries++) {
    const cut = random.chance(0.3) ? random.between(50, 1_000) : PATIENCE_MS;
    await read(world, random, turn, shown, cut, complain);
    if (turn.outcome === "refused") return;
    await pause(random.between(20, 500));
  }
  if (!turn.expected.startsWith(shown.text))
    complain(`a follower was shown what is not its answer: ${shown.text}`, turn);
  if (shown.ended === "complete" && shown.text !== turn.expected)
    complain("a follower was not shown all of it", turn);
}

async function read(
  world: World,
  random: Random,
  turn: Turn,
  shown: Shown,
  cutMs: number,
  complain: Complain,
): Promise<void> {
  const headers: Record<string, string> = { cookie: `${SESSION_COOKIE}=${turn.person.session}` };
  if (shown.lastEventId) headers["last-event-id"] = shown.lastEventId;
  const url = `${random.pick(world.servers).url}/api/generations/${turn.generationId}/events?awaited=1`;
  try {
    const response = await fetch(url, { headers, signal: AbortSignal.timeout(cutMs) });
    if (!response.ok || !response.body) return;
    let rest = "";
    for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
      const blocks = (rest + chunk).split("\n\n");
      rest = blocks.pop() ?? "";
      for (const block of blocks) take(block, shown, (what) => complain(what, turn));
      if (shown.ended) return;
    }
  } catch {
    // Cut off, by us or by a server that went away.
  }
}

function take(block: string, shown: Shown, complain: (what: string) => void): void {
  const field = (name: string) => new RegExp(`^${name}: (.*)$`, "m").exec(block)?.[1];
  const data = field("data");
  if (!data || field("event")) return;
  const event = JSON.parse(data) as GenerationEvent;
  shown.lastEventId = field("id") ?? shown.lastEventId;
  if (event.type === "snapshot") {
    shown.text = event.parts.map((part) => (part.type === "text" ? part.text : "")).join("");
  } else if (event.sequence <= shown.sequence) return;
  else if (event.sequence !== shown.sequence + 1) complain(`event ${event.sequence} after ${shown.sequence}`);
  if (event.type === "text") shown.text += event.delta;
  if (event.type === "end") shown.ended = event.status;
  shown.sequence = event.sequence;
}
