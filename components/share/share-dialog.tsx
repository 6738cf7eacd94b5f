import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useId, useState } from "react";
import { problemOf } from "@/lib/client/api";
import { shareMaterial } from "@/lib/client/shares";
import type { SharingRules } from "@/lib/settings/settings";
import type { ShareDetail, ShareSummary } from "@/lib/shares/share";
import type { ThreadDetail } from "@/lib/threads/thread";
import { Button, IconButton } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { useProblemSentence } from "../ui/sentences";
import { Spinner } from "../ui/spinner";
import type { Start } from "./draft";
import { ShareForm } from "./share-form";
import { Shared } from "./shared";

interface Props {
  open: boolean;
  onClose: () => void;
  threadId: string;
  /** The message that it was opened from. */
  start?: Start;
  /** The share that is made anew; null makes a new one. */
  shareId?: string | null;
  onShared?: (share: ShareSummary) => void;
}

/** Chooses what others will see, shows it as they will see it, and makes the link. */
export function ShareDialog({ open, onClose, ...rest }: Props) {
  const t = useTranslations();
  const titleId = useId();
  return (
    <Dialog open={open} onClose={onClose} labelledBy={titleId} place="full">
      <div className="flex h-full flex-col pt-[env(safe-area-inset-top)]">
        <header className="flex shrink-0 items-center gap-2 border-line border-b py-1.5 pr-2 pl-4 md:pl-6">
          <h2 id={titleId} className="min-w-0 flex-1 truncate font-semibold">
            {t(rest.shareId ? "share.updateTitle" : "share.title")}
          </h2>
          <IconButton label={t("common.close")} onClick={onClose}>
            <X size={18} aria-hidden="true" />
          </IconButton>
        </header>
        {open && <Body {...rest} onClose={onClose} />}
      </div>
    </Dialog>
  );
}

interface Material {
  thread: ThreadDetail;
  rules: SharingRules;
  share: ShareDetail | null;
}

function Body({ threadId, start = null, shareId = null, onShared, onClose }: Omit<Props, "open">) {
  const t = useTranslations();
  const [material, trouble, again] = useMaterial(threadId, shareId);
  const [shared, setShared] = useState<ShareSummary | null>(null);
  if (shared) return <Shared share={shared} onClose={onClose} />;
  if (trouble) {
    return (
      <div role="alert" className="m-auto flex max-w-md flex-col items-center gap-4 p-6 text-center">
        <p>{trouble}</p>
        <Button onClick={again}>{t("common.retry")}</Button>
      </div>
    );
  }
  if (!material) {
    return (
      <p role="status" className="m-auto flex items-center gap-3 text-muted">
        <Spinner /> {t("share.loading")}
      </p>
    );
  }
  if (!material.rules.allowed)
    return <p className="m-auto max-w-md p-6 text-center">{t("problem.sharing-off")}</p>;
  const done = (share: ShareSummary) => {
    setShared(share);
    onShared?.(share);
  };
  return <ShareForm {...material} start={start} onShared={done} />;
}

function useMaterial(threadId: string, shareId: string | null) {
  const sentence = useProblemSentence();
  const [material, setMaterial] = useState<Material | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const [round, setRound] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the sentence changes with each render, the round asks again
  useEffect(() => {
    let gone = false;
    setTrouble(null);
    shareMaterial(threadId, shareId)
      .then((loaded) => gone || setMaterial(loaded))
      .catch((error) => gone || setTrouble(sentence(problemOf(error))));
    return () => {
      gone = true;
    };
  }, [threadId, shareId, round]);
  return [material, trouble, () => setRound(round + 1)] as const;
}
