import { Listeners } from "../listeners";

/** Whether this page is of an older build than the server: it was loaded before an update. */
export class BuildStore {
  readonly #listeners = new Listeners();
  #first: string | null = null;
  #old = false;

  isOld = (): boolean => this.#old;

  /** The server said of which build it is: with each connection, the first soon after the page was loaded. */
  told(build: string): void {
    this.#first ??= build;
    const old = build !== this.#first;
    if (old === this.#old) return;
    this.#old = old;
    this.#listeners.tell("");
  }

  subscribe = (listener: () => void): (() => void) => this.#listeners.add("", listener);
}
