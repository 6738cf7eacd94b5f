import "server-only";
import type { IncomingMessage, ServerResponse } from "node:http";

/** Proxies close a connection that is silent for a minute. Milliseconds. */
const HEARTBEAT_MS = 15_000;
/** A reader that is this far behind comes again and reads from the database. Bytes. */
const MOST_BEHIND = 16 * 1024 * 1024;

export interface EventSink {
  /** `data` is one line of JSON. `id` becomes Last-Event-ID of a reconnecting client. */
  send(data: string, options?: { event?: string; id?: number }): void;
  close(): void;
}

interface Subscription {
  /**
   * Gets the sink and returns what ends the subscription. The response begins with its first event, or when it is
   * done, so that what it throws before is still an ordinary refusal.
   */
  subscribe(sink: EventSink): Promise<() => void>;
  /** Runs with each heartbeat; when it rejects, the stream ends: a session that was ended does not read on. */
  recheck(): Promise<unknown>;
}

/**
 * Answers with server-sent events until either side ends it. Written to the socket as they come: what passes
 * through Next's web streams costs several times as much. The event `build` says of which build this server is.
 */
export async function eventStream(
  request: IncomingMessage,
  response: ServerResponse,
  { subscribe, recheck }: Subscription,
): Promise<void> {
  const sink = sinkOf(response);
  const unsubscribe = await subscribe(sink);
  if (response.destroyed || request.destroyed) return unsubscribe();
  // The headers wait for the first bytes, and the browser for the headers before it counts as connected.
  sink.comment();
  sink.send(JSON.stringify(process.env.LEEWARD_BUILD ?? ""), { event: "build" });
  const heartbeat = setInterval(() => {
    sink.comment();
    recheck().catch(sink.close);
  }, HEARTBEAT_MS);
  response.once("close", () => {
    clearInterval(heartbeat);
    unsubscribe();
  });
}

const HEADERS = {
  "content-type": "text/event-stream; charset=utf-8",
  // no-transform: a compressing proxy would hold events back.
  "cache-control": "private, no-store, no-transform",
  "x-accel-buffering": "no",
};

function sinkOf(response: ServerResponse): EventSink & { comment(): void } {
  const write = (text: string) => {
    if (response.writableEnded || response.destroyed) return;
    if (!response.headersSent) response.writeHead(200, HEADERS);
    response.write(text);
    if (response.writableLength > MOST_BEHIND) response.destroy();
  };
  return {
    send: (data, { event, id } = {}) =>
      write(`${id === undefined ? "" : `id: ${id}\n`}${event ? `event: ${event}\n` : ""}data: ${data}\n\n`),
    comment: () => write(":\n\n"),
    close: () => response.end(),
  };
}
