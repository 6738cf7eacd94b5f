import type { AddressInfo } from "node:net";
import { connect, createServer, type Socket } from "node:net";

export interface DeadLine {
  url: string;
  /** Nothing passes any more on the connections that there are, and neither side is told. New ones are whole. */
  cut(): void;
  close(): Promise<void>;
}

/** A line to the server as it is after a sleep, or behind a router that forgot it: open for both ends, and dead. */
export async function deadLine(target: string): Promise<DeadLine> {
  const port = Number(new URL(target).port);
  const pairs = new Set<[Socket, Socket]>();
  const server = createServer((near) => {
    const far = connect(port, "localhost");
    const pair: [Socket, Socket] = [near, far];
    pairs.add(pair);
    near.pipe(far);
    far.pipe(near);
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      one.on("error", () => {});
      one.once("close", () => {
        pairs.delete(pair);
        other.destroy();
      });
    }
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    cut: () => {
      for (const [near, far] of pairs) {
        near.unpipe(far);
        far.unpipe(near);
        near.resume();
        far.resume();
      }
    },
    close: () =>
      new Promise<void>((done) => {
        server.close(() => done());
        for (const pair of pairs) for (const socket of pair) socket.destroy();
      }),
  };
}
