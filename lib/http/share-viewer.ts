import "server-only";
import { Problem } from "@/lib/platform/problem";
import type { Viewer } from "@/lib/shares/viewing";
import { actorOf } from "./session";

/** The pass for a share's password. Its path is that share's, so a browser has at most one for an address. */
const PASS_COOKIE = "leeward-share";

/** Who looks at a share: whoever is signed in, and what they were let in with. A suspended account is a stranger. */
export async function shareViewer(cookieHeader: string): Promise<Viewer> {
  return { actor: await actorOrNobody(cookieHeader), pass: passIn(cookieHeader) };
}

/** Kept until the browser is closed, for this share's page, pictures and copy alone. */
export function passCookies(token: string, pass: string, secure: boolean): string[] {
  return [`/s/${token}`, `/api/s/${token}`].map(
    (path) => `${PASS_COOKIE}=${pass}; Path=${path}; HttpOnly; SameSite=Lax${secure ? "; Secure" : ""}`,
  );
}

export function passIn(cookieHeader: string): string | null {
  for (const pair of cookieHeader.split(";")) {
    const [name, value] = pair.split("=", 2);
    if (name?.trim() === PASS_COOKIE) return value?.trim() || null;
  }
  return null;
}

async function actorOrNobody(cookieHeader: string) {
  try {
    return await actorOf(cookieHeader);
  } catch (error) {
    if (error instanceof Problem && error.code === "suspended") return null;
    throw error;
  }
}
