import "server-only";
import type { IncomingMessage } from "node:http";
import { UpstreamFailure } from "./failure";
import { Pace } from "./pace";
import { type Post, post } from "./post";
import { type CallLimits, Watchdog } from "./watchdog";
import { type WireEvent, WireReader } from "./wire";

/** How long the usage may follow the finish before the call is closed without it. Milliseconds. */
const USAGE_MS = 5_000;
/** How long a stream that has said all may take to end before its connection is closed. Milliseconds. */
const LINGER_MS = 1_000;

/**
 * Posts, and hands on what the answer's stream says, its text merged by the frame, until it is over: watched for
 * silence, time and size, read tolerantly. Whatever came is handed on before it throws: an UpstreamFailure, or the
 * signal's reason when aborted. The connection is closed by then, unless it ended by itself and is kept.
 */
export async function streamed(
  request: Post,
  limits: CallLimits,
  signal: AbortSignal,
  take: (event: WireEvent) => void,
): Promise<void> {
  const call = new AbortController();
  const giveUp = () => call.abort(signal.reason);
  signal.addEventListener("abort", giveUp, { once: true });
  if (signal.aborted) giveUp();
  const watchdog = new Watchdog(limits, (failure) => call.abort(failure));
  try {
    const response = await post(request, call.signal);
    await read(response, watchdog, call, take);
  } finally {
    watchdog.close();
    signal.removeEventListener("abort", giveUp);
  }
}

function read(
  response: IncomingMessage,
  watchdog: Watchdog,
  call: AbortController,
  take: (event: WireEvent) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const pace = new Pace((text) => take({ type: "text", text }));
    let timer: NodeJS.Timeout | undefined;
    let over = false;
    const end = (failure?: unknown, { lingering = false } = {}) => {
      if (over) return;
      over = true;
      clearTimeout(timer);
      // What had come is kept, whatever came after it.
      pace.close();
      if (failure === undefined) resolve();
      else reject(failure);
      // Read to its last byte, the connection is kept for the next call.
      if (lingering) timer = setTimeout(() => response.destroy(), LINGER_MS);
      else if (!response.complete) response.destroy();
    };
    const reader = new WireReader((event) => {
      watchdog.heard();
      if (event.type === "text") return pace.push(event.text);
      pace.flush();
      take(event);
      if (event.type === "finish") timer = setTimeout(end, USAGE_MS);
      if (event.type === "done") end(undefined, { lingering: true });
    });
    const attempt = (work: () => void) => {
      try {
        if (!over) work();
      } catch (error) {
        end(error);
      }
    };
    call.signal.addEventListener("abort", () => end(call.signal.reason), { once: true });
    response.on("data", (bytes: Buffer) => {
      watchdog.counted(bytes.byteLength);
      attempt(() => reader.push(bytes));
    });
    response.on("end", () => {
      attempt(() => reader.end());
      clearTimeout(timer);
      end();
    });
    response.on("error", (cause) => end(new UpstreamFailure({ code: "cut-off" }, cause)));
  });
}
