import "server-only";
import type { NextAuthOptions } from "next-auth";
import Credentials from "next-auth/providers/credentials";
import { environment } from "@/lib/platform/environment";
import { Problem } from "@/lib/platform/problem";
import { signIn } from "@/lib/users/commands";
import { addressOf } from "./address";

/** 30 days; a session ends earlier when its tokenVersion does. */
const SESSION_SECONDS = 30 * 24 * 60 * 60;

/** next-auth: sign-in with e-mail and password, sessions as signed cookies that carry a tokenVersion. */
export function authOptions(): NextAuthOptions {
  return {
    secret: environment().secret,
    session: { strategy: "jwt", maxAge: SESSION_SECONDS },
    pages: { signIn: "/sign-in", error: "/sign-in", signOut: "/" },
    providers: [
      Credentials({
        credentials: { email: {}, password: {} },
        authorize: async (credentials, request) => {
          const { email = "", password = "" } = credentials ?? {};
          if (email.length > 254 || password.length > 200) throw asCode(new Problem("wrong-credentials"));
          try {
            return await signIn(email, password, addressOf(new Headers(request.headers)));
          } catch (error) {
            throw asCode(error);
          }
        },
      }),
    ],
    callbacks: {
      jwt: ({ token, user }) => (user ? { sub: user.id, tokenVersion: user.tokenVersion } : token),
      // What GET /api/auth/session tells the browser: nothing that a page does not know anyway.
      session: ({ session }) => ({ expires: session.expires }),
    },
    // Its own log would print e-mail addresses with failed attempts.
    logger: { error: () => {}, warn: () => {}, debug: () => {} },
  };
}

/** next-auth hands an error's message on to the page as `error=`; ours is a code for the catalogues. */
function asCode(error: unknown): Error {
  const problem = error instanceof Problem ? error : new Problem("internal", {}, error);
  const wait = problem.details.retryAfter;
  return new Error(wait === undefined ? problem.code : `${problem.code}:${wait}`);
}
