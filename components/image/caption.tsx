import { Pencil, Text } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { type FormEvent, useEffect, useEffectEvent, useRef, useState } from "react";
import { problemOf } from "@/lib/client/api";
import { describePicture, saveCaption } from "@/lib/client/pictures";
import type { Locale } from "@/lib/i18n/locales";
import { LONGEST_CAPTION } from "@/lib/images/schema";
import { Button } from "../ui/button";
import { cx } from "../ui/cx";
import { useProblemSentence } from "../ui/sentences";
import { toast } from "../ui/toast-store";
import type { ViewerPicture } from "./viewer/viewer";

interface Props {
  picture: Pick<ViewerPicture, "id" | "caption" | "captionBy">;
  /** In the middle of its place rather than at its start. */
  centred?: boolean;
}

/** The words that stand for a picture where it cannot be seen: one's own, or asked of the model. */
export function Caption({ picture, centred = false }: Props) {
  const t = useTranslations("picture.caption");
  const sentence = useProblemSentence();
  const locale = useLocale() as Locale;
  const [editing, setEditing] = useState(false);
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string>();
  const row = useRef<HTMLDivElement>(null);
  const returning = useRef(false);
  const { caption, captionBy } = picture;

  // The button that was pressed may be another one now, and the keys of the viewer need the focus. Once it is drawn: a
  // frame earlier the form may stand here still.
  useEffect(() => {
    if (!returning.current || editing || busy) return;
    returning.current = false;
    row.current?.querySelector("button")?.focus();
  }, [editing, busy]);

  const working = async (work: () => Promise<unknown>) => {
    setBusy(true);
    setTrouble(undefined);
    try {
      await work();
      setEditing(false);
      returning.current = true;
    } catch (error) {
      setTrouble(sentence(problemOf(error)));
    } finally {
      setBusy(false);
    }
  };
  const leave = () => {
    setEditing(false);
    returning.current = true;
  };
  /** What was being written when the picture was left is kept as well; there is no place for a complaint any more. */
  const keep = (text: string) =>
    void saveCaption(picture.id, text).catch((error) => {
      toast({ text: sentence(problemOf(error)), bad: true });
    });
  return (
    <div
      ref={row}
      className={cx("flex w-full max-w-2xl flex-col gap-1.5", centred && "items-center text-center")}
    >
      {editing ? (
        <Form
          caption={caption ?? ""}
          busy={busy}
          centred={centred}
          onSave={(text) => working(() => saveCaption(picture.id, text))}
          onLeft={keep}
          onCancel={leave}
        />
      ) : (
        <>
          <p aria-live="polite" className={cx("max-h-[20dvh] overflow-y-auto", centred && "text-balance")}>
            {busy ? <span className="text-muted">{t("asking")}</span> : caption}
            {!busy && captionBy === "model" && <span className="text-muted"> {t("byModel")}</span>}
          </p>
          <div className={cx("flex flex-wrap gap-1", centred ? "justify-center" : "-ml-3.5")}>
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
  centred: boolean;
  onSave: (caption: string) => void;
  onCancel: () => void;
  /** It was closed with words that are neither saved nor given up. */
  onLeft: (caption: string) => void;
}

function Form({ caption, busy, centred, onSave, onCancel, onLeft }: FormProps) {
  const t = useTranslations();
  const [text, setText] = useState(caption);
  const settled = useRef(false);
  const left = useEffectEvent(() => {
    if (!settled.current && text.trim() !== caption) onLeft(text.trim());
  });
  useEffect(() => () => left(), []);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    settled.current = true;
    onSave(text.trim());
  };
  const cancel = () => {
    settled.current = true;
    onCancel();
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
            cancel();
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
      <div className={cx("flex gap-2", centred && "justify-center")}>
        <Button onClick={cancel}>{t("common.cancel")}</Button>
        <Button look="primary" type="submit" busy={busy}>
          {t("picture.caption.save")}
        </Button>
      </div>
    </form>
  );
}
