import type { Locale } from "./locales";

/** The rooms of the catalogue, a file each in messages/<locale>/. */
export const ROOMS = [
  "common",
  "auth",
  "sidebar",
  "chat",
  "composer",
  "conversation",
  "picture",
  "pictures",
  "context",
  "editor",
  "markdown",
  "problem",
  "failure",
  "imageRefusal",
  "documentRefusal",
  "inspector",
  "document",
  "share",
  "sharePage",
  "transfer",
] as const;

/** All texts of a language, by room. */
export async function catalogue(locale: Locale): Promise<Record<string, object>> {
  const rooms = await Promise.all(
    ROOMS.map(async (room) => [room, (await import(`./messages/${locale}/${room}.json`)).default] as const),
  );
  return Object.fromEntries(rooms);
}
