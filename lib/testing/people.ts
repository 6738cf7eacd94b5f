import { randomUUID } from "node:crypto";
import { database } from "@/lib/platform/database";
import type { Actor } from "@/lib/users/actor";

/** A person in the database, without a password: what domain tests act as. */
export async function aPerson(): Promise<Actor> {
  const id = randomUUID();
  await database().user.create({ data: { id, email: `${id}@example.org`, name: "Somebody" } });
  return { id, role: "member" };
}
