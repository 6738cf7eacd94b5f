import type { IncomingMessage, ServerResponse } from "node:http";

/** Largest JSON body, bytes: a message of the longest text with room for escapes. */
export const LARGEST_JSON = 2 * 1024 * 1024;
/** Largest body of anything else, bytes: a file. */
export const LARGEST_FILE = 25 * 1024 * 1024;
/** After a refusal, how long what still comes is thrown away, so that the client can read why. Milliseconds. */
const LINGER_MS = 3_000;

/**
 * Calls `refuse` as soon as a body says that it is too large, or has become it. Stands here because what is behind
 * the door reads a request faster than a route can count it, and because whoever closes the connection on bytes
 * that are under way takes the refusal away with it. Answers whether the request may go on.
 */
export function limitBody(request: IncomingMessage, response: ServerResponse, refuse: () => void): boolean {
  const limit = /^application\/json\b/i.test(request.headers["content-type"] ?? "")
    ? LARGEST_JSON
    : LARGEST_FILE;
  // Kept, because the request forgets its socket when the connection is given to somebody else or closes.
  const { socket } = request;
  const tooLarge = () => {
    request.push = () => true;
    // Whoever reads it learns that there is no more, and may not take the connection along.
    request.destroy = () => request;
    if (!response.headersSent) refuse();
    if (request.listenerCount("error") > 0) request.emit("error", new Error("The body is too large."));
    request.resume();
    setTimeout(() => request.complete || socket.destroy(), LINGER_MS).unref();
  };
  if (Number(request.headers["content-length"]) > limit) {
    tooLarge();
    return false;
  }
  let size = 0;
  const push = request.push;
  request.push = (chunk: unknown, encoding?: BufferEncoding) => {
    size += (chunk as Buffer | null)?.length ?? 0;
    if (size <= limit) return push.call(request, chunk, encoding);
    tooLarge();
    return true;
  };
  return true;
}
