import type { IncomingMessage, ServerResponse } from "node:http";
import { catalogue } from "../i18n/catalogue";
import {
  isLocale,
  isTheme,
  LOCALE_COOKIE,
  type Locale,
  preferredLocale,
  THEME_COOKIE,
  type Theme,
} from "../i18n/locales";

export interface OfRequest {
  req: IncomingMessage & { cookies: Partial<Record<string, string>> };
  res: ServerResponse;
}

export interface OfDocument {
  locale: Locale;
  theme: Theme;
  nonce: string;
  messages: Record<string, object>;
}

/** What every shared page is sent with, whatever it shows: to nobody's cache, to no index, telling no other site. */
export async function documentProps(
  { req, res }: OfRequest,
  { referrer, status }: { referrer: "no-referrer" | "same-origin"; status: number },
): Promise<OfDocument> {
  res.statusCode = status;
  res.setHeader("cache-control", "private, no-store");
  res.setHeader("x-robots-tag", "noindex, nofollow, noarchive");
  res.setHeader("referrer-policy", referrer);
  const { [LOCALE_COOKIE]: chosen, [THEME_COOKIE]: theme } = req.cookies;
  const locale = isLocale(chosen) ? chosen : preferredLocale(req.headers["accept-language"] ?? "");
  const { common = {}, markdown = {}, sharePage = {} } = await catalogue(locale);
  return {
    locale,
    theme: isTheme(theme) ? theme : "system",
    nonce: String(req.headers["x-nonce"] ?? ""),
    messages: { common, markdown, sharePage },
  };
}
