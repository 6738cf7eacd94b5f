import type { SqlDriverAdapter } from "@prisma/driver-adapter-utils";
import type BetterSqlite3 from "better-sqlite3";

/** Work that may be committed together. */
const MOST_TOGETHER = 64;

/** The turn of one transaction, or of one write outside of any; exactly one of these ends it. */
export interface Turn {
  /** Resolves once what it wrote is on the disk; rejects when it could not be brought there. */
  keep(): Promise<void>;
  /** Takes back what it wrote. Resolves once what it may have seen of others is on the disk: that may be why. */
  drop(): Promise<void>;
}

/**
 * The connection that writes. One piece of work at a time, each sees what all before it wrote. While others wait,
 * what is done is not committed at once but together with them: the disk is asked to flush once for all, and nobody
 * is told of success before it has. Each is a savepoint, so that one that fails takes no other along.
 */
export class SqliteWriter {
  readonly connection: SqlDriverAdapter;
  readonly #client: BetterSqlite3.Database;
  /** Settles when the last one in the queue is done. */
  #queue = Promise.resolve();
  #waiting = 0;
  /** Those whose work is done in the open transaction and not yet on the disk. */
  #done: PromiseWithResolvers<void>[] = [];

  constructor(connection: SqlDriverAdapter) {
    this.connection = connection;
    ({ client: this.#client } = connection as unknown as { client: BetterSqlite3.Database });
  }

  /** Waits for its turn and begins. */
  async turn(): Promise<Turn> {
    const end = await this.#place();
    try {
      if (!this.#client.inTransaction) this.#run("BEGIN IMMEDIATE");
      this.#run("SAVEPOINT turn");
    } catch (error) {
      this.#lose(error);
      end();
      throw error;
    }
    const once = <T>(leave: () => T): T => {
      try {
        return leave();
      } finally {
        end();
      }
    };
    return { keep: () => once(() => this.#keep()), drop: () => once(() => this.#drop()) };
  }

  /** For what may not be in a transaction. */
  async alone<T>(work: () => Promise<T>): Promise<T> {
    const end = await this.#place();
    try {
      this.#commit();
      return await work();
    } finally {
      end();
    }
  }

  async #place(): Promise<() => void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const before = this.#queue;
    this.#queue = promise;
    this.#waiting++;
    await before;
    this.#waiting--;
    return resolve;
  }

  #keep(): Promise<void> {
    const done = Promise.withResolvers<void>();
    this.#done.push(done);
    try {
      this.#run("RELEASE turn");
      if (this.#waiting === 0 || this.#done.length >= MOST_TOGETHER) this.#commit();
    } catch (error) {
      this.#lose(error);
    }
    return done.promise;
  }

  #drop(): Promise<void> {
    const done = Promise.withResolvers<void>();
    this.#done.push({ ...done, reject: () => done.resolve() });
    try {
      // Where the disk was full, SQLite has rolled back everything by itself.
      if (!this.#client.inTransaction) throw new Error("The transaction was lost.");
      this.#run("ROLLBACK TO turn");
      this.#run("RELEASE turn");
      if (this.#waiting === 0 || this.#done.length >= MOST_TOGETHER) this.#commit();
    } catch (error) {
      this.#lose(error);
    }
    return done.promise;
  }

  #commit(): void {
    try {
      if (this.#client.inTransaction) this.#run("COMMIT");
      for (const { resolve } of this.#done.splice(0)) resolve();
    } catch (error) {
      this.#lose(error);
    }
  }

  #lose(error: unknown): void {
    // A COMMIT that failed (disk full) may leave the transaction open.
    if (this.#client.inTransaction) this.#run("ROLLBACK");
    for (const { reject } of this.#done.splice(0)) reject(error);
  }

  #run(sql: string): void {
    this.#client.prepare(sql).run();
  }
}
