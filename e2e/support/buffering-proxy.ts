import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";

/** What nginx collects by default before it hands anything on. Bytes. */
const BUFFER = 64 * 1024;

export interface BufferingProxy {
  url: string;
  close(): Promise<void>;
}

/**
 * A proxy as nginx is by default: it speaks HTTP/1.0 to the server behind it and collects what that answers, until there
 * is much of it or it ends. Only what says `X-Accel-Buffering: no` is handed on as it comes.
 */
export async function bufferingProxy(target: string): Promise<BufferingProxy> {
  const server = createServer((incoming, outgoing) => {
    const { method, headers, url } = incoming;
    const onward = request(target + url, {
      method,
      headers: { ...headers, connection: "close" },
      agent: false,
    });
    onward.once("response", (response) => {
      const { "x-accel-buffering": buffering, ...rest } = response.headers;
      const patient = buffering !== "no";
      let held: Buffer[] = [];
      let size = 0;
      const handOn = () => {
        if (!outgoing.headersSent) outgoing.writeHead(response.statusCode ?? 502, rest);
        for (const chunk of held) outgoing.write(chunk);
        [held, size] = [[], 0];
      };
      response.on("data", (chunk: Buffer) => {
        held.push(chunk);
        size += chunk.length;
        if (!patient || size > BUFFER) handOn();
      });
      response.once("end", () => {
        handOn();
        outgoing.end();
      });
      response.once("error", () => outgoing.destroy());
    });
    onward.once("error", () => outgoing.destroy());
    outgoing.once("close", () => onward.destroy());
    incoming.pipe(onward);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const close = () =>
    new Promise<void>((done) => {
      server.close(() => done());
      server.closeAllConnections();
    });
  return { url: `http://localhost:${(server.address() as AddressInfo).port}`, close };
}
