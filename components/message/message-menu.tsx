import { Ellipsis, GitFork, Share2, Trash2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { problemOf } from "@/lib/client/api";
import { useStores } from "@/lib/client/stores";
import { type ClientMessage, forkThread } from "@/lib/client/threads";
import { Menu, MenuItem } from "../ui/menu";
import { useOnDemand } from "../ui/on-demand";
import { useProblemSentence } from "../ui/sentences";
import { toast } from "../ui/toast";

interface Props {
  threadId: string;
  message: ClientMessage;
}

const loadShare = async () => (await import("../share/share-dialog")).ShareDialog;
const loadDialog = async () => (await import("./delete-dialog")).DeleteDialog;

/** What is done with a message more rarely: a new thread from here on, sharing it, deleting it. */
export function MessageMenu({ threadId, message }: Props) {
  const t = useTranslations("conversation");
  const [deleting, setDeleting] = useState(false);
  const { View: DeleteDialog, ask } = useOnDemand(loadDialog);
  const { temporary } = useStores().threads.of(threadId);
  const [sharing, setSharing] = useState(false);
  const { View: ShareDialog, ask: askShare } = useOnDemand(loadShare);
  const fork = useFork(threadId, message.id);
  return (
    <>
      <Menu
        label={t("more")}
        align={message.role === "user" ? "end" : "start"}
        trigger={<Ellipsis size={16} aria-hidden="true" />}
        triggerClassName="inline-flex size-9 shrink-0 items-center justify-center rounded-sm text-muted transition-colors hover:bg-raised hover:text-ink aria-expanded:bg-raised pointer-coarse:size-11"
      >
        {!temporary && (
          <MenuItem icon={<GitFork size={16} aria-hidden="true" />} onSelect={fork}>
            {t("fork.do")}
          </MenuItem>
        )}
        {!temporary && (
          <MenuItem
            icon={<Share2 size={16} aria-hidden="true" />}
            onSelect={() => void askShare().then(setSharing)}
          >
            {t("share")}
          </MenuItem>
        )}
        <MenuItem
          danger
          icon={<Trash2 size={16} aria-hidden="true" />}
          onSelect={() => void ask().then(setDeleting)}
        >
          {t("delete.do")}
        </MenuItem>
      </Menu>
      {ShareDialog && (
        <ShareDialog
          open={sharing}
          onClose={() => setSharing(false)}
          threadId={threadId}
          start={{ from: message.id }}
        />
      )}
      {DeleteDialog && (
        <DeleteDialog
          threadId={threadId}
          message={message}
          open={deleting}
          onClose={() => setDeleting(false)}
        />
      )}
    </>
  );
}

/** Goes to the new thread, and says where it came from. */
function useFork(threadId: string, messageId: string): () => void {
  const t = useTranslations("conversation.fork");
  const sentence = useProblemSentence();
  const router = useRouter();
  return async () => {
    try {
      const forkId = await forkThread(threadId, messageId);
      router.push(`/t/${forkId}`);
      toast({
        text: t("done"),
        action: { label: t("back"), run: () => router.push(`/t/${threadId}`) },
      });
    } catch (error) {
      toast({ text: sentence(problemOf(error)), bad: true });
    }
  };
}
