import "server-only";
import { database } from "@/lib/platform/database";
import { Problem } from "@/lib/platform/problem";
import type { Actor } from "./actor";

/**
 * The person of a session, or null when the session has been ended since. Throws `suspended`.
 * Read anew at each request: that is what makes signing out everywhere and suspension work at once.
 */
export async function actorOfSession(userId: string, tokenVersion: number): Promise<Actor | null> {
  const user = await database().user.findUnique({
    where: { id: userId },
    select: { id: true, role: true, tokenVersion: true, suspendedAt: true },
  });
  if (!user || user.tokenVersion !== tokenVersion) return null;
  if (user.suspendedAt) throw new Problem("suspended");
  return { id: user.id, role: user.role === "administrator" ? "administrator" : "member" };
}
