import "server-only";
import { catalogue } from "@/lib/i18n/catalogue";
import { isLocale, LOCALE_COOKIE, preferredLocale } from "@/lib/i18n/locales";
import type { MarkdownWords } from "./markdown";

/** The words of a file in the language of whoever asks for it. */
export async function markdownWords({ headers }: Request): Promise<MarkdownWords> {
  const pairs = (headers.get("cookie") ?? "").split(";").map((pair) => pair.trim().split("="));
  const chosen = pairs.find(([name]) => name === LOCALE_COOKIE)?.[1];
  const locale = isLocale(chosen) ? chosen : preferredLocale(headers.get("accept-language") ?? "");
  const { transfer } = await catalogue(locale);
  return (transfer as { markdown: MarkdownWords }).markdown;
}
