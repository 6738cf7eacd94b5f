import type { ProblemCode } from "@/lib/platform/problem";
import type { LeaveInput, RegisterInput } from "@/lib/users/schema";
import { type ProblemInfo, problemOf, request } from "./api";
import { forgetDrafts } from "./drafts/keeper";
import { browserStores } from "./stores";

/** Signs in; next-auth sets the cookie. */
export async function signIn(email: string, password: string): Promise<"ok" | ProblemInfo> {
  try {
    const answer = await post("/api/auth/callback/credentials", { email, password });
    const error = new URL(answer.url ?? "/", location.origin).searchParams.get("error");
    return error ? problemIn(error) : "ok";
  } catch (error) {
    return problemOf(error);
  }
}

/** Makes an account and signs in. */
export async function register(input: RegisterInput): Promise<"ok" | ProblemInfo> {
  try {
    await request("POST", "/api/users", input);
  } catch (error) {
    return problemOf(error);
  }
  return signIn(input.email, input.password);
}

/** Ends this browser's session, and lets go of the drafts that it keeps unless the person wants them kept. */
export async function signOut({ keepDrafts = false, to = "/sign-in" } = {}): Promise<void> {
  await post("/api/auth/signout", {});
  if (!keepDrafts) await forgetDrafts(browserStores().personId);
  location.assign(to);
}

/** Ends the person's sessions on all devices. Throws RequestFailed. */
export async function signOutEverywhere(): Promise<void> {
  await request("DELETE", "/api/sessions");
  await signOut();
}

/** Deletes the person's account, and what this browser keeps of it. Throws RequestFailed. */
export async function deleteAccount(input: LeaveInput): Promise<void> {
  await request("DELETE", "/api/account", input);
  await signOut({ to: "/sign-in?left" });
}

/** next-auth takes forms, with a token that it hands out before. */
async function post(path: string, fields: Record<string, string>): Promise<{ url?: string }> {
  const { csrfToken } = await request<{ csrfToken: string }>("GET", "/api/auth/csrf");
  const body = new URLSearchParams({ ...fields, csrfToken, callbackUrl: location.origin, json: "true" });
  const response = await fetch(path, { method: "POST", body });
  return response.json();
}

/** The code that lib/http/auth.ts put into the error, with the seconds to wait behind a colon. */
function problemIn(error: string): ProblemInfo {
  const [code = "internal", wait] = error.split(":");
  const known = /^[a-z-]+$/.test(code) ? (code as ProblemCode) : "internal";
  return { code: known, details: wait ? { retryAfter: Number(wait) } : {} };
}
