import { ApiError, envelop } from "./errors.ts";
import type { FaultName } from "./faults.ts";
import type { Script } from "./script.ts";
import { DONE, dataEvent, type Wire } from "./wire.ts";

const NOTHING = { finish: "", usage: "", done: "" };

/** The script as a server with this fault would play it; unchanged for faults that are not in a stream. */
export function breakScript(script: Script, fault: FaultName | undefined, wire: Wire): Script {
  switch (fault) {
    case "silence":
      return { ...script, pieces: script.pieces.slice(0, 5), closing: NOTHING, ending: "hang" };
    case "error-in-middle":
      return { ...firstHalf(script), closing: { ...NOTHING, finish: errorEvent(), done: DONE } };
    case "cut-without-done":
      return firstHalf(script);
    case "reset-in-middle":
      return { ...firstHalf(script), ending: "destroy" };
    case "error-200":
      return { ...script, opening: errorEvent(), pieces: [], closing: { ...NOTHING, done: DONE } };
    default:
      return { ...script, ...brokenParts(script, fault, wire) };
  }
}

/** What an engine that fails while it answers sends as its last event. */
export function engineError(): object {
  const error = new ApiError("EngineCore encountered an issue.", {
    status: 500,
    type: "InternalServerError",
  });
  return envelop(error, "vllm");
}

function brokenParts({ closing }: Script, fault: FaultName | undefined, wire: Wire): Partial<Script> {
  switch (fault) {
    case "no-finish":
      return { closing: { ...closing, finish: "" } };
    case "no-usage":
      return { closing: { ...closing, usage: "" } };
    case "no-done":
      return { closing: { ...closing, done: "" } };
    case "double-finish":
      return { closing: { ...closing, finish: closing.finish + wire.finish("stop") } };
    case "malformed-sse":
      return { middle: 'data: {"id":"chatcmpl-1","choices":[{"index":0,"del\n\nthis line has no field\n\n' };
    case "empty-choices":
      return { middle: wire.choices([]) };
    case "null-choices":
      return { middle: wire.choices(null) };
    case "unknown-event":
      return { middle: 'id: 7\nretry: 100\nevent: ping\ndata: {"type":"ping"}\n\n' };
    case "crlf":
    case "utf8-split":
    case "byte-by-byte":
      return { bytes: fault };
    default:
      return {};
  }
}

/** At least one piece, so that the failure really is in the middle. */
function firstHalf(script: Script): Script {
  const half = Math.max(1, Math.ceil(script.pieces.length / 2));
  return { ...script, pieces: script.pieces.slice(0, half), closing: NOTHING };
}

function errorEvent(): string {
  return dataEvent(engineError());
}
