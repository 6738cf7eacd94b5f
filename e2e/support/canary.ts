import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

export interface Canary {
  /** An address that nothing may ever call. */
  url: string;
  /** What called it all the same: method, path and, for what has one, the origin. */
  hits: string[];
  close(): Promise<void>;
}

/** A server that stands for whoever a hostile text would send the conversation to. */
export async function startCanary(): Promise<Canary> {
  const hits: string[] = [];
  const server = createServer((request, response) => {
    hits.push(`${request.method} ${request.url}`);
    response.writeHead(200, { "access-control-allow-origin": "*" }).end();
  });
  // A preconnect alone tells something.
  server.on("connection", () => hits.push("connection"));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { url: `http://127.0.0.1:${port}`, hits, close };
}
