import type { ThreadDetail } from "@/lib/threads/thread";
import { RequestFailed, request } from "../api";
import { dropSharedIn } from "../shared-in";
import { browserStores } from "../stores";
import type { Draft } from "../threads";
import { type Brought, broughtOf, keepBrought } from "./brought";
import type { KeptDraft, KeptUnsent } from "./kept";

/** After the last change, in milliseconds: nobody types that fast for long. */
const SAVE_AFTER_MS = 300;
/** Where drafts of threads are kept that the server does not have. */
const NEW = "new";

export type KeptComposer = Pick<KeptDraft, "text" | "pictures" | "documents">;

/** What the composer lets be kept of it, and takes back. */
export interface Keepable {
  subscribe(listener: () => void): () => void;
  kept(): KeptComposer;
  takeKept(kept: KeptComposer): void;
  restore(draft: Draft): void;
}

const load = () => import("./kept");
let keeping = true;
/** Writes what has changed and is not kept yet, of every draft in this tab. */
const savers = new Set<() => Promise<void>>();
/** What is being read of what was kept before: until then nothing is written. */
const readings = new Set<Promise<void>>();

/**
 * Keeps a thread's draft, and what did not get through to the server yet, in the browser: it survives a reload, a
 * crash and an expired session. Where the browser keeps nothing (private windows, a full disk) it lives in the tab
 * alone. Takes back first what was kept before.
 */
export function keepDraft(threadId: string, composer: Keepable): void {
  const { personId, threads } = browserStores();
  const thread = threads.of(threadId);
  if (thread.temporary) return;
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** Nothing is written before what was there has been read. */
  let ready = false;
  /** Under which place it was written last: a new thread gets its own once the server has it. */
  let written: string | null = null;

  const save = async () => {
    clearTimeout(timer);
    timer = undefined;
    if (!ready || !keeping) return;
    const place = placeOf(threadId);
    const [unsent, edits] = [unsentIn(threadId), thread.edits.all()];
    const kept: KeptDraft = { ...composer.kept(), unsent, edits, savedAt: Date.now() };
    const former = written;
    written = isEmpty(kept) ? null : place;
    const { removeDraft, writeDraft } = await load();
    if (former !== null && former !== written) await removeDraft(personId, former);
    if (!isEmpty(kept)) await writeDraft(personId, place, kept);
  };
  const soon = () => {
    if (ready) timer ??= setTimeout(() => void quietly(save), SAVE_AFTER_MS);
  };
  const now = () => {
    if (timer !== undefined) void quietly(save);
  };
  savers.add(async () => {
    if (timer !== undefined) await save();
  });
  let unsent = 0;
  const sent = () => {
    const before = unsent;
    unsent = thread.unsent().length;
    if (unsent === before) return soon();
    // At once, though after the composer was emptied: what is sent must not stand in it again, however soon the page
    // is left.
    queueMicrotask(() => void quietly(save));
  };
  composer.subscribe(soon);
  thread.onView(sent);
  thread.edits.subscribe(soon);
  addEventListener("pagehide", now);
  document.addEventListener("visibilitychange", now);

  const read = quietly(async () => {
    const { readDraft, removeOldDrafts } = await load();
    const place = placeOf(threadId);
    const kept = await readDraft(personId, place);
    if (kept) {
      written = place;
      for (const unsent of kept.unsent) if (!(await hasArrived(unsent))) takeUnsent(composer, unsent);
      composer.takeKept(kept);
      for (const [id, text] of kept.edits ?? [])
        if (thread.edits.get(id) === undefined) thread.edits.set(id, text);
    }
    ready = true;
    // Also what was written meanwhile.
    soon();
    await removeOldDrafts();
  }).finally(() => {
    ready = true;
  });
  readings.add(read);
  void read.then(() => readings.delete(read));
}

/** Whether this browser keeps a question that was to begin the thread, and never got through. */
export async function keptFor(threadId: string): Promise<boolean> {
  let found = false;
  await quietly(async () => {
    const kept = await (await load()).readDraft(browserStores().personId, NEW);
    found = kept?.unsent.some((unsent) => unsent.threadId === threadId) ?? false;
  });
  return found;
}

/** Lets go of everything that this browser keeps of the person; nothing is written any more in this page. */
export async function forgetDrafts(personId: string): Promise<void> {
  keeping = false;
  await quietly(async () => (await load()).removeDrafts(personId));
  await dropSharedIn();
}

/** Writes down what has changed in this tab's drafts; where the browser keeps nothing, they stay as they are. */
export async function saveDrafts(): Promise<void> {
  await Promise.all(readings);
  for (const save of savers) await quietly(save);
}

/** How many drafts this browser keeps of the person; 0 where it keeps none. */
export async function keptDrafts(personId: string): Promise<number> {
  let count = 0;
  await quietly(async () => {
    for (const save of savers) await save();
    count = await (await load()).countDrafts(personId);
  });
  return count;
}

/** One new thread's draft is as good as another's until the server has the thread. */
const placeOf = (threadId: string): string => (browserStores().threads.of(threadId).exists ? threadId : NEW);

/** What the person has sent and the server has not taken. */
function unsentIn(threadId: string): KeptUnsent[] {
  return browserStores()
    .threads.of(threadId)
    .unsent()
    .map(({ messageId, draft }) => ({ threadId, messageId, draft, brought: broughtFor(draft) }));
}

function broughtFor({ images, documents }: Draft): [string, Brought][] {
  const ids = [...images.map(({ id }) => id), ...documents.map(({ documentId }) => documentId)];
  return ids.flatMap((id): [string, Brought][] => {
    const brought = broughtOf(id);
    return brought ? [[id, brought]] : [];
  });
}

function takeUnsent(composer: Keepable, { draft, brought = [] }: KeptUnsent): void {
  for (const [id, what] of brought) keepBrought(id, what);
  composer.restore(draft);
}

/** Whether the server has it after all: only the answer to it was lost. */
async function hasArrived({ threadId, messageId }: KeptUnsent): Promise<boolean> {
  if (browserStores().threads.of(threadId).message(messageId)) return true;
  try {
    const { messages, queue } = await request<ThreadDetail>("GET", `/api/threads/${threadId}`);
    return [...messages, ...queue].some(({ id }) => id === messageId);
  } catch (error) {
    // Not knowing, it is shown: twice is better than never.
    if (error instanceof RequestFailed) return false;
    throw error;
  }
}

const isEmpty = ({ text, pictures, documents, unsent, edits = [] }: KeptDraft): boolean =>
  text.trim() === "" && pictures.length + documents.length + unsent.length + edits.length === 0;

/** The browser may refuse to keep anything; the tab then works as it would without. */
async function quietly(work: () => Promise<void>): Promise<void> {
  await work().catch(() => {});
}
