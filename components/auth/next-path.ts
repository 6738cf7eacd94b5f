/**
 * Where to go after signing in: the path that `?next=` names if it is one of ours, else "/". Browsers read
 * "\" as "/", drop tabs and line breaks, and take "//host" for another host, so only what an URL parser
 * leaves on the same origin is followed, and only its path (threat 22).
 */
export function nextPath(next: unknown): string {
  if (typeof next !== "string" || !next.startsWith("/")) return "/";
  const here = "http://leeward.invalid";
  const url = URL.parse(next, here);
  if (url?.origin !== here || url.pathname.startsWith("//")) return "/";
  return /^\/(sign-in|register|api)(\/|$)/.test(url.pathname) ? "/" : url.pathname + url.search + url.hash;
}

/** The sign-in page that leads back to this path afterwards. */
export const signInPath = (from: string | null): string => withNext("/sign-in", nextPath(from));

/** A page's address that carries where to go afterwards. `next` is what nextPath gave. */
export const withNext = (page: "/sign-in" | "/register", next: string): string =>
  next === "/" ? page : `${page}?next=${encodeURIComponent(next)}`;
