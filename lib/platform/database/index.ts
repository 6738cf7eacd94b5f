import { environment } from "../environment.ts";
import { Prisma, PrismaClient } from "./generated/sqlite/client.ts";
import { sqliteAdapter } from "./sqlite-adapter.ts";
import { sqliteFile } from "./sqlite-file.ts";

export { Prisma, type PrismaClient };

/** What a transaction's function is given: the same models, without opening another transaction. */
export type Transaction = Prisma.TransactionClient;

// On globalThis, because the server's own code and the bundled application are two module graphs of one
// process, and reloading during development makes more: they all share one client.
const holder = globalThis as { leewardDatabase?: PrismaClient };

// Loaded where it is used: a megabyte of code that an embedded database has no use for.
const postgresql = process.env.DATABASE_URL ? await import("./postgresql.ts") : null;

// A transaction waits for its turn behind others (all of them, on SQLite) before its own time begins.
const TRANSACTIONS = { maxWait: 10_000, timeout: 10_000 };

/**
 * The database that the environment names: the SQLite file in the data directory, or PostgreSQL. Opened at
 * the first query. The SQLite client's type stands for both: they are generated from one schema.
 *
 * Transactions on SQLite run one after the other and each sees all that was committed before it. On
 * PostgreSQL they run at READ COMMITTED: take the row's lock first (an update of it) where two may meet.
 */
export function database(): PrismaClient {
  holder.leewardDatabase ??= open();
  return holder.leewardDatabase;
}

/** Closes what `database()` opened, if anything; the next call opens it again. */
export async function closeDatabase(): Promise<void> {
  const client = holder.leewardDatabase;
  holder.leewardDatabase = undefined;
  await client?.$disconnect();
}

/** True when a write failed because a row with that key, or that unique value, is already there. */
export function isConflict(error: unknown): boolean {
  return error instanceof Prisma.PrismaClientKnownRequestError && error.code === "P2002";
}

// SQLite's, PostgreSQL's, and the system's own when the log is flushed.
const NO_ROOM = ["SQLITE_FULL", "53100", "ENOSPC", "EDQUOT"];

/**
 * True when a write failed because the disk has no room for it. Prisma wraps what a statement throws; what COMMIT
 * throws, which is where a disk is mostly found full, it hands on as it is.
 */
export function isFull(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code, meta } = error as { code?: unknown; meta?: { driverAdapterError?: Error } };
  const { originalCode } = (meta?.driverAdapterError?.cause ?? {}) as { originalCode?: string };
  return NO_ROOM.includes(String(code)) || NO_ROOM.includes(originalCode ?? "");
}

/**
 * Lets one transaction at a time go on from here, of all that name the same lock; it holds to the transaction's
 * end. On SQLite transactions take turns anyway.
 */
export async function takeTurns(
  tx: Transaction,
  lock: "first-account" | `storage:${string}` | `running:${string}`,
): Promise<void> {
  if (environment().databaseUrl) await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext(${lock}))`;
}

/**
 * Holds a picture's row until the transaction's end against messages that would take it: their foreign keys wait.
 * Only what is read after this is reliable. On SQLite transactions take turns anyway.
 */
export async function holdImage(tx: Transaction, id: string): Promise<void> {
  if (environment().databaseUrl) await tx.$executeRaw`SELECT 1 FROM "images" WHERE "id" = ${id} FOR UPDATE`;
}

/** The same for a document's row. */
export async function holdDocument(tx: Transaction, id: string): Promise<void> {
  if (environment().databaseUrl)
    await tx.$executeRaw`SELECT 1 FROM "documents" WHERE "id" = ${id} FOR UPDATE`;
}

function open(): PrismaClient {
  const { databaseUrl, dataDirectory } = environment();
  if (!databaseUrl) {
    return new PrismaClient({
      adapter: sqliteAdapter(sqliteFile(dataDirectory)),
      transactionOptions: TRANSACTIONS,
    });
  }
  if (!postgresql) throw new Error("DATABASE_URL was set only after the database's code was loaded.");
  return postgresql.openPostgresql(databaseUrl, {
    transactionOptions: TRANSACTIONS,
  }) as unknown as PrismaClient;
}
