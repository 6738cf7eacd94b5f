import "server-only";
import { database } from "@/lib/platform/database";
import type { Actor } from "./actor";
import type { Person } from "./person";
import { staying } from "./scope";

/** The person as pages show them. */
export async function personOf(actor: Actor): Promise<Person> {
  const user = await database().user.findUniqueOrThrow({
    where: { id: actor.id },
    select: { id: true, name: true, email: true },
  });
  return { ...user, role: actor.role };
}

/** False on a new installation, where the next to register becomes its administrator. */
export async function someoneRegistered(): Promise<boolean> {
  return (await database().user.findFirst({ where: staying, select: { id: true } })) !== null;
}
