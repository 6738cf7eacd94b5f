import "server-only";
import { Readable } from "node:stream";

/** How often it is asked whether a download may go on, in milliseconds. */
const RECHECK_MS = 5_000;

/**
 * A file to be kept, as it is made; `body` is called when somebody reads it. Broken off soon after `mayGoOn` throws:
 * whoever is suspended, or signs out everywhere, does not read on.
 */
export function download(
  body: string | (() => Readable),
  file: { name: string; contentType: string },
  mayGoOn: () => Promise<unknown> = async () => true,
): Response {
  const headers = {
    "cache-control": "private, no-store",
    "content-disposition": disposition("attachment", file.name),
    "content-type": file.contentType,
    "x-content-type-options": "nosniff",
  };
  return new Response(typeof body === "string" ? body : whenRead(body, mayGoOn), { headers });
}

/** Nothing is begun for a body that answers HEAD: that is never read, nor let go. */
function whenRead(
  open: () => Readable,
  mayGoOn: () => Promise<unknown>,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  let reader: ReadableStreamDefaultReader | undefined;
  const begin = () => {
    const body = open();
    const watch = setInterval(() => {
      mayGoOn().catch(() => body.destroy(new Error("taken back")));
    }, RECHECK_MS).unref();
    body.once("close", () => clearInterval(watch));
    return Readable.toWeb(body).getReader();
  };
  return new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      async pull(controller) {
        reader ??= begin();
        const { done, value } = await reader.read();
        if (done) controller.close();
        else controller.enqueue(value);
      },
      cancel: (reason) => reader?.cancel(reason),
    },
    { highWaterMark: 0 },
  );
}

/** Whether it is to be shown or kept, and what it is called when it is kept. */
export const disposition = (way: "inline" | "attachment", name: string): string =>
  `${way}; filename="${ascii(name)}"; filename*=UTF-8''${encoded(name)}`;

/** For clients that know no better; quotes and backslashes would end it. */
const ascii = (name: string): string => name.replace(/[^\x20-\x7e]|["\\%]/g, "_");

/** As RFC 8187 wants it. */
const encoded = (name: string): string =>
  encodeURIComponent(name).replace(/['()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
