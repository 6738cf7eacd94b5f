import { randomUUID } from "node:crypto";
import Database from "better-sqlite3";
import { expect, test, vi } from "vitest";
import { closeDatabase, database, isFull } from "./index.ts";

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

/** COMMIT finds the disk full from now on: there the pages of a transaction are written. Returns what makes room. */
function fullAtCommit(): () => void {
  const { prepare } = Database.prototype;
  let full = true;
  const spy = vi.spyOn(Database.prototype, "prepare").mockImplementation(function (
    this: Database.Database,
    sql,
  ) {
    const statement = prepare.call(this, sql) as Database.Statement;
    if (sql !== "COMMIT") return statement;
    const run = () => {
      if (full) throw new Database.SqliteError("database or disk is full", "SQLITE_FULL");
      return statement.run();
    };
    return Object.assign(Object.create(statement), { run });
  });
  return () => {
    full = false;
    spy.mockRestore();
  };
}

test("threat 78: a disk found full by COMMIT is told apart, and the next to come finds the room that was made", async () => {
  await closeDatabase();
  const roomAgain = fullAtCommit();
  const refusals = await Promise.allSettled([
    database().user.create({ data: user("full") }),
    database().$transaction((tx) => tx.user.create({ data: user("full") })),
  ]);
  expect(refusals.map((one) => one.status === "rejected" && isFull(one.reason))).toEqual([true, true]);
  expect(isFull(new Error("another"))).toBe(false);
  roomAgain();
  await database().user.create({ data: user("full") });
  expect(await named("full")).toBe(1);
});
