import { PanelLeft, SquarePen } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { IconButton } from "@/components/ui/button";
import { cx } from "@/components/ui/cx";
import { OpenTitle } from "./open-title";

/** Above the conversation while the sidebar is not beside it: opens it, says the title, begins a new chat. */
export function TopBar({ onOpen, className }: { onOpen: () => void; className?: string | undefined }) {
  const t = useTranslations("sidebar");
  return (
    <header
      className={cx(
        "flex shrink-0 items-center gap-1 border-line border-b px-1.5 pt-[env(safe-area-inset-top)] md:border-0",
        className,
      )}
    >
      <IconButton label={t("open")} onClick={onOpen} className="my-1 size-11 md:size-9">
        <PanelLeft size={18} aria-hidden="true" />
      </IconButton>
      <p
        className="min-w-0 flex-1 truncate text-center font-medium text-sm md:invisible"
        dir="auto"
        aria-hidden="true"
      >
        <OpenTitle />
      </p>
      <Link
        href="/"
        prefetch={false}
        aria-label={t("newChat")}
        title={t("newChat")}
        className="my-1 inline-flex size-11 items-center justify-center rounded-sm hover:bg-raised md:size-9"
      >
        <SquarePen size={18} aria-hidden="true" />
      </Link>
    </header>
  );
}
