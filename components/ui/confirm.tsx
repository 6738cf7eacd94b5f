import { useTranslations } from "next-intl";
import { useEffect, useId, useState } from "react";
import { problemOf } from "@/lib/client/api";
import { Button } from "./button";
import { Dialog } from "./dialog";
import { useProblemSentence } from "./sentences";

interface Props {
  open: boolean;
  onClose: () => void;
  title: string;
  text: string;
  /** What the button says. */
  action: string;
  look: "primary" | "danger";
  /** What it throws is said in the dialog, which stays open. */
  run: () => Promise<void>;
}

/** Asks before something that cannot be taken back. */
export function Confirm({ open, onClose, title, text, action, look, run }: Props) {
  const common = useTranslations("common");
  const sentence = useProblemSentence();
  const titleId = useId();
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  // Done, it stays busy until it is closed: what follows may be another page.
  useEffect(() => {
    if (!open) setBusy(false);
  }, [open]);
  const go = async () => {
    setBusy(true);
    setTrouble(null);
    try {
      await run();
    } catch (error) {
      setTrouble(sentence(problemOf(error)));
      setBusy(false);
    }
  };
  return (
    <Dialog open={open} onClose={onClose} labelledBy={titleId}>
      <div className="flex flex-col gap-4 p-6">
        <h2 id={titleId} className="font-semibold text-lg">
          {title}
        </h2>
        <p className="wrap-anywhere text-muted">{text}</p>
        {trouble && (
          <p role="alert" className="text-danger text-sm">
            {trouble}
          </p>
        )}
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={onClose}>{common("cancel")}</Button>
          <Button look={look} busy={busy} onClick={() => void go()}>
            {action}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
