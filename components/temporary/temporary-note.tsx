import { EyeOff } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "../ui/button";

interface Props {
  /** Null while there is nothing to discard. */
  onDiscard: (() => void) | null;
}

/** What a temporary conversation is, in sight all the time, and a way to end it. */
export function TemporaryNote({ onDiscard }: Props) {
  const t = useTranslations("conversation.temporary");
  return (
    <div className="mb-2 flex flex-wrap items-center gap-x-3 gap-y-1 rounded-lg border border-line bg-raised px-3.5 py-2 text-sm">
      <EyeOff size={16} aria-hidden="true" className="shrink-0 text-muted" />
      <p className="min-w-0 flex-1 basis-56 text-muted">
        <strong className="font-medium text-ink">{t("title")}</strong> {t("text")}
      </p>
      {onDiscard && <Button onClick={onDiscard}>{t("discard")}</Button>}
    </div>
  );
}
