import type { DocumentContext, ImagePart } from "@/lib/messages/message";
import type { ThreadStart } from "@/lib/threads/thread";
import { ThreadStore } from "./store";

/** What may become different about a picture that was sent. */
export type ImageChange = Partial<Pick<ImagePart, "notes" | "context">>;

/** The threads that this tab has opened. */
export class ThreadRegistry {
  readonly #stores = new Map<string, ThreadStore>();
  readonly #hydrated = new WeakSet<ThreadStart>();
  readonly #imageListeners = new Set<(imageId: string, change: ImageChange) => void>();

  of(id: string): ThreadStore {
    const store = this.#stores.get(id) ?? new ThreadStore(id);
    this.#stores.set(id, store);
    return store;
  }

  /** Tells everybody who shows a thread, where something has changed for all of them. */
  tell(): void {
    for (const store of this.#stores.values()) store.tell();
  }

  has = (id: string): boolean => this.#stores.has(id);

  /** It went into the bin, or came out of it. */
  setDeleted(id: string, deleted: boolean): void {
    this.#stores.get(id)?.setDeleted(deleted);
  }

  /** Changes a picture in all messages that have it, or in one of them. */
  changeImage(imageId: string, change: ImageChange, messageId?: string): void {
    for (const store of this.#stores.values()) store.changeImage(imageId, change, messageId);
    for (const listener of this.#imageListeners) listener(imageId, change);
  }

  /** Told of every change of a picture, wherever it was made; also of one that no message has. */
  onImage(listener: (imageId: string, change: ImageChange) => void): void {
    this.#imageListeners.add(listener);
  }

  /** The same for what is sent of a document. */
  changeDocument(messageId: string, documentId: string, context: DocumentContext): void {
    for (const store of this.#stores.values()) store.changeDocument(messageId, documentId, context);
  }

  /** Takes what a page brought, while it renders; once, however often React renders with it. Tells nobody. */
  hydrate(start: ThreadStart): void {
    if (this.#hydrated.has(start)) return;
    this.#hydrated.add(start);
    this.of(start.id).hydrate(start, { quietly: true });
  }
}
