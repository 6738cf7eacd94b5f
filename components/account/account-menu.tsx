import { ArrowDownUp, ChevronsUpDown, MonitorX, Share2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Menu, MenuItem, MenuSeparator } from "@/components/ui/menu";
import { useOnDemand } from "@/components/ui/on-demand";
import { VisuallyHidden } from "@/components/ui/visually-hidden";
import type { Theme } from "@/lib/i18n/locales";
import type { Person } from "@/lib/users/person";
import { LanguageChoice } from "./language-choice";
import { DraftsDialog, SignOutItem, useSignOut } from "./sign-out";
import { ThemeChoice } from "./theme-choice";

const loadEverywhere = async () => (await import("./sign-out-everywhere")).SignOutEverywhere;

/** Who is signed in; language, appearance, and the ways out. */
export function AccountMenu({ person, theme: first }: { person: Person; theme: Theme }) {
  const t = useTranslations("sidebar.account");
  const transfer = useTranslations("transfer");
  const leaving = useSignOut(person.id);
  const router = useRouter();
  const [theme, setTheme] = useState(first);
  const [asking, setAsking] = useState(false);
  const { View: SignOutEverywhere, ask } = useOnDemand(loadEverywhere);
  return (
    <>
      <Menu
        label={t("menu")}
        worded
        align="start"
        trigger={<Who person={person} />}
        triggerClassName="flex h-12 w-full items-center gap-2.5 rounded-sm px-2 text-left transition-colors hover:bg-raised aria-expanded:bg-raised"
      >
        <LanguageChoice />
        <ThemeChoice theme={theme} onChoose={setTheme} />
        <MenuSeparator />
        <MenuItem icon={<Share2 size={16} aria-hidden="true" />} onSelect={() => router.push("/shares")}>
          {t("shares")}
        </MenuItem>
        <MenuItem
          icon={<ArrowDownUp size={16} aria-hidden="true" />}
          onSelect={() => router.push("/your-data")}
        >
          {transfer("title")}
        </MenuItem>
        <SignOutItem leaving={leaving} />
        <MenuItem
          icon={<MonitorX size={16} aria-hidden="true" />}
          onSelect={() => void ask().then(setAsking)}
        >
          {t("signOutEverywhere")}
        </MenuItem>
      </Menu>
      <DraftsDialog leaving={leaving} />
      {SignOutEverywhere && <SignOutEverywhere open={asking} onClose={() => setAsking(false)} />}
    </>
  );
}

function Who({ person: { name, email } }: { person: Person }) {
  const t = useTranslations("sidebar.account");
  return (
    <>
      <VisuallyHidden>{t("menu")}</VisuallyHidden>
      <span
        aria-hidden="true"
        className="flex size-8 shrink-0 items-center justify-center rounded-full bg-accent-soft font-semibold text-accent text-sm"
      >
        {[...name][0]?.toLocaleUpperCase()}
      </span>
      <span className="min-w-0 flex-1 leading-tight">
        <span className="block truncate font-medium text-sm" dir="auto">
          {name}
        </span>
        <span className="block truncate text-muted text-xs">{email}</span>
      </span>
      <ChevronsUpDown size={16} aria-hidden="true" className="shrink-0 text-muted" />
    </>
  );
}
