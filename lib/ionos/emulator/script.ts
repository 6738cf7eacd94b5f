import type { ToolCall } from "./request.ts";
import { DONE, type FinishReason, type Usage, type Wire } from "./wire.ts";

/** A stream before it is sent: ready events around the pieces of the answer. */
export type Script = {
  opening: string;
  pieces: string[];
  /** Raw text sent after half of the pieces. */
  middle: string;
  closing: { finish: string; usage: string; done: string };
  /** What happens after the last byte: a normal end, nothing at all, or a destroyed socket. */
  ending: "end" | "hang" | "destroy";
  /** How the bytes are cut and lines end. */
  bytes: "plain" | "crlf" | "utf8-split" | "byte-by-byte";
};

export type ScriptInput = {
  pieces: string[];
  toolCalls: ToolCall[];
  finish: FinishReason;
  /** Given only if the request asked for it. */
  usage?: Usage;
};

/** The stream of a healthy server. */
export function createScript({ pieces, toolCalls, finish, usage }: ScriptInput, wire: Wire): Script {
  return {
    opening: wire.role(),
    pieces,
    middle: "",
    closing: {
      finish: toolCalls.map(wire.toolCall).join("") + wire.finish(finish),
      usage: usage ? wire.usage(usage) : "",
      done: DONE,
    },
    ending: "end",
    bytes: "plain",
  };
}
