import { cookies, headers } from "next/headers";
import { getRequestConfig } from "next-intl/server";
import { catalogue } from "./catalogue";
import { isLocale, LOCALE_COOKIE, preferredLocale } from "./locales";

/** The language of a request: the person's choice, else the browser's. */
export default getRequestConfig(async () => {
  const chosen = (await cookies()).get(LOCALE_COOKIE)?.value;
  const locale = isLocale(chosen) ? chosen : preferredLocale((await headers()).get("accept-language") ?? "");
  return { locale, messages: await catalogue(locale), timeZone: "UTC" };
});
