/** Listeners by key, for useSyncExternalStore. */
export class Listeners {
  readonly #byKey = new Map<string, Set<() => void>>();

  add(key: string, listener: () => void): () => void {
    const set = this.#byKey.get(key) ?? new Set();
    this.#byKey.set(key, set.add(listener));
    return () => set.delete(listener);
  }

  tell(key: string): void {
    for (const listener of this.#byKey.get(key) ?? []) listener();
  }
}
