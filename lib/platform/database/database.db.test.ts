import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { pathToFileURL } from "node:url";
import { describe, expect, test } from "vitest";
import { database, isConflict, Prisma } from "./index.ts";

const user = (email = `${randomUUID()}@example.org`) => ({ id: randomUUID(), email, name: "A person" });

/** A transaction that stays open until it is told to go on. */
function heldTransaction(email: string, ending: "commit" | "rollback") {
  const begun = Promise.withResolvers<void>();
  const goOn = Promise.withResolvers<void>();
  const done = database()
    .$transaction(async (tx) => {
      await tx.user.create({ data: user(email) });
      begun.resolve();
      await goOn.promise;
      if (ending === "rollback") throw new Error("rolled back on purpose");
    })
    .catch((error: Error) => error.message);
  return { begun: begun.promise, goOn: goOn.resolve, done };
}

describe("rows", () => {
  test("come back as they were written, with JSON, null and dates", async () => {
    const owner = await database().user.create({ data: user() });
    const thread = await database().thread.create({
      data: {
        id: randomUUID(),
        ownerId: owner.id,
        title: "Grüße 👋",
        lastActivityAt: new Date("2025-02-28T23:59:59.123Z"),
        messages: {
          create: {
            id: randomUUID(),
            role: "user",
            parts: [{ type: "text", text: 'a "quote" and a\nline' }],
            failure: Prisma.DbNull,
            ordinal: 1,
          },
        },
      },
    });
    const found = await database().thread.findUniqueOrThrow({
      where: { id: thread.id },
      include: { messages: true },
    });
    expect(found.lastActivityAt).toEqual(new Date("2025-02-28T23:59:59.123Z"));
    expect(found.title).toBe("Grüße 👋");
    expect(found.messages[0]).toMatchObject({
      parts: [{ type: "text", text: 'a "quote" and a\nline' }],
      failure: null,
    });
  });

  test("go with their owner", async () => {
    const owner = await database().user.create({ data: user() });
    await database().thread.create({ data: { id: randomUUID(), ownerId: owner.id, title: "T" } });
    await database().user.delete({ where: { id: owner.id } });
    expect(await database().thread.count({ where: { ownerId: owner.id } })).toBe(0);
  });

  test("need their owner", async () => {
    const orphan = database().thread.create({ data: { id: randomUUID(), ownerId: "nobody", title: "T" } });
    await expect(orphan).rejects.toMatchObject({ code: "P2003" });
  });

  test("conflict by key and by unique value, and nothing else is a conflict", async () => {
    const first = await database().user.create({ data: user() });
    const sameEmail = await database()
      .user.create({ data: user(first.email) })
      .catch((error) => error);
    const sameKey = await database()
      .user.create({ data: { ...user(), id: first.id } })
      .catch((error) => error);
    const missing = await database()
      .user.update({ where: { id: "nobody" }, data: { name: "B" } })
      .catch((error) => error);
    expect([sameEmail, sameKey, missing].map(isConflict)).toEqual([true, true, false]);
  });
});

describe("transactions", () => {
  test("show nothing to others before they commit, and everything after", async () => {
    const email = `${randomUUID()}@example.org`;
    const held = heldTransaction(email, "commit");
    await held.begun;
    expect(await database().user.count({ where: { email } })).toBe(0);
    held.goOn();
    await held.done;
    expect(await database().user.count({ where: { email } })).toBe(1);
  });

  test("that roll back take no write with them that was made beside them", async () => {
    const [inside, beside] = [`${randomUUID()}@example.org`, `${randomUUID()}@example.org`];
    const held = heldTransaction(inside, "rollback");
    await held.begun;
    const write = database()
      .user.create({ data: user(beside) })
      .then(() => "written");
    // Waits its turn on SQLite, is done at once on PostgreSQL: either way it must survive.
    held.goOn();
    expect(await held.done).toBe("rolled back on purpose");
    expect(await write).toBe("written");
    expect(await database().user.findMany({ where: { email: { in: [inside, beside] } } })).toMatchObject([
      { email: beside },
    ]);
  });

  test("count right when many add to one row", async () => {
    const owner = await database().user.create({ data: user() });
    const thread = await database().thread.create({
      data: { id: randomUUID(), ownerId: owner.id, title: "T" },
    });
    const turn = () =>
      database().$transaction(async (tx) => {
        const { messageCount } = await tx.thread.update({
          where: { id: thread.id },
          data: { messageCount: { increment: 1 } },
        });
        await tx.message.create({
          data: { id: randomUUID(), threadId: thread.id, role: "user", parts: [], ordinal: messageCount },
        });
      });
    await Promise.all(Array.from({ length: 20 }, turn));
    const ordinals = await database().message.findMany({
      where: { threadId: thread.id },
      orderBy: { ordinal: "asc" },
      select: { ordinal: true },
    });
    expect(ordinals.map(({ ordinal }) => ordinal)).toEqual(
      Array.from({ length: 20 }, (_, index) => index + 1),
    );
  });

  test("that fail in the middle leave the database usable", async () => {
    const first = await database().user.create({ data: user() });
    const failed = await database()
      .$transaction([
        database().user.update({ where: { id: first.id }, data: { name: "Changed" } }),
        database().user.create({ data: user(first.email) }),
      ])
      .catch((error) => error);
    expect(isConflict(failed)).toBe(true);
    expect(await database().user.findUniqueOrThrow({ where: { id: first.id } })).toMatchObject({
      name: "A person",
    });
    await database().user.update({ where: { id: first.id }, data: { name: "Changed" } });
  });

  test("that take too long are ended, and the next one runs", async () => {
    const never = database().$transaction(
      async (tx) => {
        await tx.user.create({ data: user("late@example.org") });
        await Promise.withResolvers<void>().promise;
      },
      { timeout: 50 },
    );
    never.catch(() => {});
    const next = await database().user.create({ data: user() });
    await database().user.delete({ where: { id: next.id } });
    expect(await database().user.count({ where: { email: "late@example.org" } })).toBe(0);
  });
});

test("what was acknowledged is there after kill -9", async () => {
  const module = JSON.stringify(pathToFileURL("lib/platform/database/index.ts").href);
  const data = JSON.stringify(user());
  const program = `
    const { database } = await import(${module});
    const { id } = await database().user.create({ data: ${data} });
    console.log(id);
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", program], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [acknowledged] = await once(child.stdout, "data");
  child.kill("SIGKILL");
  await once(child, "exit");
  expect(await database().user.count({ where: { id: String(acknowledged).trim() } })).toBe(1);
});
