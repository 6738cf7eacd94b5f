import type { ServerResponse } from "node:http";
import { setImmediate as nextTurn } from "node:timers/promises";
import { cutBytes } from "./bytes.ts";
import type { Script } from "./script.ts";
import type { RequestRecord } from "./stats.ts";
import type { Wire } from "./wire.ts";

/** `perSecond` 0 sends everything at once. */
export type Pace = { perSecond: number; firstMs: number };

export type Performance = {
  response: ServerResponse;
  script: Script;
  pace: Pace;
  wire: Wire;
  record: RequestRecord;
};

/** Pieces written in one go when there is no pace, so that a huge answer does not become one huge string. */
const SLICE = 2000;

/**
 * Plays a script to the client, one event per piece, paced by the wall clock: a late timer is made up for
 * by the next one. It ends with the connection and waits for slow readers.
 */
export function play(performance: Performance): void {
  const { response, script, pace } = performance;
  const alone = script.bytes === "utf8-split" || script.bytes === "byte-by-byte";
  const begin = () => (alone ? void playBytes(performance) : playEvents(performance));
  if (pace.firstMs <= 0) begin();
  else closing(response, setTimeout(begin, pace.firstMs));
}

function playEvents({ response, script, pace, wire, record }: Performance): void {
  const { pieces } = script;
  const startedAt = performance.now();
  const events = eventReader(script, wire);
  let timer: NodeJS.Timeout | undefined;
  response.on("close", () => clearTimeout(timer));
  write(script.opening);
  next();

  function next(): void {
    if (response.destroyed) return;
    const room = write(events.upTo(dueNow()));
    record.piecesSent = events.sent();
    if (events.sent() >= pieces.length) end();
    else if (!room) response.once("drain", next);
    else timer = setTimeout(next, untilNext());
  }

  function dueNow(): number {
    if (atOnce()) return events.sent() + SLICE;
    return 1 + Math.floor(((performance.now() - startedAt) * pace.perSecond) / 1000);
  }

  function untilNext(): number {
    if (atOnce()) return 0;
    return Math.max(1, startedAt + (events.sent() * 1000) / pace.perSecond - performance.now());
  }

  function atOnce(): boolean {
    return pace.perSecond === 0 || record.hurried === true;
  }

  function end(): void {
    write(closingOf(script));
    finish(response, script.ending, record);
  }

  function write(text: string): boolean {
    if (text === "") return true;
    return response.write(script.bytes === "crlf" ? text.replaceAll("\n", "\r\n") : text);
  }
}

/** The whole stream in the smallest parts; each write is an HTTP chunk of its own. */
async function playBytes({ response, script, wire, record }: Performance): Promise<void> {
  const events = eventReader(script, wire);
  const text = script.opening + events.upTo(script.pieces.length) + closingOf(script);
  for (const [index, part] of cutBytes(text, script.bytes).entries()) {
    if (response.destroyed) return;
    response.write(part);
    if (index % 64 === 0) await nextTurn();
  }
  record.piecesSent = events.sent();
  finish(response, script.ending, record);
}

/** Turns pieces into events in order, with the script's middle after half of them. */
function eventReader({ pieces, middle }: Script, wire: Wire) {
  const middleAt = Math.ceil(pieces.length / 2);
  let sent = 0;
  let middleSent = middle === "";
  return {
    sent: () => sent,
    upTo(due: number): string {
      let text = "";
      const end = Math.min(pieces.length, due);
      while (sent < end) {
        text += wire.text(pieces[sent++] ?? "");
        if (!middleSent && sent >= middleAt) {
          text += middle;
          middleSent = true;
        }
      }
      return text;
    },
  };
}

function closingOf({ closing: { finish: end, usage, done } }: Script): string {
  return end + usage + done;
}

function finish(response: ServerResponse, ending: Script["ending"], record: RequestRecord): void {
  if (ending === "end") response.end();
  if (ending !== "destroy") return;
  record.dropped = true;
  // After an empty turn, so that what was written before is really on its way.
  void nextTurn().then(() => response.destroy());
}

function closing(response: ServerResponse, timer: NodeJS.Timeout): void {
  response.on("close", () => clearTimeout(timer));
}
