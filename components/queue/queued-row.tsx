import { GripVertical, Paperclip, Pencil, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { type KeyboardEvent, useEffect, useEffectEvent, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { useStores } from "@/lib/client/stores";
import { changeQueued, removeQueued } from "@/lib/client/threads/queue";
import { textOf } from "@/lib/messages/message";
import type { QueuedMessage } from "@/lib/messages/queued";
import { draftOf } from "../composer/drafts";
import { focusComposer } from "../composer/focus";
import { Button, IconButton } from "../ui/button";
import { toast } from "../ui/toast";
import type { Grip } from "./use-order";

interface Props {
  threadId: string;
  queued: QueuedMessage;
  /** Null for one that stands alone. */
  grip: Grip | null;
  place: { position: number; count: number };
  /** Does something that the server may refuse, and says so. */
  onDo: (work: Promise<unknown>) => Promise<void>;
}

/** One waiting question: what it says, its place, and what can be done with it. */
export function QueuedRow({ threadId, queued, grip, place, onDo }: Props) {
  const t = useTranslations("conversation.queue");
  const thread = useStores().threads.of(threadId);
  /** The text as it is being changed; null: it is only shown. */
  const [edited, setEdited] = useState<string | null>(null);
  const attached = queued.parts.filter(({ type }) => type !== "text").length;
  const edit = useRef<HTMLButtonElement>(null);
  const waits = () => thread.queue.some(({ id }) => id === queued.id);
  const ended = (text: string | null) => {
    flushSync(() => setEdited(null));
    edit.current?.focus();
    if (text !== null) void onDo(change(text));
  };
  const change = (text: string) =>
    changeQueued(threadId, queued, text).catch((error: unknown) => {
      if (waits()) setEdited(text);
      else giveBack(text);
      throw error;
    });
  /** It was sent, or taken back in another tab, before the change was saved: that can still be sent. */
  const giveBack = (text: string) => {
    draftOf(threadId).restore({ text, images: [], documents: [] });
    // Otherwise only another thread is looked at.
    if (waits()) return;
    toast({ text: t("gone") });
    focusComposer();
  };
  const remove = () => {
    focusComposer();
    void onDo(removeQueued(threadId, queued.id));
  };
  if (edited !== null) return <EditRow queued={queued} begin={edited} onEnd={ended} onTaken={giveBack} />;
  return (
    <li className="flex items-center gap-1 px-1.5">
      {grip && (
        <IconButton
          label={t("move", place)}
          {...grip}
          className="cursor-grab touch-none text-muted hover:text-ink active:cursor-grabbing"
        >
          <GripVertical size={16} aria-hidden="true" />
        </IconButton>
      )}
      <p dir="auto" className={`line-clamp-2 min-w-0 flex-1 wrap-anywhere text-sm ${grip ? "" : "pl-2"}`}>
        {attached > 0 && (
          <span className="mr-2 inline-flex items-center gap-1 align-text-bottom text-muted">
            <Paperclip size={16} aria-hidden="true" />
            {t("attached", { count: attached })}
          </span>
        )}
        {textOf(queued)}
      </p>
      <IconButton
        ref={edit}
        label={t("edit")}
        onClick={() => setEdited(textOf(queued))}
        className="text-muted hover:text-ink"
      >
        <Pencil size={16} aria-hidden="true" />
      </IconButton>
      <IconButton label={t("remove")} onClick={remove} className="text-muted hover:text-ink">
        <X size={16} aria-hidden="true" />
      </IconButton>
    </li>
  );
}

/** The browser brings the field into view, which is not all of it: on a phone only the button saves. */
const intoView = (row: HTMLLIElement | null) => row?.scrollIntoView({ block: "nearest" });

interface EditProps {
  queued: QueuedMessage;
  /** The text to begin with: one that could not be saved is gone on with. */
  begin: string;
  /** Gets the new text, null when it stays as it was. */
  onEnd: (text: string | null) => void;
  /** Gets a new text when the row goes before it was saved. */
  onTaken: (text: string) => void;
}

function EditRow({ queued, begin, onEnd, onTaken }: EditProps) {
  const t = useTranslations("conversation.queue");
  const common = useTranslations("common");
  const before = textOf(queued);
  const [text, setText] = useState(begin);
  const over = useRef(false);
  const taken = useEffectEvent(() => !over.current && text.trim() !== before && onTaken(text.trim()));
  useEffect(() => () => void taken(), []);
  const usable = text.trim() !== "" || queued.parts.some(({ type }) => type !== "text");
  const end = (changed: string | null) => {
    over.current = true;
    onEnd(changed);
  };
  const save = () => usable && end(text.trim() === before ? null : text.trim());
  const pressed = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.nativeEvent.keyCode === 229) return;
    if (event.key === "Escape") {
      event.preventDefault();
      end(null);
    } else if (event.key === "Enter" && !event.shiftKey && !matchMedia("(pointer: coarse)").matches) {
      event.preventDefault();
      save();
    }
  };
  return (
    <li ref={intoView} className="flex flex-col gap-2 px-2.5 py-1">
      <textarea
        // biome-ignore lint/a11y/noAutofocus: whoever pressed Edit goes on here
        autoFocus
        rows={2}
        dir="auto"
        value={text}
        aria-label={t("text")}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={pressed}
        className="field-sizing-content max-h-40 w-full resize-none rounded-sm border border-control bg-surface px-2.5 py-1.5 text-base leading-6"
      />
      <div className="flex justify-end gap-2">
        <Button onClick={() => end(null)}>{common("cancel")}</Button>
        <Button look="primary" disabled={!usable} onClick={save}>
          {t("save")}
        </Button>
      </div>
    </li>
  );
}
