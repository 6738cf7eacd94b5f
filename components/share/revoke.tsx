import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import { problemOf } from "@/lib/client/api";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { useProblemSentence } from "../ui/sentences";
import { toast } from "../ui/toast";

interface Props {
  open: boolean;
  onClose: () => void;
  text: string;
  revoke: () => Promise<void>;
  onRevoked: () => void;
}

/** Asks first: what was taken back cannot be given again under the same link. */
export function Revoke({ open, onClose, text, revoke, onRevoked }: Props) {
  const t = useTranslations();
  const sentence = useProblemSentence();
  const titleId = useId();
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const go = async () => {
    setBusy(true);
    setTrouble(null);
    try {
      await revoke();
    } catch (error) {
      const problem = problemOf(error);
      // Gone already, from another tab say: that is what was wanted.
      if (problem.code !== "not-found") {
        setTrouble(sentence(problem));
        return setBusy(false);
      }
    }
    onClose();
    onRevoked();
    toast({ text: t("share.revoke.done") });
  };
  return (
    <Dialog open={open} onClose={onClose} labelledBy={titleId}>
      <div className="flex flex-col gap-4 p-6">
        <h2 id={titleId} className="font-semibold text-lg">
          {t("share.revoke.title")}
        </h2>
        <p className="wrap-anywhere text-muted">{text}</p>
        {trouble && (
          <p role="alert" className="text-danger text-sm">
            {trouble}
          </p>
        )}
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button look="danger" busy={busy} onClick={() => void go()}>
            {t("share.revoke.do")}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
