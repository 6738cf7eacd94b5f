import { FileText, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { type FormEvent, type KeyboardEvent, useEffect, useRef, useState } from "react";
import { useStores } from "@/lib/client/stores";
import { type ClientMessage, draftFrom, send, takeBack } from "@/lib/client/threads";
import { isTouch, returnToComposer } from "../composer/focus";
import { pictureSource } from "../image/local-pictures";
import { Picture } from "../image/picture";
import { Button, IconButton } from "../ui/button";
import { endEditing } from "./editing";

interface Props {
  threadId: string;
  message: ClientMessage;
}

/** A question as a field in its own place. Sent, it becomes a version beside the first one, which stays. */
export function EditQuestion({ threadId, message }: Props) {
  const t = useTranslations("conversation.edit");
  const first = useRef(draftFrom(message)).current;
  const thread = useStores().threads.of(threadId);
  // Another branch may have been looked at meanwhile, or the page loaded again.
  const [text, setText] = useState(thread.edits.get(message.id) ?? first.text);
  const [images, setImages] = useState(first.images);
  const [documents, setDocuments] = useState(first.documents);
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    const area = field.current;
    area?.focus();
    area?.setSelectionRange(area.value.length, area.value.length);
  }, []);

  const empty = text.trim() === "" && images.length + documents.length === 0;
  const same =
    text.trim() === first.text &&
    images.length + documents.length === first.images.length + first.documents.length;
  const sendable = !empty && (!same || message.delivery === "unsent");

  const write = (text: string) => {
    thread.edits.set(message.id, text === first.text ? null : text);
    setText(text);
  };
  const end = () => {
    thread.edits.set(message.id, null);
    endEditing();
  };
  const submit = (event?: FormEvent) => {
    event?.preventDefault();
    if (!sendable) return;
    end();
    // One that the server never had has no other version worth keeping.
    if (message.delivery === "unsent") takeBack(threadId, message.id);
    send(threadId, { ...first, text: text.trim(), images, documents }, message.parentId);
    returnToComposer();
  };
  const cancel = () => {
    end();
    requestAnimationFrame(() => focusEdit(message.id));
  };
  const pressed = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.nativeEvent.keyCode === 229) return;
    if (event.key === "Escape") {
      event.preventDefault();
      cancel();
    } else if (event.key === "Enter" && !event.shiftKey && !event.altKey) {
      if (isTouch() && !event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      submit();
    }
  };

  return (
    <form
      onSubmit={submit}
      className="flex w-full flex-col gap-2 rounded-lg border border-control bg-surface p-3 transition-colors focus-within:border-accent"
    >
      {images.length > 0 && (
        <ul aria-label={t("pictures")} className="flex flex-wrap gap-2">
          {images.map(({ id, name }) => (
            <li key={id} className="relative">
              <Picture
                src={pictureSource(id)}
                alt={name}
                className="size-20 rounded-sm border border-line object-cover"
              />
              <IconButton
                look="plain"
                label={t("remove", { name })}
                onClick={() => setImages(images.filter((image) => image.id !== id))}
                className="absolute top-1 right-1 size-7 rounded-full pointer-coarse:size-11"
              >
                <X size={14} aria-hidden="true" />
              </IconButton>
            </li>
          ))}
        </ul>
      )}
      {documents.length > 0 && (
        <ul aria-label={t("documents")} className="flex flex-col gap-1">
          {documents.map((document) => (
            <li
              key={`${document.documentId} ${document.firstPage}`}
              className="flex items-center gap-2 rounded-sm border border-line bg-raised pl-3 text-sm"
            >
              <FileText size={16} aria-hidden="true" className="shrink-0 text-muted" />
              <span className="min-w-0 flex-1 truncate">{document.name}</span>
              <IconButton
                label={t("remove", { name: document.name })}
                onClick={() => setDocuments(documents.filter((other) => other !== document))}
              >
                <X size={14} aria-hidden="true" />
              </IconButton>
            </li>
          ))}
        </ul>
      )}
      <textarea
        ref={field}
        rows={2}
        dir="auto"
        value={text}
        aria-label={t("label")}
        onChange={(event) => write(event.target.value)}
        onKeyDown={pressed}
        className="field-sizing-content block max-h-[50dvh] min-h-12 w-full resize-none overflow-y-auto overscroll-contain bg-transparent px-1 text-base leading-6 outline-none"
      />
      <div className="flex flex-wrap items-center justify-end gap-2">
        <p className="min-w-0 flex-1 basis-48 px-1 text-muted text-sm">{t("hint")}</p>
        <Button onClick={cancel}>{t("cancel")}</Button>
        <Button type="submit" look="primary" disabled={!sendable}>
          {t("send")}
        </Button>
      </div>
    </form>
  );
}

/** Back to where the editing began. */
const focusEdit = (messageId: string) =>
  document.querySelector<HTMLElement>(`[data-turn="${messageId}"] [data-edit]`)?.focus();
