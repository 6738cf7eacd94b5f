/** next-auth's names: the prefixed one where people come by https, the plain one where they come by http. */
export const SECURE_SESSION_COOKIE = "__Secure-next-auth.session-token";
export const SESSION_COOKIE = "next-auth.session-token";

/** The session tokens in a Cookie header; the secure one first. */
export function sessionCookies(header: string): string[] {
  const found = new Map<string, string>();
  for (const pair of header.split(";")) {
    const at = pair.indexOf("=");
    if (at > 0) found.set(pair.slice(0, at).trim(), decodeURIComponent(pair.slice(at + 1).trim()));
  }
  return [SECURE_SESSION_COOKIE, SESSION_COOKIE].flatMap((name) => found.get(name) ?? []);
}
