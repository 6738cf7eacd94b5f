import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import { flushSync } from "react-dom";
import { problemOf } from "@/lib/client/api";
import { useStores } from "@/lib/client/stores";
import { type ClientMessage, deleteMessage } from "@/lib/client/threads";
import type { Following } from "@/lib/messages/tree";
import { focusComposer } from "../composer/focus";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { useProblemSentence } from "../ui/sentences";

interface Props {
  threadId: string;
  message: ClientMessage;
  open: boolean;
  onClose: () => void;
}

/** Asks what is to become of the messages that follow. */
export function DeleteDialog({ threadId, message, open, onClose }: Props) {
  const t = useTranslations("conversation.delete");
  const common = useTranslations("common");
  const sentence = useProblemSentence();
  const titleId = useId();
  const followers = useStores().threads.of(threadId).followersOf(message.id);
  const [busy, setBusy] = useState<Following>();
  const [trouble, setTrouble] = useState<string>();
  const remove = async (following: Following) => {
    setBusy(following);
    setTrouble(undefined);
    try {
      await deleteMessage(threadId, message.id, following);
      // What had the focus is gone with the message; while the dialog is open the focus can go nowhere else.
      flushSync(onClose);
      focusComposer();
    } catch (error) {
      setTrouble(sentence(problemOf(error)));
    }
    setBusy(undefined);
  };
  return (
    <Dialog open={open} onClose={onClose} labelledBy={titleId}>
      <div className="flex flex-col gap-4 p-6">
        <h2 id={titleId} className="font-semibold text-lg">
          {t(message.role === "user" ? "question" : "answer")}
        </h2>
        <p className="text-muted">{t(followers > 0 ? "choose" : "final", { followers })}</p>
        {trouble && (
          <p role="alert" className="text-danger text-sm">
            {trouble}
          </p>
        )}
        <div className="flex flex-col gap-2">
          <Button
            look="danger"
            busy={busy === "removed"}
            disabled={busy !== undefined}
            onClick={() => void remove("removed")}
          >
            {t(followers > 0 ? "withFollowing" : "do", { followers })}
          </Button>
          {followers > 0 && (
            <Button
              busy={busy === "joined"}
              disabled={busy !== undefined}
              onClick={() => void remove("joined")}
            >
              {t("alone")}
            </Button>
          )}
          <Button look="quiet" onClick={onClose}>
            {common("cancel")}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
