import { Pencil, Text } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { type FormEvent, useRef, useState } from "react";
import { problemOf } from "@/lib/client/api";
import { describePicture, saveCaption } from "@/lib/client/pictures";
import type { Locale } from "@/lib/i18n/locales";
import { LONGEST_CAPTION } from "@/lib/images/schema";
import { Button } from "../../ui/button";
import { useProblemSentence } from "../../ui/sentences";
import type { ViewerPicture } from "./viewer";

/** The words that stand for a picture where it cannot be seen: one's own, or asked of the model. */
export function Caption({ picture }: { picture: ViewerPicture }) {
  const t = useTranslations("picture.caption");
  const sentence = useProblemSentence();
  const locale = useLocale() as Locale;
  const [editing, setEditing] = useState(false);
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string>();
  const row = useRef<HTMLDivElement>(null);
  const { caption, captionBy } = picture;

  const working = async (work: () => Promise<unknown>) => {
    setBusy(true);
    setTrouble(undefined);
    try {
      await work();
      setEditing(false);
      // The button that was pressed may be another one now, and the keys of the viewer need the focus.
      requestAnimationFrame(() => row.current?.querySelector("button")?.focus());
    } catch (error) {
      setTrouble(sentence(problemOf(error)));
    } finally {
      setBusy(false);
    }
  };
  const leave = () => {
    setEditing(false);
    requestAnimationFrame(() => row.current?.querySelector("button")?.focus());
  };
  return (
    <div ref={row} className="flex w-full max-w-2xl flex-col items-center gap-1.5 text-center">
      {editing ? (
        <Form
          caption={caption ?? ""}
          busy={busy}
          onSave={(text) => working(() => saveCaption(picture.id, text))}
          onCancel={leave}
        />
      ) : (
        <>
          <p aria-live="polite" className="max-h-[20dvh] overflow-y-auto text-balance">
            {busy ? <span className="text-muted">{t("asking")}</span> : caption}
            {!busy && captionBy === "model" && <span className="text-muted"> {t("byModel")}</span>}
          </p>
          <div className="flex flex-wrap justify-center gap-1">
            {captionBy !== "person" && (
              <Button
                look="quiet"
                busy={busy}
                onClick={() => working(() => describePicture(picture.id, locale, captionBy === "model"))}
              >
                {!busy && <Text size={16} aria-hidden="true" />}
                {t(captionBy === "model" ? "again" : "describe")}
              </Button>
            )}
            <Button look="quiet" disabled={busy} onClick={() => setEditing(true)}>
              <Pencil size={16} aria-hidden="true" />
              {t(caption ? "edit" : "write")}
            </Button>
          </div>
        </>
      )}
      {trouble && (
        <p role="alert" className="text-danger">
          {trouble}
        </p>
      )}
    </div>
  );
}

interface FormProps {
  caption: string;
  busy: boolean;
  onSave: (caption: string) => void;
  onCancel: () => void;
}

function Form({ caption, busy, onSave, onCancel }: FormProps) {
  const t = useTranslations();
  const [text, setText] = useState(caption);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSave(text.trim());
  };
  return (
    <form onSubmit={submit} className="flex w-full flex-col gap-2">
      <textarea
        aria-label={t("picture.caption.label")}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Escape") {
            // The words only, not the viewer.
            event.preventDefault();
            event.stopPropagation();
            onCancel();
          }
          if (event.key === "Enter" && !event.shiftKey && !event.nativeEvent.isComposing) submit(event);
        }}
        // biome-ignore lint/a11y/noAutofocus: it stands where the pressed button was
        autoFocus
        rows={2}
        maxLength={LONGEST_CAPTION}
        placeholder={t("picture.caption.placeholder")}
        className="w-full resize-none rounded-sm border border-control bg-surface px-3 py-2 text-base"
      />
      <div className="flex justify-center gap-2">
        <Button onClick={onCancel}>{t("common.cancel")}</Button>
        <Button look="primary" type="submit" busy={busy}>
          {t("picture.caption.save")}
        </Button>
      </div>
    </form>
  );
}
