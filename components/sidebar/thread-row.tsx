import Link from "next/link";
import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { flushSync } from "react-dom";
import { cx } from "@/components/ui/cx";
import { VisuallyHidden } from "@/components/ui/visually-hidden";
import type { ThreadSummary } from "@/lib/threads/thread";
import { RenameField } from "./rename-field";
import { ThreadMenu } from "./thread-menu";

interface ThreadRowProps {
  thread: ThreadSummary;
  /** It is the one on the screen. */
  open: boolean;
  onLeave: (() => void) | undefined;
}

/** One conversation: a link with its title, and what can be done with it. */
export function ThreadRow({ thread, open, onLeave }: ThreadRowProps) {
  const t = useTranslations("sidebar");
  const [renaming, setRenaming] = useState(false);
  const link = useRef<HTMLAnchorElement>(null);
  const ended = (byKeyboard: boolean) => {
    flushSync(() => setRenaming(false));
    if (byKeyboard) link.current?.focus();
  };
  if (renaming) {
    return (
      <li>
        <RenameField thread={thread} onEnd={ended} />
      </li>
    );
  }
  return (
    <li
      className={cx(
        "group flex items-center rounded-sm transition-colors",
        open ? "bg-accent-soft" : "hover:bg-raised has-focus-visible:bg-raised has-aria-expanded:bg-raised",
      )}
    >
      <Link
        ref={link}
        href={`/t/${thread.id}`}
        prefetch={false}
        onClick={onLeave}
        aria-current={open ? "page" : undefined}
        className="flex h-9 min-w-0 flex-1 items-center gap-2 rounded-sm pl-2 text-sm -outline-offset-2 pointer-coarse:h-11"
      >
        <span dir="auto" className={cx("truncate", !thread.title && "text-muted", open && "font-medium")}>
          {thread.title || t("untitled")}
        </span>
        {thread.running && <Pulse />}
      </Link>
      <ThreadMenu thread={thread} open={open} onRename={() => setRenaming(true)} />
    </li>
  );
}

function Pulse() {
  const t = useTranslations("sidebar");
  return (
    <>
      <span aria-hidden="true" className="size-2 shrink-0 animate-pulse rounded-full bg-accent" />
      <VisuallyHidden>{t("answering")}</VisuallyHidden>
    </>
  );
}
