import "server-only";
import { headers } from "next/headers";
import { cache } from "react";
import { Problem } from "@/lib/platform/problem";
import type { Actor } from "@/lib/users/actor";
import type { Person } from "@/lib/users/person";
import { personOf } from "@/lib/users/queries";
import { actorOf } from "./session";

/** Who is looking at a page; null when nobody is signed in or the account is suspended. Once per request. */
export const currentPerson = cache(async (): Promise<{ person: Person; actor: Actor } | null> => {
  try {
    const actor = await actorOf((await headers()).get("cookie") ?? "");
    return actor && { person: await personOf(actor), actor };
  } catch (error) {
    if (error instanceof Problem && error.code === "suspended") return null;
    throw error;
  }
});
