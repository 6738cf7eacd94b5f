"use client";

import { useState, useSyncExternalStore } from "react";
import { keepDraft } from "@/lib/client/drafts/keeper";
import { browserStores } from "@/lib/client/stores";
import { ComposerDraft, type DraftView, EMPTY_DRAFT } from "./composer-draft";

/** By person and thread: the next one who signs in, in the same tab, has drafts of their own. */
const drafts = new Map<string, ComposerDraft>();

/** The draft of a thread in this browser; on the server an empty one that nobody keeps. */
export function draftOf(threadId: string): ComposerDraft {
  if (typeof window === "undefined") return new ComposerDraft();
  const key = `${browserStores().personId}/${threadId}`;
  const known = drafts.get(key);
  if (known) return known;
  const { threads, mostImages } = browserStores();
  const draft = new ComposerDraft({ temporary: threads.of(threadId).temporary, mostImages });
  drafts.set(key, draft);
  keepDraft(threadId, draft);
  return draft;
}

/** Takes a picture that was deleted out of every draft. */
export function dropFromDrafts(imageId: string): void {
  for (const draft of drafts.values()) draft.gone(imageId);
}

/** The draft with what is in it now. Mount it anew for another thread. */
export function useDraft(threadId: string): { draft: ComposerDraft; view: DraftView } {
  const [draft] = useState(() => draftOf(threadId));
  const view = useSyncExternalStore(draft.subscribe, draft.view, () => EMPTY_DRAFT);
  return { draft, view };
}
