import type { GenerationEvent, PersonEvent, TodayUsage } from "@/lib/generations/schema";
import type { ThreadDetail } from "@/lib/threads/thread";
import { RequestFailed, request } from "../api";
import { browserStores } from "../stores";
import type { ServerEvent } from "./event-parser";
import { EventStream } from "./event-stream";

type TreeEvent = Extract<PersonEvent, { type: "messages" | "head" | "messages-deleted" }>;

/** An answer being written, and where it is shown. */
export interface Watched {
  threadId: string;
  messageId: string;
  generationId: string;
  /** It is being asked for at this very moment: the server may not know it yet. */
  awaited?: boolean;
}

/** A tab hidden for this long gives its connection up: browsers allow six to a host. Milliseconds. */
const HIDDEN_MS = 20_000;
const LONGEST_RETRY_MS = 30_000;

/**
 * The tab's one connection to the server: follows the answer that is being written, if any, and what happens in
 * the person's threads. Whatever was missed while it was away is read again from the database.
 */
class Live {
  #source: EventStream | null = null;
  #watched: Watched | null = null;
  #openThread: string | null = null;
  #hiding: ReturnType<typeof setTimeout> | undefined;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #failures = 0;
  /** Connections that stay until the next one is open, so that nothing is missed in between. */
  #former: EventStream[] = [];
  /** What happened between the page's making and its first connection is missed as well. */
  #missed: "nothing" | "moment" | "more" = "moment";

