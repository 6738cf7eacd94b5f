import type { GenerationEvent } from "@/lib/generations/schema";
import type { DocumentContext, ImagePart, Message } from "@/lib/messages/message";
import type { QueuedMessage } from "@/lib/messages/queued";
import { type Following, headAfter, latestLeaf, type Node, pathTo, without } from "@/lib/messages/tree";
import type { ThreadSettings } from "@/lib/threads/settings";
import type { ThreadDetail, ThreadStart } from "@/lib/threads/thread";
import { Listeners } from "../listeners";
import { Arriving, furtherOf } from "./arriving";
import { draftFrom } from "./drafts";
import { Edits } from "./edits";
import type { ClientMessage, Draft, ThreadView } from "./types";
import { viewOf } from "./view";

/**
 * One thread in the browser: what the server said, what is on its way to it, and what streams in. Messages are
 * never changed but replaced, and each has its own listeners, so that a streaming answer redraws itself alone.
 */
export class ThreadStore {
  readonly id: string;
  readonly #messages = new Map<string, ClientMessage>();
  /** Messages that are known to be there and have not been brought. */
  readonly #outline = new Map<string, Node>();
  readonly #listeners = new Listeners();
  readonly #arriving = new Arriving({
    get: (id) => this.#messages.get(id),
    patch: (id, change) => this.#patch(id, change),
    change: (id, change) => this.change(id, change),
  });
  readonly edits = new Edits();
  /** Nothing of it ever leaves this tab's memory but what the model is asked. */
  temporary = false;
  /** What a thread that the server does not have yet will be answered with. */
  settings: ThreadSettings = {};
  #exists = false;
  #deleted = false;
  #title = "";
  #queue: readonly QueuedMessage[] = [];
  /** Questions on their way into the queue, by their ids. */
  readonly #queueing = new Map<string, Draft>();
  #model: string | null = null;
  #head: string | null = null;
  #view: ThreadView | null = null;

  constructor(id: string) {
    this.id = id;
  }

  get view(): ThreadView {
    const shown = { head: this.#head, title: this.#title, queue: this.#queue };
    this.#view ??= viewOf({ nodes: this.#nodes(), messages: this.#messages, ...shown });
    return this.#view;
  }

  /** Something is on its way, or was refused or lost there, and is nowhere else. */
  get undelivered(): boolean {
    return this.#queueing.size > 0 || [...this.#messages.values()].some(({ delivery }) => delivery);
  }

  /** The server has had this thread. */
  get exists(): boolean {
    return this.#exists;
  }

  /** It is in the bin: the server says that there is none. */
  get deleted(): boolean {
    return this.#deleted;
  }

  setDeleted(deleted: boolean): void {
    if (deleted === this.#deleted) return;
    this.#deleted = deleted;
    this.#changed([]);
  }

  /** What the person has sent and the server has not taken, in order. */
  unsent(): { messageId: string; draft: Draft }[] {
    const sent = [...this.#messages.values()]
      .filter((message) => message.role === "user" && message.delivery)
      .map((message) => ({ messageId: message.id, draft: draftFrom(message) }));
    return [...sent, ...[...this.#queueing].map(([messageId, draft]) => ({ messageId, draft }))];
  }

  message = (id: string): ClientMessage | undefined => this.#messages.get(id);

  /** It is in the thread, brought or not. */
  knows = (id: string): boolean => this.#messages.has(id) || this.#outline.has(id);

  onView = (listener: () => void): (() => void) => this.#listeners.add("", listener);

  onMessage = (id: string, listener: () => void): (() => void) => this.#listeners.add(id, listener);

  /**
   * Takes what the server held when it was asked. What is on its way, was written since, or has streamed in
   * further, stays. With `quietly` nobody is told yet: while rendering that is forbidden.
   */
  hydrate(detail: ThreadDetail | ThreadStart, { quietly = false } = {}): void {
    this.#exists = true;
    this.#deleted = false;
    this.#title = detail.title;
    this.#queue = detail.queue;
    this.#model = detail.model;
    const outline = "outline" in detail ? detail.outline : [];
    const known = new Set([...detail.messages, ...outline].map((message) => message.id));
    const own = [...this.#messages.values()].filter((message) => !known.has(message.id));
    const newer = own.filter((message) => message.delivery || message.ordinal > detail.messageCount);
    for (const message of own) if (!newer.includes(message)) this.#messages.delete(message.id);
    this.#outline.clear();
    for (const node of outline) this.#lack(node);
    for (const message of detail.messages) this.#take(message);
    if (newer.length === 0) this.#head = detail.headMessageId;
    this.#view = null;
    if (!quietly) this.tell();
  }

  /** Tells everybody who listens, whatever has changed. */
  tell(): void {
    this.#changed([...this.#messages.keys()]);
  }

  setTitle(title: string): void {
    if (title === this.#title) return;
    this.#title = title;
    this.#changed([]);
  }

  /** The model that was chosen for it; null: none was. */
  get model(): string | null {
    return this.#model;
  }

  setModel(model: string | null): void {
    this.#model = model;
    this.#changed([]);
  }

  get queue(): readonly QueuedMessage[] {
    return this.#queue;
  }

  setQueue(queue: readonly QueuedMessage[]): void {
    this.#queue = queue;
    this.#changed([]);
  }

  /** A question is on its way into the queue; null: it is there, or was refused. */
  setQueueing(id: string, draft: Draft | null): void {
    if (draft) this.#queueing.set(id, draft);
    else this.#queueing.delete(id);
    this.#changed([]);
  }

  /** Shows messages that the server does not have yet; the last becomes the end of the open branch. */
  add(...messages: ClientMessage[]): void {
    for (const message of messages) this.#messages.set(message.id, message);
    this.#head = messages.at(-1)?.id ?? this.#head;
    this.#changed(messages.map((message) => message.id));
  }

  /** Makes this message the end of the open branch; null: there is none any more. */
  open(id: string | null): void {
    this.#head = id;
    this.#changed([]);
  }

  /** The newest end of the branches below a message: where walking to it leads. */
  leafOf = (id: string): string => latestLeaf(this.#nodes(), id);

  /** Messages of a branch, the open one or that which ends here, that have not been brought: the last, at most so many. */
  lacking(most: number, leafId = this.#head): string[] {
    const path = pathTo(this.#nodes(), leafId).map((node) => node.id);
    return path.filter((id) => !this.#messages.has(id)).slice(-most);
  }

  /** The branch that leads to a message, without it. */
  pathBefore(id: string): ClientMessage[] {
    const path = pathTo(this.#nodes(), this.#messages.get(id)?.parentId ?? null);
    return path.flatMap((node) => this.#messages.get(node.id) ?? []);
  }

  /** Deletes here alone, as the server would. */
  prune(id: string, following: Following): void {
    const before = this.#nodes();
    const { nodes, removed, moved } = without(before, id, following);
    for (const child of moved) this.#patch(child, { parentId: nodes.get(child)?.parentId ?? null });
    this.forget(removed, headAfter(before, nodes, this.#head));
  }

  /** How many messages follow this one, on all its branches. */
  followersOf = (id: string): number => Math.max(0, without(this.#nodes(), id, "removed").removed.length - 1);

  /** These are gone on the server; what followed them, and stays, it tells in the next `hydrate`. */
  forget(ids: readonly string[], head: string | null): void {
    for (const id of ids) {
      this.#messages.delete(id);
      this.#outline.delete(id);
    }
    this.#head = head;
    this.#changed([...ids]);
  }

  /** Earlier messages have come. */
  bring(messages: readonly Message[]): void {
    for (const message of messages) this.#take(message);
    this.#changed(messages.map((message) => message.id));
  }

  /** The server has accepted these. */
  confirm(...messages: Message[]): void {
    this.#exists = true;
    this.bring(messages);
  }

  change(id: string, change: Partial<ClientMessage>): void {
    const message = this.#messages.get(id);
    if (!message) return;
    this.#messages.set(id, { ...message, ...change });
    this.#changed([id]);
  }

  /** Changes a picture wherever it is, or in one message. */
  changeImage(imageId: string, change: Partial<ImagePart>, messageId?: string): void {
    const messages = messageId ? [this.#messages.get(messageId)] : [...this.#messages.values()];
    for (const message of messages) {
      if (!message?.parts.some((part) => part.type === "image" && part.imageId === imageId)) continue;
      const parts = message.parts.map((part) =>
        part.type === "image" && part.imageId === imageId ? { ...part, ...change } : part,
      );
      this.change(message.id, { parts });
    }
  }

  /** Changes what is sent of a document in a message. */
  changeDocument(messageId: string, documentId: string, context: DocumentContext): void {
    const message = this.#messages.get(messageId);
    if (!message) return;
    const parts = message.parts.map((part) =>
      part.type === "document" && part.documentId === documentId ? { ...part, context } : part,
    );
    this.change(messageId, { parts });
  }

  /** An answer that broke off is gone on with by this generation, whose events count from the beginning. */
  goOn(id: string, generationId: string | null): void {
    this.#arriving.begin(id);
    this.change(id, { status: "running", failure: null, problem: undefined, generationId });
  }

  remove(id: string): void {
    const before = this.#nodes();
    if (!this.#messages.delete(id)) return;
    this.#head = headAfter(before, this.#nodes(), this.#head);
    this.#changed([id]);
  }

  /** Takes an event of the answer. False when one before it is missing: then it must be read again. */
  apply = (messageId: string, event: GenerationEvent): boolean => this.#arriving.apply(messageId, event);

  /** A message alone has changed, not the branch it is in. */
  #patch(id: string, change: Partial<ClientMessage>): void {
    const message = this.#messages.get(id);
    if (!message) return;
    this.#messages.set(id, { ...message, ...change });
    this.#listeners.tell(id);
  }

  /** What is here already stays; of what was still being written when we last looked, the end is to be brought. */
  #lack(node: Node): void {
    if (this.#messages.get(node.id)?.status === "running") this.#messages.delete(node.id);
    if (!this.#messages.has(node.id)) this.#outline.set(node.id, node);
  }

  #take(message: Message): void {
    this.#outline.delete(message.id);
    const mine = this.#messages.get(message.id);
    // Another device may have gone on with it: that is news, whatever is known of the generation before.
    const same = mine?.generationId === message.generationId;
    // Its end can arrive before the answer to the request that began it, which knows its place all the same.
    if (mine && same && mine.status !== "running" && message.status === "running") {
      const { ordinal, createdAt } = message;
      this.#messages.set(message.id, { ...mine, ordinal, createdAt });
      return;
    }
    const both = same && mine?.status === "running" && message.status === "running";
    if (!both) this.#arriving.drop(message.id);
    this.#messages.set(message.id, both ? furtherOf(mine, message) : message);
  }

  #changed(ids: string[]): void {
    this.#view = null;
    for (const id of ids) this.#listeners.tell(id);
    this.#listeners.tell("");
  }

  /** The whole tree, brought or not. */
  #nodes = (): ReadonlyMap<string, Node> => new Map<string, Node>([...this.#outline, ...this.#messages]);
}
