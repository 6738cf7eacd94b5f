import { Braces, FileArchive, FileText, type LucideIcon, Printer } from "lucide-react";
import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import { problemOf } from "@/lib/client/api";
import { exportAddress, saveThread } from "@/lib/client/exports";
import { Button } from "../ui/button";
import { cx } from "../ui/cx";
import { Dialog } from "../ui/dialog";
import { useProblemSentence } from "../ui/sentences";
import { Spinner } from "../ui/spinner";

interface Props {
  threadId: string;
  open: boolean;
  onClose: () => void;
}

const ROW =
  "flex w-full items-center gap-3 rounded-sm border border-control bg-surface px-3.5 py-2.5 text-left transition-colors duration-120 hover:bg-raised";

/** The forms in which a conversation can be taken along, one press each. */
export function ExportDialog({ threadId, open, onClose }: Props) {
  const t = useTranslations("transfer.thread");
  const sentence = useProblemSentence();
  const titleId = useId();
  const [busy, setBusy] = useState<"markdown" | "json">();
  const [trouble, setTrouble] = useState<string>();
  const save = async (form: "markdown" | "json") => {
    setBusy(form);
    setTrouble(undefined);
    try {
      await saveThread(threadId, form);
      onClose();
    } catch (error) {
      setTrouble(sentence(problemOf(error)));
    }
    setBusy(undefined);
  };
  const saved = (form: "markdown" | "json", icon: LucideIcon) => (
    <button type="button" className={ROW} disabled={busy !== undefined} onClick={() => void save(form)}>
      <Words icon={icon} name={t(form)} hint={t(`${form}Hint`)} busy={busy === form} />
    </button>
  );
  return (
    <Dialog open={open} onClose={onClose} labelledBy={titleId} className="max-h-[calc(100dvh-2rem)] max-w-md">
      <div className="flex max-h-[calc(100dvh-2rem)] flex-col gap-4 overflow-y-auto p-6">
        <h2 id={titleId} className="font-semibold text-lg">
          {t("title")}
        </h2>
        <ul className="flex flex-col gap-2">
          <li>
            <a href={`/print/${threadId}`} target="_blank" rel="noopener" onClick={onClose} className={ROW}>
              <Words icon={Printer} name={t("print")} hint={t("printHint")} />
            </a>
          </li>
          <li>{saved("markdown", FileText)}</li>
          <li>
            <a href={exportAddress(threadId, "files")} download onClick={onClose} className={ROW}>
              <Words icon={FileArchive} name={t("files")} hint={t("filesHint")} />
            </a>
          </li>
          <li>{saved("json", Braces)}</li>
        </ul>
        {trouble && (
          <p role="alert" className="text-danger text-sm">
            {trouble}
          </p>
        )}
        <Button className="self-end" onClick={onClose}>
          {t("close")}
        </Button>
      </div>
    </Dialog>
  );
}

interface WordsProps {
  icon: LucideIcon;
  name: string;
  hint: string;
  busy?: boolean;
}

function Words({ icon: Icon, name, hint, busy = false }: WordsProps) {
  return (
    <>
      <span className={cx("flex size-5 shrink-0 items-center justify-center", !busy && "text-accent")}>
        {busy ? <Spinner /> : <Icon size={20} aria-hidden="true" />}
      </span>
      <span className="min-w-0">
        <span className="block font-medium text-sm">{name}</span>
        <span className="block text-muted text-sm">{hint}</span>
      </span>
    </>
  );
}
