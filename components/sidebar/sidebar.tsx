import { Images, PanelLeftClose, SquarePen } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import { AccountMenu } from "@/components/account/account-menu";
import { IconButton } from "@/components/ui/button";
import { Mark } from "@/components/ui/mark";
import type { Theme } from "@/lib/i18n/locales";
import type { Place } from "@/lib/ionos/place";
import type { Person } from "@/lib/users/person";
import { Foot } from "./foot";
import type { Day } from "./groups";
import { ThreadList } from "./thread-list";
import { TitleFilter } from "./title-filter";

export interface SidebarProps {
  person: Person;
  place: Place;
  /** The day as the server reckons it, for the first paint. */
  day: Day;
  theme: Theme;
  onHide: () => void;
  /** Somebody goes somewhere from here, maybe to where they are already. */
  onLeave?: () => void;
}

/** Past conversations, the way to a new one, and at the foot where the words go and whose they are. */
export function Sidebar({ person, place, day, theme, onHide, onLeave }: SidebarProps) {
  const t = useTranslations();
  const path = usePathname();
  return (
    <nav
      aria-label={t("sidebar.label")}
      className="flex h-full flex-col pt-[env(safe-area-inset-top)] pl-[env(safe-area-inset-left)]"
    >
      <div className="flex items-center gap-2 py-2 pr-2 pl-4">
        <Mark className="size-5.5 text-accent" />
        <span className="flex-1 font-semibold tracking-tight">{t("common.name")}</span>
        <IconButton label={t("sidebar.hide")} onClick={onHide} className="text-muted">
          <PanelLeftClose size={18} aria-hidden="true" />
        </IconButton>
      </div>
      <div className="flex flex-col gap-2 px-2 pb-2">
        <Link
          href="/"
          prefetch={false}
          onClick={onLeave}
          className="flex h-10 items-center gap-2.5 rounded-sm px-2 font-medium text-sm transition-colors hover:bg-raised pointer-coarse:h-11"
        >
          <SquarePen size={18} aria-hidden="true" className="text-accent" />
          {t("sidebar.newChat")}
        </Link>
        <Link
          href="/pictures"
          prefetch={false}
          onClick={onLeave}
          aria-current={path === "/pictures" ? "page" : undefined}
          className="-mt-1 flex h-10 items-center gap-2.5 rounded-sm px-2 text-sm transition-colors hover:bg-raised aria-[current=page]:bg-accent-soft pointer-coarse:h-11"
        >
          <Images size={18} aria-hidden="true" className="text-muted" />
          {t("pictures.link")}
        </Link>
        <TitleFilter />
      </div>
      <ThreadList day={day} onLeave={onLeave} />
      <div className="flex flex-col gap-1 border-line border-t px-2 pt-2 pb-[calc(env(safe-area-inset-bottom)+0.5rem)]">
        <Foot place={place} />
        <AccountMenu person={person} theme={theme} />
      </div>
    </nav>
  );
}
