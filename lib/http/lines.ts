import "server-only";
import { refusalOf } from "./refusal";

/** Proxies close a connection that is silent for a minute. Milliseconds. */
const HEARTBEAT_MS = 15_000;

const HEADERS = {
  "content-type": "application/x-ndjson; charset=utf-8",
  // no-transform: a compressing proxy would hold lines back.
  "cache-control": "private, no-store, no-transform",
  "x-accel-buffering": "no",
};

/**
 * A response of lines of JSON, as `work` gives them; an empty line only says that it is still there, and what ends the
 * work early is the last one, as a refusal: `{"error":{"code",…}}`. When the reader leaves, the signal is aborted.
 */
export function lines(
  request: Request,
  work: (give: (line: object) => void, signal: AbortSignal) => Promise<void>,
): Response {
  const abort = new AbortController();
  const leave = () => abort.abort();
  request.signal.addEventListener("abort", leave, { once: true });
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => {
      const write = (text: string) => {
        if (!abort.signal.aborted) controller.enqueue(encoder.encode(`${text}\n`));
      };
      write("");
      const heartbeat = setInterval(() => write(""), HEARTBEAT_MS);
      void work((line) => write(JSON.stringify(line)), abort.signal)
        .catch((error: unknown) => {
          // Who has left is told nothing, but what is our own fault is logged.
          if (error !== abort.signal.reason) write(refusalOf(error, new URL(request.url).pathname).body);
        })
        .finally(() => {
          clearInterval(heartbeat);
          if (!abort.signal.aborted) controller.close();
        });
    },
    cancel: leave,
  });
  return new Response(body, { headers: HEADERS });
}
