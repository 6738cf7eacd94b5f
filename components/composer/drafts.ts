"use client";

import { useState, useSyncExternalStore } from "react";
import { keepDraft } from "@/lib/client/drafts/keeper";
import { browserStores } from "@/lib/client/stores";
import { mostPictures } from "@/lib/models/picture-limits";
import { ComposerDraft } from "./composer-draft";
import { type DraftView, EMPTY_DRAFT } from "./draft-view";

/** By person and thread: the next one who signs in, in the same tab, has drafts of their own. */
const drafts = new Map<string, ComposerDraft>();

/** The draft of a thread in this browser; on the server an empty one that nobody keeps. */
export function draftOf(threadId: string): ComposerDraft {
  if (typeof window === "undefined") return new ComposerDraft();
  const key = `${browserStores().personId}/${threadId}`;
  const known = drafts.get(key);
  if (known) return known;
  const { threads } = browserStores();
  const thread = threads.of(threadId);
  const draft = new ComposerDraft({
    temporary: thread.temporary,
    mostImages: () => mostPictures(browserStores().pictureLimits, thread.model),
  });
  drafts.set(key, draft);
  keepDraft(threadId, draft);
  threads.onImage((imageId, { notes }) => notes && draft.noted(imageId, notes));
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