  /** Connects; returns what disconnects. */
  start(): () => void {
    const visibility = () => (document.hidden ? this.#hide() : this.#show());
    const shown = (event: PageTransitionEvent) => event.persisted && this.#show();
    const close = () => this.#close();
    document.addEventListener("visibilitychange", visibility);
    addEventListener("pageshow", shown);
    addEventListener("pagehide", close);
    addEventListener("online", this.#renew);
    this.#connect();
    // Opened in the background, and perhaps never looked at.
    if (document.hidden) this.#hide();
    return () => {
      document.removeEventListener("visibilitychange", visibility);
      removeEventListener("pageshow", shown);
      removeEventListener("pagehide", close);
      removeEventListener("online", this.#renew);
      this.#close();
    };
  }

  /** Follows this answer from now on. */
  watch(watched: Watched): void {
    if (this.#watched?.generationId === watched.generationId && this.#source) return;
    this.#watched = watched;
    this.#connect();
  }

  /** Follows this answer no longer: its question was not accepted. */
  leave(generationId: string): void {
    if (this.#watched?.generationId !== generationId) return;
    this.#watched = null;
    this.#connect();
  }

  /** The thread on the screen: read again when something may have been missed. Null for a new one. */
  open(threadId: string | null): void {
    this.#openThread = threadId;
  }

  #connect(): void {
    clearTimeout(this.#retry);
    if (this.#source) this.#former.push(this.#source);
    const watched = this.#watched;
    const source: EventStream = new EventStream(addressOf(watched), {
      opened: () => this.#opened(source),
      failed: (refused) => this.#failed(source, refused),
      event: (event) => this.#heard(source, watched, event),
    });
    this.#source = source;
  }

  #heard(source: EventStream, watched: Watched | null, { type, data }: ServerEvent): void {
    if (type === "build") browserStores().build.told(JSON.parse(data));
    else if (type === "person") this.#person(JSON.parse(data));
    else if (watched) this.#generation(source, watched, JSON.parse(data));
  }

  #opened(source: EventStream): void {
    if (source !== this.#source) return;
    this.#failures = 0;
    this.#closeFormer();
    if (this.#missed === "more") void this.#readAgain();
    if (this.#missed === "moment") void this.#readNews();
    this.#missed = "nothing";
  }

  /** A broken line is taken up again by itself, a refused one is not. */
  #failed(source: EventStream, refused: boolean): void {
    this.#missed = "more";
    if (source !== this.#source || !refused) return;
    const wait = Math.min(LONGEST_RETRY_MS, 1000 * 2 ** this.#failures++);
    this.#retry = setTimeout(() => void this.#afterRefusal(), wait);
  }

  async #afterRefusal(): Promise<void> {
    // The thread tells why: deleted, signed out, or the server is away still.
    await this.#readAgain();
    if (!document.hidden) this.#connect();
  }

  #generation(source: EventStream, watched: Watched, event: GenerationEvent): void {
    if (source !== this.#source) return;
    const whole = browserStores().threads.of(watched.threadId).apply(watched.messageId, event);
    // A new connection without a last event id begins with a snapshot.
    if (!whole) this.#connect();
  }

  #person(event: PersonEvent): void {
    const { list, threads, today } = browserStores();
    if (event.type === "usage") today.set(event.today);
    else if (event.type === "thread-deleted") {
      list.remove(event.threadId);
      threads.setDeleted(event.threadId, true);
    } else if (event.type === "answer-usage") {
      if (threads.has(event.threadId))
        threads.of(event.threadId).change(event.messageId, { usage: event.usage });
    } else if (event.type === "image-notes") threads.changeImage(event.imageId, { notes: event.notes });
    else if (event.type === "image-context") {
      threads.changeImage(event.imageId, { context: event.context }, event.messageId);
    } else if (event.type === "document-context") {
      threads.changeDocument(event.messageId, event.documentId, event.context);
    } else if (event.type === "thread") {
      list.put(event.thread);
      threads.setDeleted(event.thread.id, false);
      if (threads.has(event.thread.id)) threads.of(event.thread.id).setTitle(event.thread.title);
    } else if (!threads.has(event.threadId)) return;
    else if (event.type === "queue") threads.of(event.threadId).setQueue(event.queue);
    else this.#branch(event);
  }

  /** What has changed in the tree of a thread that this tab knows. */
  #branch(event: TreeEvent): void {
    const thread = browserStores().threads.of(event.threadId);
    if (event.type === "messages-deleted") {
      thread.forget(event.messageIds, event.headMessageId);
      void this.#readThread(event.threadId);
    } else if (event.headMessageId !== null && !thread.message(event.headMessageId)) {
      void this.#readThread(event.threadId);
    } else if (event.type === "messages" && event.generationId) {
      if (thread.message(event.headMessageId)?.generationId === event.generationId) return;
      thread.goOn(event.headMessageId, event.generationId);
      void this.#readThread(event.threadId);
    } else if (event.type === "head" && !thread.undelivered) thread.open(event.headMessageId);
  }

  async #readAgain(): Promise<void> {
    await Promise.all([this.#readList(), this.#openThread && this.#readThread(this.#openThread)]);
  }

  /** The list, and the open thread only if the list tells that it has moved. */
  async #readNews(): Promise<void> {
    const { list } = browserStores();
    const open = this.#openThread;
    const before = open && list.get(open)?.lastActivityAt;
    await this.#readList();
    if (open && list.get(open)?.lastActivityAt !== before) await this.#readThread(open);
  }

  async #readList(): Promise<void> {
    const { list, today } = browserStores();
    const usage = request<TodayUsage>("GET", "/api/usage/today").then(today.set, () => {});
    await Promise.all([list.refresh(), usage]);
  }

  async #readThread(threadId: string): Promise<void> {
    const thread = browserStores().threads.of(threadId);
    try {
      thread.hydrate(await request<ThreadDetail>("GET", `/api/threads/${threadId}`));
      this.#watchNewer();
    } catch (error) {
      const signedOut = error instanceof RequestFailed && error.problem.code === "signed-out";
      // What could not be sent would be lost, and the sentence that says why.
      if (signedOut && !thread.undelivered) location.reload();
    }
  }

  /** The answer that is followed may have been stopped and gone on with elsewhere: then by its new generation. */
  #watchNewer(): void {
    if (!this.#watched || !this.#source) return;
    const { threadId, messageId } = this.#watched;
    const { status, generationId } = browserStores().threads.of(threadId).message(messageId) ?? {};
    if (status === "running" && generationId) this.watch({ threadId, messageId, generationId });
  }

  #hide(): void {
    this.#hiding = setTimeout(() => this.#close(), HIDDEN_MS);
  }

  #show = (): void => {
    clearTimeout(this.#hiding);
    if (this.#source?.connected) return;
    this.#source?.close();
    this.#missed = "more";
    this.#connect();
  };

  /** A new connection, whatever the old one believes of itself. */
  #renew = (): void => {
    if (document.hidden && !this.#source) return;
    this.#close();
    this.#missed = "more";
    this.#connect();
  };

  #close(): void {
    clearTimeout(this.#retry);
    this.#closeFormer();
    this.#source?.close();
    this.#source = null;
  }

  #closeFormer(): void {
    for (const source of this.#former.splice(0)) source.close();
  }
}

const addressOf = (watched: Watched | null) =>
  watched
    ? `/api/generations/${watched.generationId}/events${watched.awaited ? "?awaited=1" : ""}`
    : "/api/events";

export const live = new Live();
