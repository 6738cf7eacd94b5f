import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { MenuGroup, MenuRadio } from "@/components/ui/menu";
import { LOCALE_COOKIE, LOCALES } from "@/lib/i18n/locales";
import { keepPreference } from "./preferences";

/** The languages, each by its own name. */
export function LanguageChoice() {
  const t = useTranslations("sidebar.account");
  const router = useRouter();
  const current = useLocale();
  const choose = (locale: string) => {
    keepPreference(LOCALE_COOKIE, locale);
    router.refresh();
  };
  return (
    <MenuGroup label={t("language")}>
      {Object.entries(LOCALES).map(([locale, name]) => (
        <MenuRadio key={locale} lang={locale} checked={locale === current} onSelect={() => choose(locale)}>
          {name}
        </MenuRadio>
      ))}
    </MenuGroup>
  );
}
