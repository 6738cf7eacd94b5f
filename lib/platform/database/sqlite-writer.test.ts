import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { database } from "./index.ts";

const user = (name: string) => ({ id: randomUUID(), email: `${randomUUID()}@example.org`, name });
const named = (name: string) => database().user.count({ where: { name } });

test("what many write at once is there when each is told so, and a failure takes no other along", async () => {
  const taken = user("taken");
  await database().user.create({ data: taken });
  const told = await Promise.allSettled(
    Array.from({ length: 90 }, async (_, i) => {
      if (i % 3 === 0) await database().user.create({ data: user(`alone ${i}`) });
      if (i % 3 === 1) {
        await database().$transaction(async (tx) => {
          await tx.user.create({ data: user(`together ${i}`) });
          await tx.user.create({ data: { ...user(`together ${i}`), email: taken.email } });
        });
      }
      if (i % 3 === 2) {
        await database().$transaction(async (tx) => {
          await tx.user.create({ data: user(`transaction ${i}`) });
        });
      }
      // The reading connection sees only what was committed.
      return Promise.all([named(`alone ${i}`), named(`transaction ${i}`)]);
    }),
  );
  for (const [i, result] of told.entries()) {
    if (i % 3 === 1) expect(result.status).toBe("rejected");
    else expect(result).toMatchObject({ value: i % 3 === 0 ? [1, 0] : [0, 1] });
    expect(await named(`together ${i}`)).toBe(0);
  }
});

test("nobody else sees what a transaction has written before it is over, however many wait", async () => {
  let seen = -1;
  await Promise.all([
    ...Array.from({ length: 5 }, () => database().user.create({ data: user("other") })),
    database().$transaction(async (tx) => {
      await tx.user.create({ data: user("secret") });
      seen = await named("secret");
    }),
    database().user.create({ data: user("other") }),
  ]);
  expect([seen, await named("secret"), await named("other")]).toEqual([0, 1, 6]);
});

test("one that gives up leaves the others as they are", async () => {
  const results = await Promise.allSettled([
    database().user.create({ data: user("before") }),
    database().$transaction(async (tx) => {
      await tx.user.create({ data: user("given up") });
      throw new Error("no");
    }),
    database().user.create({ data: user("after") }),
  ]);
  expect(results.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  expect([await named("before"), await named("given up"), await named("after")]).toEqual([1, 0, 1]);
});

test("one that fails because of another finds the other there", async () => {
  const same = user("same");
  await Promise.all(
    Array.from({ length: 20 }, async () => {
      const made = await database()
        .$transaction((tx) => tx.user.create({ data: same }))
        .catch(() => null);
      if (!made) expect(await named("same")).toBe(1);
    }),
  );
});
