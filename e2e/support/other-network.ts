import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const NETWORK = join(import.meta.dirname, "../../lib/platform/guarded-fetch/testing/other-network.mjs");

/** For `startServer`: names that end in ".test" are out on an internet of this machine's own. */
export const onOtherNetwork = { NODE_OPTIONS: `--import ${pathToFileURL(NETWORK).href}` };

/** A server out there; it is reached by any name that ends in ".test", at the port given. */
export async function elsewhere(answer: RequestListener): Promise<{ port: number; close: () => void }> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  return { port: (server.address() as AddressInfo).port, close };
}
