import { Mail, Scale } from "lucide-react";
import { useTranslations } from "next-intl";
import { Picture } from "../image/picture";
import { START_SAMPLES, type Start } from "./starts";

/** One thing to begin with: its picture or sign, what it is, what it shows. */
export function StartCard({ start, onChoose }: { start: Start; onChoose: () => void }) {
  const t = useTranslations(`chat.empty.${start}`);
  return (
    <button
      type="button"
      onClick={onChoose}
      className="flex h-full w-full items-center gap-3.5 rounded-md border border-line bg-surface p-2.5 text-start transition-colors hover:border-control hover:bg-raised"
    >
      <span className="flex size-14 shrink-0 items-center justify-center overflow-hidden rounded-sm border border-line bg-raised text-accent">
        <Sign start={start} />
      </span>
      <span className="min-w-0">
        <span className="block font-medium">{t("title")}</span>
        <span className="block text-sm text-muted">{t("description")}</span>
      </span>
    </button>
  );
}

function Sign({ start }: { start: Start }) {
  const sample = START_SAMPLES[start];
  if (sample) {
    return (
      <Picture src={sample} alt="" width={56} height={56} className="size-full object-cover object-top" />
    );
  }
  const Icon = start === "reply" ? Mail : Scale;
  return <Icon size={22} strokeWidth={1.5} aria-hidden="true" />;
}
