import { useTranslations } from "next-intl";
import { type SyntheticEvent, useId, useState } from "react";
import { type ProblemInfo, problemOf } from "@/lib/client/api";
import { deleteAccount } from "@/lib/client/people";
import { LONGEST_PASSWORD } from "@/lib/users/person";
import { PasswordField } from "../auth/password-field";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { useProblemSentence } from "../ui/sentences";
import { TextField } from "../ui/text-field";

/** Asks for the password, and for a successor of whoever is the only one to administer. */
export function LeaveDialog({ onClose }: { onClose: () => void }) {
  const t = useTranslations("transfer.leave");
  const common = useTranslations("common");
  const sentence = useProblemSentence();
  const titleId = useId();
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<ProblemInfo>();
  const [asksSuccessor, setAsksSuccessor] = useState(false);
  const go = async (event: SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    setBusy(true);
    setTrouble(undefined);
    try {
      const successor = fields.get("successor");
      await deleteAccount({
        password: String(fields.get("password")),
        ...(successor === null ? {} : { successor: String(successor) }),
      });
      // It stays busy: another page is on its way.
    } catch (error) {
      const problem = problemOf(error);
      setTrouble(problem);
      if (problem.code === "last-administrator") setAsksSuccessor(true);
      setBusy(false);
    }
  };
  return (
    <Dialog open onClose={onClose} labelledBy={titleId}>
      <form onSubmit={(event) => void go(event)} className="flex flex-col gap-4 p-6">
        <h2 id={titleId} className="font-semibold text-lg">
          {t("sure")}
        </h2>
        <p className="text-muted">{t("sureText")}</p>
        <PasswordField
          name="password"
          autoComplete="current-password"
          required
          maxLength={LONGEST_PASSWORD}
          aria-invalid={trouble?.code === "wrong-password" || undefined}
        />
        {asksSuccessor && (
          <TextField
            label={t("successor")}
            name="successor"
            type="email"
            autoComplete="off"
            required
            maxLength={254}
            aria-invalid={trouble?.code === "last-administrator" || undefined}
          />
        )}
        {trouble && (
          <p role="alert" className="text-danger text-sm">
            {sentence(trouble)}
          </p>
        )}
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={onClose}>{common("cancel")}</Button>
          <Button type="submit" look="danger" busy={busy}>
            {t("confirm")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
