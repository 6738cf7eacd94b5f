import "server-only";
import { decode } from "next-auth/jwt";
import { environment } from "@/lib/platform/environment";
import { Problem } from "@/lib/platform/problem";
import type { Actor } from "@/lib/users/actor";
import { actorOfSession } from "@/lib/users/sessions";
import { sessionCookies } from "./session-cookie";

/** The signed-in person of a request, or throws `signed-out` or `suspended`. Checked against the database. */
export const requireActor = (request: Request): Promise<Actor> =>
  requireActorOf(request.headers.get("cookie") ?? "");

/** The same from a Cookie header. */
export async function requireActorOf(cookieHeader: string): Promise<Actor> {
  const actor = await actorOf(cookieHeader);
  if (!actor) throw new Problem("signed-out");
  return actor;
}

/** The same; null when nobody is signed in. Throws `suspended`. */
export async function actorOf(cookieHeader: string): Promise<Actor | null> {
  for (const token of sessionCookies(cookieHeader)) {
    const claims = await claimsOf(token);
    const actor = claims && (await actorOfSession(claims.userId, claims.tokenVersion));
    if (actor) return actor;
  }
  return null;
}

interface Claims {
  userId: string;
  tokenVersion: number;
  /** Seconds since 1970. */
  expires: number;
}

/** Tokens that were opened lately: opening one takes as long as two queries. Whether it still holds is asked anew. */
const opened = new Map<string, Claims>();
const MOST_OPENED = 1_000;

async function claimsOf(token: string): Promise<Claims | null> {
  const claims = opened.get(token) ?? (await open(token));
  if (!claims || claims.expires * 1000 < Date.now()) return null;
  const oldest = opened.size < MOST_OPENED ? undefined : opened.keys().next().value;
  if (oldest !== undefined) opened.delete(oldest);
  opened.set(token, claims);
  return claims;
}

async function open(token: string): Promise<Claims | null> {
  const claims = await decode({ token, secret: environment().secret }).catch(() => null);
  if (typeof claims?.sub !== "string" || typeof claims.tokenVersion !== "number") return null;
  return { userId: claims.sub, tokenVersion: claims.tokenVersion, expires: Number(claims.exp) };
}
