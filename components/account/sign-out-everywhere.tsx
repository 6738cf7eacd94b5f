import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { useProblemSentence } from "@/components/ui/sentences";
import { problemOf } from "@/lib/client/api";
import { signOutEverywhere } from "@/lib/client/people";

/** Asks first, because it ends work on other devices. */
export function SignOutEverywhere({ open, onClose }: { open: boolean; onClose: () => void }) {
  const t = useTranslations();
  const sentence = useProblemSentence();
  const titleId = useId();
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const leave = async () => {
    setBusy(true);
    setTrouble(null);
    try {
      await signOutEverywhere();
    } catch (error) {
      setTrouble(sentence(problemOf(error)));
      setBusy(false);
    }
  };
  return (
    <Dialog open={open} onClose={onClose} labelledBy={titleId}>
      <div className="flex flex-col gap-4 p-6">
        <h2 id={titleId} className="font-semibold text-lg">
          {t("sidebar.account.everywhereTitle")}
        </h2>
        <p className="text-muted">{t("sidebar.account.everywhereText")}</p>
        {trouble && (
          <p role="alert" className="text-danger text-sm">
            {trouble}
          </p>
        )}
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button look="primary" busy={busy} onClick={() => void leave()}>
            {t("sidebar.account.signOutEverywhere")}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
