import { PrismaBetterSqlite3 } from "@prisma/adapter-better-sqlite3";
import type {
  IsolationLevel,
  SqlDriverAdapter,
  SqlDriverAdapterFactory,
  SqlQuery,
  SqlResultSet,
  Transaction,
} from "@prisma/driver-adapter-utils";
import { WriteAheadLog } from "./sqlite-log.ts";
import { keepStatements } from "./sqlite-statements.ts";
import { SqliteWriter, type Turn } from "./sqlite-writer.ts";

// Why not PrismaBetterSqlite3 alone: it has one connection for everything. Its transactions wait for each
// other, but a query outside of them does not: sent while a transaction is open (between two awaits of it),
// it runs inside that transaction, reads what may never be committed, and is lost, though acknowledged,
// when that transaction rolls back. It also begins with BEGIN, which cannot wait for another process's
// write lock once it has read, and takes no pragmas.
//
// So here: reads outside transactions have a connection of their own, where they see what is committed;
// writes and transactions take turns on the other one (sqlite-writer.ts), which flushes the log itself (sqlite-log.ts)
// instead of holding up the event loop for the disk. A write through `database()` inside a transaction's function waits
// for that very transaction, until it times out: use the `tx` that it is given.

/** How long a statement waits for another process's lock. The event loop stands still meanwhile. */
export const BUSY_TIMEOUT_MS = 5000;

const PRAGMAS = `
  PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS};
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = NORMAL;
  PRAGMA foreign_keys = ON;
`;

/** Prisma's driver for the embedded database: durable, with isolated transactions. */
export function sqliteAdapter(file: string): SqlDriverAdapterFactory {
  const factory = new PrismaBetterSqlite3({ url: file, timeout: BUSY_TIMEOUT_MS, fileMustExist: true });
  return {
    provider: "sqlite",
    adapterName: "leeward-sqlite",
    async connect() {
      const writer = await factory.connect();
      await writer.executeScript(PRAGMAS);
      const reader = await factory.connect();
      await reader.executeScript(`${PRAGMAS} PRAGMA query_only = ON;`);
      keepStatements(writer);
      keepStatements(reader);
      return new SqliteConnections(writer, reader, new WriteAheadLog(file));
    },
  };
}

class SqliteConnections implements SqlDriverAdapter {
  readonly provider = "sqlite";
  readonly adapterName = "leeward-sqlite";
  readonly #writer: SqliteWriter;
  readonly #reader: SqlDriverAdapter;
  readonly #log: WriteAheadLog;

  constructor(writer: SqlDriverAdapter, reader: SqlDriverAdapter, log: WriteAheadLog) {
    this.#writer = new SqliteWriter(writer, log);
    this.#reader = reader;
    this.#log = log;
  }

  queryRaw(query: SqlQuery): Promise<SqlResultSet> {
    if (isRead(query)) return this.#reader.queryRaw(query);
    return this.#write((connection) => connection.queryRaw(query));
  }

  executeRaw(query: SqlQuery): Promise<number> {
    return this.#write((connection) => connection.executeRaw(query));
  }

  executeScript(script: string): Promise<void> {
    return this.#writer.alone(() => this.#writer.connection.executeScript(script));
  }

  /** Every transaction is serialisable, whatever level is asked for: they run one after the other. */
  async startTransaction(_level?: IsolationLevel): Promise<Transaction> {
    return transactionOn(this.#writer.connection, await this.#writer.turn());
  }

  async dispose(): Promise<void> {
    await Promise.all([this.#writer.connection.dispose(), this.#reader.dispose(), this.#log.close()]);
  }

  async #write<T>(work: (connection: SqlDriverAdapter) => Promise<T>): Promise<T> {
    const turn = await this.#writer.turn();
    let result: T;
    try {
      result = await work(this.#writer.connection);
    } catch (error) {
      await turn.drop();
      throw error;
    }
    await turn.keep();
    return result;
  }
}

/** Prisma itself sends COMMIT or ROLLBACK as a statement; `commit` or `rollback` is called after it. */
function transactionOn(connection: SqlDriverAdapter, turn: Turn): Transaction {
  const run = async (sql: string) => void (await connection.executeRaw(statement(sql)));
  return {
    provider: "sqlite",
    adapterName: "leeward-sqlite",
    options: { usePhantomQuery: false },
    queryRaw: (query) => connection.queryRaw(query),
    executeRaw: async (query) => {
      if (query.sql === "COMMIT") await turn.keep();
      else if (query.sql === "ROLLBACK") await turn.drop();
      else return connection.executeRaw(query);
      return 0;
    },
    commit: async () => {},
    rollback: async () => {},
    createSavepoint: (name) => run(`SAVEPOINT ${name}`),
    rollbackToSavepoint: (name) => run(`ROLLBACK TO ${name}`),
    releaseSavepoint: (name) => run(`RELEASE SAVEPOINT ${name}`),
  };
}

function isRead({ sql }: SqlQuery): boolean {
  return /^\s*SELECT\b/i.test(sql);
}

function statement(sql: string): SqlQuery {
  return { sql, args: [], argTypes: [] };
}
