import { LogOut } from "lucide-react";
import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { MenuItem } from "@/components/ui/menu";
import { useProblemSentence } from "@/components/ui/sentences";
import { toast } from "@/components/ui/toast";
import { problemOf } from "@/lib/client/api";
import { keptDrafts } from "@/lib/client/drafts/keeper";
import { signOut } from "@/lib/client/people";

/** Signs out; asks first where this browser keeps drafts, because others may use it too. */
export function useSignOut(personId: string) {
  const [drafts, setDrafts] = useState(0);
  const sentence = useProblemSentence();
  const leave = (options?: { keepDrafts: boolean }) =>
    signOut(options).catch((error) => void toast({ text: sentence(problemOf(error)), bad: true }));
  const ask = async () => {
    const kept = await keptDrafts(personId);
    if (kept > 0) setDrafts(kept);
    else await leave();
  };
  return { drafts, leave, ask: () => void ask(), stay: () => setDrafts(0) };
}

type Leaving = ReturnType<typeof useSignOut>;

export function SignOutItem({ leaving }: { leaving: Leaving }) {
  const t = useTranslations("sidebar.account");
  return (
    <MenuItem icon={<LogOut size={16} aria-hidden="true" />} onSelect={leaving.ask}>
      {t("signOut")}
    </MenuItem>
  );
}

/** What is to become of the drafts: gone, unless this is the person's own device. */
export function DraftsDialog({ leaving: { drafts, leave, stay } }: { leaving: Leaving }) {
  const t = useTranslations();
  const titleId = useId();
  return (
    <Dialog open={drafts > 0} onClose={stay} labelledBy={titleId}>
      <div className="flex flex-col gap-4 p-6">
        <h2 id={titleId} className="font-semibold text-lg">
          {t("conversation.drafts.title")}
        </h2>
        <p className="text-muted">{t("conversation.drafts.text", { drafts })}</p>
        <div className="flex flex-col gap-2">
          <Button look="primary" onClick={() => void leave()}>
            {t("conversation.drafts.delete")}
          </Button>
          <Button onClick={() => void leave({ keepDrafts: true })}>{t("conversation.drafts.keep")}</Button>
          <Button look="quiet" onClick={stay}>
            {t("common.cancel")}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
