import { type FileHandle, open } from "node:fs/promises";
import { log } from "../log.ts";

/**
 * The write-ahead log of an embedded database, which `synchronous = NORMAL` leaves to the operating system. A commit is
 * durable once `flush` has resolved, just as with FULL, but the event loop does not stand still meanwhile: a thread of
 * Node's waits for the disk.
 */
export class WriteAheadLog {
  readonly #file: string;
  #handle: Promise<FileHandle> | undefined;
  /** The flush that is under way, and the one that will follow it. */
  #current: Promise<void> = Promise.resolve();
  #next: Promise<void> | undefined;
  #torn = false;

  /** `database`: the path of the database's own file, open in WAL mode: its log stays as long as it is open. */
  constructor(database: string) {
    this.#file = `${database}-wal`;
  }

  /**
   * True once a flush has failed. The system may have dropped the pages that it could not write, and says so only once:
   * the next flush would succeed, but what follows a gap in the log is lost with it. So all flushes fail from then on,
   * until the log was emptied.
   */
  get torn(): boolean {
    return this.#torn;
  }

  /** To be called once all that was in the log is in the database's own file, on the disk, and the log is empty. */
  emptied(): void {
    this.#torn = false;
  }

  /**
   * Resolves once all that was committed before is on the disk; rejects when it could not be brought there. One flush at
   * a time; those who come meanwhile share the next, because the one under way may have missed their pages.
   */
  flush(): Promise<void> {
    this.#next ??= this.#current
      .catch(() => {})
      .then(() => {
        this.#current = this.#sync();
        this.#next = undefined;
        return this.#current;
      });
    return this.#next;
  }

  async close(): Promise<void> {
    await (this.#next ?? this.#current).catch(() => {});
    await (await this.#handle?.catch(() => undefined))?.close();
  }

  async #sync(): Promise<void> {
    if (this.#torn) throw new Error("The log of the database has a gap.");
    this.#handle ??= open(this.#file, "r+");
    const handle = this.#handle;
    try {
      await (await handle).datasync();
    } catch (error) {
      log.error({ cause: error }, "the database's log could not be flushed");
      this.#torn = true;
      this.#handle = undefined;
      await handle.then((file) => file.close()).catch(() => {});
      throw error;
    }
  }
}
