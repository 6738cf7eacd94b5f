import { Listeners } from "../listeners";

/** Texts that questions of a thread are being changed into, by message. */
export class Edits {
  readonly #texts = new Map<string, string>();
  readonly #listeners = new Listeners();

  get = (id: string): string | undefined => this.#texts.get(id);

  all = (): [messageId: string, text: string][] => [...this.#texts];

  /** Null: it is sent, or not to be changed after all. */
  set(id: string, text: string | null): void {
    if (text === null) this.#texts.delete(id);
    else this.#texts.set(id, text);
    this.#listeners.tell("");
  }

  subscribe = (listener: () => void): (() => void) => this.#listeners.add("", listener);
}
