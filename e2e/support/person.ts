import { type APIRequestContext, request } from "@playwright/test";

export interface Account {
  name: string;
  email: string;
  password: string;
  id: string;
  /** Value of the session cookie. */
  session: string;
}

let counter = 0;

/** Registers somebody new through the API and signs them in. */
export async function newAccount(url: string, name = "Ada Lund"): Promise<Account> {
  const email = `person-${process.pid}-${counter++}@example.org`;
  const password = "seventeen quiet herons";
  const context = await request.newContext({ baseURL: url });
  const made = await context.post("/api/users", { data: { name, email, password } });
  const { id } = await made.json();
  const session = await signIn(context, email, password);
  await context.dispose();
  return { name, email, password, id, session };
}

export const SESSION_COOKIE = "next-auth.session-token";

async function signIn(context: APIRequestContext, email: string, password: string): Promise<string> {
  const { csrfToken } = await (await context.get("/api/auth/csrf")).json();
  await context.post("/api/auth/callback/credentials", {
    form: { csrfToken, email, password, json: "true" },
  });
  const { cookies } = await context.storageState();
  const session = cookies.find((cookie) => cookie.name === SESSION_COOKIE)?.value;
  if (!session) throw new Error("not signed in");
  return session;
}
