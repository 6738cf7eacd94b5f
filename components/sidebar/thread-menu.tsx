import { Download, Ellipsis, Pencil, Share2, Trash2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { cx } from "@/components/ui/cx";
import { Menu, MenuItem } from "@/components/ui/menu";
import { useProblemSentence } from "@/components/ui/sentences";
import { toast } from "@/components/ui/toast";
import { problemOf } from "@/lib/client/api";
import { deleteThread, restoreThread } from "@/lib/client/thread-list";
import type { ThreadSummary } from "@/lib/threads/thread";
import { useThreadDialogs } from "./thread-dialogs";

interface ThreadMenuProps {
  thread: ThreadSummary;
  open: boolean;
  onRename: () => void;
}

/** Rename, share, export and delete; shown when the row is pointed at or holds the focus, always where fingers press. */
export function ThreadMenu({ thread, open, onRename }: ThreadMenuProps) {
  const t = useTranslations("sidebar");
  const transfer = useTranslations("transfer");
  const remove = useRemoveThread(thread, open);
  const { openShare, openExport } = useThreadDialogs();
  return (
    <Menu
      label={t("menu", { title: thread.title || t("untitled") })}
      trigger={<Ellipsis size={16} aria-hidden="true" />}
      triggerClassName={cx(
        "inline-flex size-9 shrink-0 items-center justify-center rounded-sm text-muted hover:text-ink pointer-coarse:size-11",
        "opacity-0 group-hover:opacity-100 focus-visible:opacity-100 aria-expanded:opacity-100 pointer-coarse:opacity-100",
        open && "opacity-100",
      )}
    >
      <MenuItem icon={<Pencil size={16} aria-hidden="true" />} onSelect={onRename}>
        {t("rename")}
      </MenuItem>
      <MenuItem icon={<Share2 size={16} aria-hidden="true" />} onSelect={() => openShare(thread.id)}>
        {t("share")}
      </MenuItem>
      <MenuItem icon={<Download size={16} aria-hidden="true" />} onSelect={() => openExport(thread.id)}>
        {transfer("thread.open")}
      </MenuItem>
      <MenuItem icon={<Trash2 size={16} aria-hidden="true" />} danger onSelect={remove}>
        {t("delete")}
      </MenuItem>
    </Menu>
  );
}

/** Deletes at once, without a question, because it can be taken back. */
function useRemoveThread(thread: ThreadSummary, open: boolean): () => void {
  const t = useTranslations();
  const router = useRouter();
  const sentence = useProblemSentence();
  const complain = (error: unknown) => void toast({ text: sentence(problemOf(error)), bad: true });
  return () => {
    focusNeighbour();
    if (open) router.push("/");
    const forget = toast({
      text: t("sidebar.deleted", { title: thread.title || t("sidebar.untitled") }),
      action: { label: t("common.undo"), run: () => void restoreThread(thread.id).catch(complain) },
    });
    deleteThread(thread.id).catch((error) => {
      forget();
      complain(error);
    });
  };
}

/** The row that holds the focus is about to go; the next one takes it. */
function focusNeighbour(): void {
  const row = document.activeElement?.closest("li");
  const links = [...(row?.closest("nav")?.querySelectorAll<HTMLElement>("li a") ?? [])];
  const at = links.findIndex((link) => row?.contains(link));
  (links[at + 1] ?? links[at - 1])?.focus();
}
