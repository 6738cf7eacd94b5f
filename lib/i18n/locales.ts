/** Languages that are complete. A name is written in its own language. */
export const LOCALES = { en: "English", de: "Deutsch" } as const;
export type Locale = keyof typeof LOCALES;

export const LOCALE_COOKIE = "leeward-locale";
export const THEME_COOKIE = "leeward-theme";
export const THEMES = ["system", "light", "dark"] as const;
export type Theme = (typeof THEMES)[number];

/** The background of each theme, for the browser's own frame. */
const THEME_COLORS = { light: "#f9fbfb", dark: "#0e1519" };

/** What the browser paints around the page while the system is light or dark. */
export const themeColor = (theme: Theme, system: "light" | "dark"): string =>
  THEME_COLORS[theme === "system" ? system : theme];

/** Own names only: a cookie may say "constructor". */
export const isLocale = (value: unknown): value is Locale =>
  typeof value === "string" && Object.hasOwn(LOCALES, value);
export const isTheme = (value: unknown): value is Theme => THEMES.some((theme) => theme === value);

/** The best of our languages for an Accept-Language header; English when it names none of them. */
export function preferredLocale(acceptLanguage: string): Locale {
  const wanted = acceptLanguage.split(",").map((entry) => {
    const [tag = "", ...parameters] = entry.trim().split(";");
    const quality = parameters.map((parameter) => /^\s*q=([\d.]+)/.exec(parameter)?.[1]).find(Boolean);
    return {
      language: tag.split("-")[0]?.toLowerCase() ?? "",
      quality: quality === undefined ? 1 : Number(quality),
    };
  });
  const known = wanted.filter(({ language, quality }) => isLocale(language) && quality > 0);
  const best = known.sort((a, b) => b.quality - a.quality)[0]?.language;
  return isLocale(best) ? best : "en";
}
