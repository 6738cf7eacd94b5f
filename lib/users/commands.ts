import "server-only";
import { randomUUID } from "node:crypto";
import { database, isConflict, takeTurns } from "@/lib/platform/database";
import { Problem } from "@/lib/platform/problem";
import type { Actor } from "./actor";
import { countRegistration, countSignIn, forgetSignIn } from "./attempts";
import { hashPassword, isGuessable, passwordMatches } from "./passwords";
import type { RegisterInput } from "./schema";
import { staying } from "./scope";

/**
 * Makes an account; the installation's first is its administrator.
 * Throws `weak-password`, `email-taken`, `too-many-tries`.
 */
export async function register(input: RegisterInput, address: string): Promise<{ id: string }> {
  await countRegistration(address);
  if (await isGuessable(input.password, [input.name, input.email])) throw new Problem("weak-password");
  const passwordHash = await hashPassword(input.password);
  try {
    return await create(input, passwordHash);
  } catch (error) {
    throw isConflict(error) ? new Problem("email-taken") : error;
  }
}

const create = ({ name, email }: RegisterInput, passwordHash: string): Promise<{ id: string }> =>
  database().$transaction(async (tx) => {
    // Two first registrations at once must not both find an empty house.
    await takeTurns(tx, "first-account");
    const role = (await tx.user.count({ where: staying })) === 0 ? "administrator" : "member";
    return tx.user.create({
      data: { id: randomUUID(), name, email, passwordHash, role },
      select: { id: true },
    });
  });

export interface SignedIn {
  id: string;
  tokenVersion: number;
}

/**
 * Checks e-mail and password. The answer, and the time it takes, is the same for an unknown e-mail and a
 * wrong password: `wrong-credentials`. Throws also `suspended` (only to who knows the password) and
 * `too-many-tries`.
 */
export async function signIn(email: string, password: string, address: string): Promise<SignedIn> {
  const key = email.trim().toLowerCase();
  await countSignIn(key, address);
  const user = await database().user.findUnique({ where: { email: key } });
  const matches = await passwordMatches(user?.passwordHash ?? null, password);
  if (!user || !matches) throw new Problem("wrong-credentials");
  if (user.suspendedAt) throw new Problem("suspended");
  await forgetSignIn(key, address);
  return { id: user.id, tokenVersion: user.tokenVersion };
}

/** Ends every session of the person, on every device, at their next request. */
export async function signOutEverywhere(actor: Actor): Promise<void> {
  await database().user.update({ where: { id: actor.id }, data: { tokenVersion: { increment: 1 } } });
}
