import "server-only";
import type { IncomingMessage, ServerResponse } from "node:http";
import * as z from "zod";
import { followGeneration } from "@/lib/generations/follow";
import { notFound, Problem } from "@/lib/platform/problem";
import { listenAs } from "@/lib/threads/live";
import type { Actor } from "@/lib/users/actor";
import { byId } from "./params";
import { refusalOf } from "./refusal";
import { requireActorOf } from "./session";
import { type EventSink, eventStream } from "./sse";

/**
 * Serves the two streams of events, past Next (scripts/serve.ts):
 * `GET /api/events`, what happens in the person's threads, as it happens; and
 * `GET /api/generations/:id/events`, one answer's events and those of the person's threads, so that a tab needs a
 * single connection. With `?awaited=1` the question is being sent at this very moment: wait for it a little.
 */
export async function serveEvents(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const cookies = request.headers.cookie ?? "";
  const url = new URL(request.url ?? "/", "http://here");
  try {
    const actor = await requireActorOf(cookies);
    const subscribe = subscriptionOf(actor, url, lastEventId(request));
    await eventStream(request, response, { subscribe, recheck: () => requireActorOf(cookies) });
  } catch (error) {
    const { status, headers, body } = refusalOf(error, url.pathname);
    if (response.headersSent) response.destroy();
    else response.writeHead(status, { ...headers, "content-type": "application/json" }).end(body);
  }
}

type Subscribe = (sink: EventSink) => Promise<() => void>;

function subscriptionOf(actor: Actor, url: URL, after: number | null): Subscribe {
  const listen = (sink: EventSink) =>
    // Whoever may have missed something comes again, and reads it from the database.
    listenAs(actor, (event) => sink.send(event, { event: "person" }), sink.close);
  if (url.pathname === "/api/events") return async (sink) => listen(sink);
  const params = byId.safeParse({ id: url.pathname.split("/").at(-2) });
  if (!params.success) throw notFound();
  const awaited = isAwaited(url);
  return async (sink) => {
    const stopListening = listen(sink);
    try {
      const give = (sequence: number, event: string) => sink.send(event, { id: sequence });
      const leave = await followGeneration(actor, params.data.id, after, give, { awaited });
      return () => {
        leave();
        stopListening();
      };
    } catch (error) {
      stopListening();
      throw error;
    }
  };
}

const query = z.strictObject({ awaited: z.literal("1").optional() });

function isAwaited({ searchParams }: URL): boolean {
  const parsed = query.safeParse(Object.fromEntries(searchParams));
  if (!parsed.success) throw new Problem("bad-request", { field: "awaited" });
  return parsed.data.awaited !== undefined;
}

/** Null unless it is a number that we may have sent. */
function lastEventId({ headers }: IncomingMessage): number | null {
  const value = String(headers["last-event-id"] ?? "");
  return /^\d{1,9}$/.test(value) ? Number(value) : null;
}
