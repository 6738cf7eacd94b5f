import type { Socket } from "node:net";
import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";

/** For PostgreSQL to let us in. Milliseconds. */
const CONNECTING_MS = 10_000;

/**
 * How long a connection may say nothing while it is asked something: longer than any transaction may take. The pool lets
 * go of those that are asked nothing sooner. Milliseconds.
 */
const SILENCE_MS = 30_000;

/** As much of a client as its types leave out. */
type Connected = pg.PoolClient & { connection: { stream: Socket } };

/**
 * Prisma's driver for PostgreSQL. A server that goes down may say so at the very moment a connection is handed over,
 * when neither the pool nor Prisma listens for it, and an error event without a listener ends the process: so each
 * connection has one. One that a dead router or host has silenced would be waited for without end: it is given up. The
 * query that waits, or the next one, fails with the same reason.
 */
export function postgresqlAdapter(databaseUrl: string, { silenceMs = SILENCE_MS } = {}): PrismaPg {
  const pool = new pg.Pool({ connectionString: databaseUrl, connectionTimeoutMillis: CONNECTING_MS });
  pool.on("connect", (client) => {
    client.on("error", () => {});
    const { stream } = (client as Connected).connection;
    stream.setTimeout(silenceMs, () => stream.destroy(new Error("PostgreSQL has fallen silent")));
  });
  return new PrismaPg(pool, { disposeExternalPool: true });
}
