import { isTitled, type ThreadPage, type ThreadSummary } from "@/lib/threads/thread";
import { request } from "../api";
import { Listeners } from "../listeners";

export interface ThreadListView {
  /** Newest first; only those whose title matches while a filter is set. */
  threads: ThreadSummary[];
  hasMore: boolean;
  loading: boolean;
  /** What was asked for last could not be loaded. */
  failed: boolean;
  filter: string;
}

/** The person's threads as far as they were loaded, kept up to date by events. */
export class ThreadListStore {
  readonly #listeners = new Listeners();
  #threads = new Map<string, ThreadSummary>();
  #cursor: string | null;
  #filter = "";
  #loading = false;
  /** Loads again what could not be loaded. */
  #again: (() => Promise<void>) | null = null;
  #asked = 0;
  /** What events told since the list was last asked for: it may be newer than the answer. Null: gone. */
  #news = new Map<string, ThreadSummary | null>();
  #view: ThreadListView | null = null;

  constructor(first: ThreadPage) {
    this.#cursor = first.nextCursor;
    for (const thread of first.threads) this.#threads.set(thread.id, thread);
  }

  get view(): ThreadListView {
    this.#view ??= {
      threads: [...this.#threads.values()].sort(byActivity),
      hasMore: this.#cursor !== null,
      loading: this.#loading,
      failed: this.#again !== null,
      filter: this.#filter,
    };
    return this.#view;
  }

  subscribe = (listener: () => void): (() => void) => this.#listeners.add("", listener);

  get = (id: string): ThreadSummary | undefined => this.#threads.get(id);

  /** A thread is new or has changed. While a filter is set, one that it hides stays hidden. */
  put(thread: ThreadSummary): void {
    const known = this.#threads.get(thread.id);
    if (this.#filter && !known && !isTitled(thread, this.#filter)) return;
    // News can overtake each other.
    if (known && known.lastActivityAt > thread.lastActivityAt) return;
    this.#threads.set(thread.id, thread);
    this.#news.set(thread.id, thread);
    this.#changed();
  }

  remove(id: string): void {
    this.#news.set(id, null);
    if (this.#threads.delete(id)) this.#changed();
  }

  async loadMore(): Promise<void> {
    if (this.#cursor === null || this.#loading) return;
    await this.#load(this.#cursor);
  }

  /** Shows only threads with this in the title. */
  async setFilter(filter: string): Promise<void> {
    this.#filter = filter;
    await this.#load(null);
  }

  /** Tries once more what could not be loaded. */
  async retry(): Promise<void> {
    await this.#again?.();
  }

  /** Reads the list again, as far as it is there: events may have been missed, and nobody wants to scroll anew. */
  refresh = (): Promise<void> => this.#load(null, this.#threads.size);

  /** `atLeast`: so many threads, where there are that many; else a page. */
  async #load(cursor: string | null, atLeast = 0): Promise<void> {
    const asked = ++this.#asked;
    this.#loading = true;
    this.#again = null;
    this.#news.clear();
    this.#changed();
    let page = await this.#read(cursor);
    while (page?.nextCursor && page.threads.length < atLeast && asked === this.#asked) {
      const { threads }: ThreadPage = page;
      const next: ThreadPage | null = await this.#read(page.nextCursor);
      page = next && { ...next, threads: [...threads, ...next.threads] };
    }
    // A later question has been asked meanwhile: its answer counts.
    if (asked !== this.#asked) return;
    this.#loading = false;
    this.#again = page ? null : () => this.#load(cursor, atLeast);
    if (page) this.#take(page, cursor === null);
    this.#changed();
  }

  /** Null when it could not be read. */
  async #read(cursor: string | null): Promise<ThreadPage | null> {
    const query = new URLSearchParams();
    if (cursor) query.set("cursor", cursor);
    if (this.#filter.trim()) query.set("title", this.#filter.trim());
    return request<ThreadPage>("GET", `/api/threads?${query}`).catch(() => null);
  }

  #take(page: ThreadPage, fromStart: boolean): void {
    if (fromStart) this.#threads = new Map();
    for (const thread of page.threads) this.#threads.set(thread.id, thread);
    for (const [id, thread] of this.#news) {
      if (!thread) this.#threads.delete(id);
      else if (this.#threads.has(id) || isTitled(thread, this.#filter)) this.#threads.set(id, thread);
    }
    this.#cursor = page.nextCursor;
  }

  #changed(): void {
    this.#view = null;
    this.#listeners.tell("");
  }
}

const byActivity = (a: ThreadSummary, b: ThreadSummary) =>
  b.lastActivityAt.localeCompare(a.lastActivityAt) || b.id.localeCompare(a.id);
