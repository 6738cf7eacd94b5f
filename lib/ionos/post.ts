import "server-only";
import { type ClientRequest, Agent as HttpAgent, request as http, type IncomingMessage } from "node:http";
import { Agent as HttpsAgent, request as https } from "node:https";
import { failureOfEvent, failureOfResponse, UpstreamFailure } from "./failure";

/** A request to the provider. */
export interface Post {
  url: string;
  headers: Record<string, string>;
  body: string;
}

/** How much of an error's body is read, bytes. */
const ERROR_BYTES = 64 * 1024;
/** How long a connection is kept for the next call; less than what servers usually keep. Milliseconds. */
const IDLE_MS = 15_000;

const KEEPING = { keepAlive: true, timeout: IDLE_MS };
const agents = { http: new HttpAgent(KEEPING), https: new HttpsAgent(KEEPING) };

/**
 * Posts, and resolves with the answer once its stream of events begins; anything else is an UpstreamFailure, or the
 * signal's reason when aborted, which also ends the stream later. Plain node:http: a token that passes through
 * the streams of `fetch` costs several times as much.
 */
export async function post(post: Post, signal: AbortSignal): Promise<IncomingMessage> {
  for (let fresh = false; ; fresh = true) {
    const request = open(post, signal);
    try {
      return await streamOf(await responseTo(request, post.body));
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      // The server has closed a kept connection at the very moment in which we used it; it has read nothing of this.
      if (!fresh && request.reusedSocket && isReset(error)) continue;
      throw error instanceof UpstreamFailure
        ? error
        : new UpstreamFailure({ code: "upstream-unreachable" }, error);
    }
  }
}

function open({ url, headers, body }: Post, signal: AbortSignal): ClientRequest {
  const sized = { ...headers, "content-length": Buffer.byteLength(body), accept: "text/event-stream" };
  return url.startsWith("https:")
    ? https(url, { method: "POST", headers: sized, agent: agents.https, signal })
    : http(url, { method: "POST", headers: sized, agent: agents.http, signal });
}

function responseTo(request: ClientRequest, body: string): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    // Stays for the request's whole life: an error after the answer began is told to the answer's reader as well.
    request.on("error", reject);
    request.once("response", resolve);
    request.end(body);
  });
}

/** The answer if it is a stream; anything else is an error to be read. */
async function streamOf(response: IncomingMessage): Promise<IncomingMessage> {
  const { statusCode: status = 0, headers } = response;
  const type = headers["content-type"] ?? "";
  const ok = status >= 200 && status < 300;
  if (ok && /event-stream/i.test(type)) return response;
  // Whoever answers an API elsewhere is not the provider, and gets no second look at the token.
  if (status >= 300 && status < 400) {
    response.destroy();
    throw new UpstreamFailure({ code: "upstream-unreachable" });
  }
  const text = await beginningOf(response);
  if (!ok)
    throw failureOfResponse(status, new Headers({ "retry-after": headers["retry-after"] ?? "" }), text);
  if (/json/i.test(type) && /"(error|httpStatus)"/.test(text)) throw failureOfEvent(jsonOf(text));
  throw new UpstreamFailure({ code: "upstream-garbled" });
}

async function beginningOf(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes > ERROR_BYTES) break;
  }
  return Buffer.concat(chunks).toString();
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const isReset = (error: unknown) =>
  error instanceof Error && "code" in error && (error.code === "ECONNRESET" || error.code === "EPIPE");
