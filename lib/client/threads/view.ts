import type { QueuedMessage } from "@/lib/messages/queued";
import { type Node, pathTo } from "@/lib/messages/tree";
import { siblingPlaces } from "./siblings";
import type { ClientMessage, ThreadView } from "./types";

interface Thread {
  /** The whole tree, brought or not. */
  nodes: ReadonlyMap<string, Node>;
  messages: ReadonlyMap<string, ClientMessage>;
  head: string | null;
  title: string;
  queue: readonly QueuedMessage[];
}

/** What is shown of a thread: its open branch. */
export function viewOf({ nodes, messages, head, title, queue }: Thread): ThreadView {
  const path = pathTo(nodes, head).map((node) => node.id);
  return {
    started: path.length > 0,
    title,
    path,
    from: path.findLastIndex((id) => !messages.has(id)) + 1,
    runningId: path.find((id) => messages.get(id)?.status === "running") ?? null,
    busy: [...messages.values()].some((message) => message.status === "running"),
    // One that was sent a moment ago may still be in the queue that this tab knows.
    queue: queue.filter(({ id }) => !messages.has(id)),
    siblings: siblingPlaces(nodes, path),
  };
}
