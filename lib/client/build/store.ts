import { Listeners } from "../listeners";

/** Whether this page is of an older build than the server: it was loaded before an update. */
export class BuildStore {
  readonly #listeners = new Listeners();
  readonly #own: string;
  #old = false;

  /** `own`: the build that made this page. */
  constructor(own: string) {
    this.#own = own;
  }

  isOld = (): boolean => this.#old;

  /** The server said of which build it is: with each connection, the first one too, which may be another server's. */
  told(build: string): void {
    const old = build !== this.#own;
    if (old === this.#old) return;
    this.#old = old;
    this.#listeners.tell("");
  }

  subscribe = (listener: () => void): (() => void) => this.#listeners.add("", listener);
}
