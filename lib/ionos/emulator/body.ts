import type { IncomingMessage } from "node:http";
import { BODY_TOO_LARGE, Refusal } from "./errors.ts";

/** The body as text. Over the limit it is read to its end and thrown away, so that the 413 can be read. */
export async function readBody(request: IncomingMessage, limitBytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= limitBytes) chunks.push(chunk);
    else chunks.length = 0;
  }
  if (size > limitBytes) throw new Refusal(BODY_TOO_LARGE);
  return Buffer.concat(chunks).toString("utf8");
}
