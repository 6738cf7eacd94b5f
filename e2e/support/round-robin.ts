import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface Balancer {
  url: string;
  /** The number of the server each request went to, with its path, oldest first. */
  went: { server: number; path: string }[];
  close(): Promise<void>;
}

/** Hands each request to the next of the servers in turn, streams included; one that is not there is passed over. */
export async function roundRobin(targets: () => string[]): Promise<Balancer> {
  const went: Balancer["went"] = [];
  let turn = 0;
  const server = createServer(async (incoming, outgoing) => {
    // Read whole, so that what one server never took can be handed to another.
    const body = incoming.method === "GET" ? null : Buffer.concat(await incoming.toArray());
    const urls = targets();
    const order = urls.map((_, i) => (turn + i) % urls.length);
    turn++;
    pass({ incoming, outgoing, body }, urls, order, (number) =>
      went.push({ server: number, path: incoming.url ?? "" }),
    );
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const close = () =>
    new Promise<void>((done) => {
      server.close(() => done());
      server.closeAllConnections();
    });
  return { url: `http://localhost:${(server.address() as AddressInfo).port}`, went, close };
}

interface Exchange {
  incoming: IncomingMessage;
  outgoing: ServerResponse;
  body: Buffer | null;
}

function pass(
  { incoming, outgoing, body }: Exchange,
  urls: string[],
  [first = 0, ...others]: number[],
  wentTo: (number: number) => void,
): void {
  const { method, headers } = incoming;
  const onward = request(`${urls[first]}${incoming.url}`, { method, headers, agent: false });
  let answered = false;
  onward.once("response", (response) => {
    answered = true;
    wentTo(first);
    outgoing.writeHead(response.statusCode ?? 502, response.headers);
    response.pipe(outgoing);
    response.once("error", () => outgoing.destroy());
  });
  onward.once("error", (error: NodeJS.ErrnoException) => {
    // What changes something may be handed to another only if the first never heard of it.
    const unheard = method === "GET" || error.code === "ECONNREFUSED";
    if (!answered && others.length > 0 && unheard) {
      pass({ incoming, outgoing, body }, urls, others, wentTo);
    } else outgoing.destroy();
  });
  // A reader that goes away ends the stream behind it, too.
  outgoing.once("close", () => onward.destroy());
  onward.end(body);
}
