import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { database } from "@/lib/platform/database";
import { aPerson } from "@/lib/testing/people";
import type { Actor } from "@/lib/users/actor";
import { listThreads } from "./queries";

/** Somebody's threads, the first the newest. */
async function threads(owner: Actor, titles: readonly string[]): Promise<void> {
  const now = Date.now();
  const data = titles.map((title, index) => {
    return { id: randomUUID(), ownerId: owner.id, title, lastActivityAt: new Date(now - index * 1_000) };
  });
  await database().thread.createMany({ data });
}

test("so many conversations with a word in their titles are found, page by page, newest first", async () => {
  const [ada, eve] = await Promise.all([aPerson(), aPerson()]);
  const boats = Array.from({ length: 1_100 }, (_, index) => `BÖAT ${index}`);
  await threads(ada, ["Harbour", ...boats.slice(0, 50), "Harbour", ...boats.slice(50)]);
  await threads(eve, boats.slice(0, 3));
  const first = await listThreads(ada, { title: "böat" });
  const second = await listThreads(ada, { title: "böat", cursor: first.nextCursor ?? undefined });
  expect([...first.threads, ...second.threads].map(({ title }) => title)).toEqual(boats.slice(0, 80));
  expect((await listThreads(ada, { title: "böat 1099" })).threads).toHaveLength(1);
  expect(await listThreads(ada, { title: "boot" })).toEqual({ threads: [], nextCursor: null });
});
