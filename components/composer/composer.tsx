"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useEffect, useState } from "react";
import { problemOf } from "@/lib/client/api";
import { isPicture } from "@/lib/client/images/files";
import type { Pictures } from "@/lib/client/images/transfer";
import { useStores } from "@/lib/client/stores";
import { type Draft, enqueue, send, useThreadView } from "@/lib/client/threads";
import { beginEditing } from "../message/editing";
import { loadMarkdown } from "../message/markdown/live";
import { SettingsButton } from "../settings/settings-button";
import { later } from "../ui/later";
import { useProblemSentence } from "../ui/sentences";
import { toast } from "../ui/toast";
import { AttachButton } from "./attach-button";
import { ContextMeter } from "./context-meter";
import { useDraft } from "./drafts";
import { DropOverlay } from "./drop-overlay";
import { returnToComposer } from "./focus";
import { MessageField } from "./message-field";
import { MoreWays } from "./more-ways";
import { DocumentsLeftOut, LeftOut, TooMany } from "./refusal";
import { SendButton } from "./send-button";
import { isOnItsWay } from "./tiles";
import { usePaste } from "./use-paste";
import { useSharedIn } from "./use-shared-in";

const Tiles = later(async () => (await import("./tiles-list")).Tiles);
const DocumentTiles = later(async () => (await import("../document/document-tiles")).default);

type Hint = "stillUploading" | "onlyFiles" | "onlyPictures" | "textless" | "unsentAbove";

interface Props {
  threadId: string;
  /** After something was sent. */
  onSent: () => void;
}

/** Where a message is written: text, pictures, send, stop. Mount it anew for another thread. */
export function Composer({ threadId, onSent }: Props) {
  const t = useTranslations("composer");
  const { draft, view } = useDraft(threadId);
  const thread = useStores().threads.of(threadId);
  const { runningId } = useThreadView(threadId);
  const sentence = useProblemSentence();
  const [hint, setHint] = useState<Hint>();
  const [full, setFull] = useState(false);
  const uploading = view.tiles.some(isOnItsWay) || draft.documents.onTheirWay;
  const textless = draft.documents.textless !== undefined;
  const { tooMany } = draft;
  const empty =
    view.text.trim() === "" && ![...view.tiles, ...view.documents].some(({ state }) => state === "ready");

  // A hint is about this moment only.
  useEffect(() => {
    if (hint === "stillUploading" && !uploading) setHint(undefined);
    if (hint === "textless" && !textless) setHint(undefined);
  }, [hint, uploading, textless]);

  // An answer is to be expected.
  useEffect(() => {
    if (!empty) loadMarkdown();
  }, [empty]);

  const add = ({ files = [], addresses = [] }: Partial<Pictures>) => {
    const refused = thread.temporary && (addresses.length > 0 || !files.every(isPicture));
    setHint(files.length + addresses.length === 0 ? "onlyFiles" : refused ? "onlyPictures" : undefined);
    draft.add([...files, ...addresses]);
    returnToComposer();
  };
  usePaste(add);
  useSharedIn(draft, add);

  const submit = (event?: FormEvent) => {
    event?.preventDefault();
    // What the server does not have cannot be answered to.
    if (thread.message(thread.view.path.at(-1) ?? "")?.delivery) return setHint("unsentAbove");
    const sendable = draft.sendable();
    if (sendable === "uploading") return setHint("stillUploading");
    if (sendable === "textless") return setHint("textless");
    // The sentence about it stands there already.
    if (sendable === "empty" || sendable === "tooMany") return;
    if (runningId) void wait(sendable);
    else send(threadId, sendable);
    draft.sent();
    setHint(undefined);
    returnToComposer();
    onSent();
  };

  /** Behind the answer that is being written; what the server does not take comes back. */
  const wait = async (sendable: Draft) => {
    try {
      await enqueue(threadId, sendable);
    } catch (error) {
      draft.restore(sendable);
      toast({ text: sentence(problemOf(error)), bad: true });
    }
  };

  const editLast = () => {
    const last = thread.view.path.findLast((id) => thread.message(id)?.role === "user");
    if (last && view.tiles.length + view.documents.length === 0) beginEditing(last);
  };

  return (
    <form
      onSubmit={submit}
      className="flex min-h-23 flex-col rounded-lg border border-control bg-surface shadow-composer transition-colors focus-within:border-accent pointer-coarse:min-h-25"
    >
      <DropOverlay onPictures={add} />
      {view.tiles.length > 0 && <Tiles draft={draft} tiles={view.tiles} />}
      {view.documents.length > 0 && <DocumentTiles draft={draft} tiles={view.documents} />}
      <MessageField
        text={view.text}
        onText={(text) => {
          draft.setText(text);
          if (hint) setHint(undefined);
        }}
        onEnter={submit}
        onUp={editLast}
      />
      <div className="flex shrink-0 items-center gap-2 px-2 pb-2 max-sm:flex-wrap">
        <AttachButton onFiles={(files) => add({ files })} />
        {!thread.temporary && (
          <MoreWays
            onFiles={(files) => add({ files })}
            onAddress={(address) => add({ addresses: [address] })}
          />
        )}
        <SettingsButton threadId={threadId} />
        {/* On a phone a sentence has a line of its own above the buttons. */}
        <p
          role="status"
          className="min-w-0 flex-1 text-sm text-muted max-sm:not-empty:order-first max-sm:not-empty:basis-full max-sm:not-empty:px-2"
        >
          {hint && t(hint)}
          {!hint && tooMany > 0 && <TooMany limit={draft.mostImages()} count={tooMany} />}
          {!hint && tooMany === 0 && view.leftOut > 0 && (
            <LeftOut limit={draft.mostImages()} count={view.leftOut} />
          )}
          {!hint && view.documentsLeftOut > 0 && <DocumentsLeftOut count={view.documentsLeftOut} />}
          {/* It can be sent: some of it is only estimated. */}
          {!hint && full && ` ${t("full")}`}
        </p>
        <span className="flex-1 sm:hidden" />
        <ContextMeter
          threadId={threadId}
          text={view.text}
          tiles={view.tiles}
          documents={view.documents}
          onFull={setFull}
        />
        <SendButton threadId={threadId} runningId={runningId} disabled={empty || uploading} />
      </div>
    </form>
  );
}
