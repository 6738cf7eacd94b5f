import { useTranslations } from "next-intl";
import { MenuGroup, MenuRadio } from "@/components/ui/menu";
import { THEME_COOKIE, THEMES, type Theme, themeColor } from "@/lib/i18n/locales";
import { keepPreference } from "./preferences";

/** Light, dark, or as the system says; at once, and kept for the next page. */
export function ThemeChoice({
  theme: current,
  onChoose,
}: {
  theme: Theme;
  onChoose: (theme: Theme) => void;
}) {
  const t = useTranslations("sidebar.account");
  const choose = (theme: Theme) => {
    keepPreference(THEME_COOKIE, theme);
    document.documentElement.dataset.theme = theme;
    for (const meta of document.querySelectorAll<HTMLMetaElement>('meta[name="theme-color"]'))
      meta.content = themeColor(theme, meta.media.includes("dark") ? "dark" : "light");
    onChoose(theme);
  };
  return (
    <MenuGroup label={t("theme")}>
      {THEMES.map((theme) => (
        <MenuRadio key={theme} checked={theme === current} onSelect={() => choose(theme)}>
          {t(theme)}
        </MenuRadio>
      ))}
    </MenuGroup>
  );
}
