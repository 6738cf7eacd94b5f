/** The browser's time zone, an IANA name: days begin where the person is. */
export const TIME_ZONE_COOKIE = "leeward-time-zone";
/** "hidden" where the person put the sidebar away. */
export const SIDEBAR_COOKIE = "leeward-sidebar";

const YEAR_SECONDS = 365 * 24 * 60 * 60;

/** Keeps a choice in a cookie, so that the server's first paint is right already. Nothing secret. */
export function keepPreference(name: string, value: string): void {
  const secure = location.protocol === "https:" ? "; secure" : "";
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing on http://192.168.…
  document.cookie = `${name}=${encodeURIComponent(value)}; path=/; max-age=${YEAR_SECONDS}; samesite=lax${secure}`;
}
