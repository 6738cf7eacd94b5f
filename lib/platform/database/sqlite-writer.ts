import { setImmediate } from "node:timers";
import type { SqlDriverAdapter } from "@prisma/driver-adapter-utils";
import type BetterSqlite3 from "better-sqlite3";
import type { WriteAheadLog } from "./sqlite-log.ts";

/** The turn of one transaction, or of one write outside of any; exactly one of these ends it. */
export interface Turn {
  /** Resolves once what it wrote is on the disk; rejects when it could not be brought there. */
  keep(): Promise<void>;
  /** Takes back what it wrote. Resolves once what it may have seen of others is on the disk: that may be why. */
  drop(): Promise<void>;
}

/**
 * The connection that writes. One piece of work at a time, each sees what all before it wrote. The next one begins as
 * soon as one is committed, while the disk is still being waited for (sqlite-log.ts); nobody is told of success before.
 */
export class SqliteWriter {
  readonly connection: SqlDriverAdapter;
  readonly #client: BetterSqlite3.Database;
  readonly #log: WriteAheadLog;
  /** Those who wait, each with what lets it in; what it is given ends its turn. */
  readonly #queue: ((end: () => void) => void)[] = [];
  #busy = false;

  constructor(connection: SqlDriverAdapter, log: WriteAheadLog) {
    this.connection = connection;
    this.#log = log;
    ({ client: this.#client } = connection as unknown as { client: BetterSqlite3.Database });
  }

  /** Waits for its turn and begins. */
  async turn(): Promise<Turn> {
    const end = await this.#place();
    try {
      this.#mend();
      this.#run("BEGIN IMMEDIATE");
    } catch (error) {
      end();
      throw error;
    }
    return {
      keep: async () => {
        this.#leave("COMMIT", end);
        await this.#reachDisk();
      },
      drop: async () => {
        // Where the disk was full, SQLite has rolled back by itself.
        if (this.#client.inTransaction) this.#leave("ROLLBACK", end);
        else end();
        await this.#reachDisk().catch(() => {});
      },
    };
  }

  /** For what may not be in a transaction. */
  async alone<T>(work: () => Promise<T>): Promise<T> {
    const end = await this.#place();
    let result: T;
    try {
      result = await work();
    } finally {
      end();
    }
    await this.#reachDisk();
    return result;
  }

  async #reachDisk(): Promise<void> {
    try {
      await this.#log.flush();
    } catch {
      const end = await this.#place();
      try {
        this.#mend();
      } finally {
        end();
      }
    }
  }

  /**
   * Brings what is in a torn log to the disk in another way: into the database's own file, which SQLite flushes here.
   * Throws when that fails, too, or while another process still reads from the log: nothing may be written until then.
   * Rare enough that the event loop may wait.
   */
  #mend(): void {
    if (!this.#log.torn) return;
    const [done] = this.#client.pragma("wal_checkpoint(TRUNCATE)") as { busy: bigint }[];
    if (Number(done?.busy) !== 0)
      throw new Error("The database's log cannot be emptied while it is read from.");
    this.#log.emptied();
  }

  #place(): Promise<() => void> {
    const place = Promise.withResolvers<() => void>();
    this.#queue.push(place.resolve);
    if (!this.#busy) this.#next();
    return place.promise;
  }

  #next(): void {
    const enter = this.#queue.shift();
    this.#busy = enter !== undefined;
    // SQLite answers at once: without a turn of the event loop between, nothing else would happen until all are done.
    enter?.(() => setImmediate(() => this.#next()));
  }

  #leave(sql: "COMMIT" | "ROLLBACK", end: () => void): void {
    try {
      this.#run(sql);
    } finally {
      // A COMMIT that failed (disk full) may leave the transaction open.
      if (this.#client.inTransaction) this.#run("ROLLBACK");
      end();
    }
  }

  #run(sql: string): void {
    this.#client.prepare(sql).run();
  }
}
