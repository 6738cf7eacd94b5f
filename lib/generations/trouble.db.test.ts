import { randomUUID } from "node:crypto";
import { beforeEach, expect, it, onTestFinished, vi } from "vitest";
import { refusalOf } from "@/lib/http/refusal";
import { sendMessage } from "@/lib/messages/commands";
import { textOf } from "@/lib/messages/message";
import { database, isFull } from "@/lib/platform/database";
import { onServer } from "@/lib/platform/database/testing/template";
import { environment } from "@/lib/platform/environment";
import { withModel } from "@/lib/testing/model";
import { aPerson } from "@/lib/testing/people";
import { aQuestion, followed } from "@/lib/testing/turns";
import { threadDetail } from "@/lib/threads/queries";
import type { Actor } from "@/lib/users/actor";

const model = withModel();
let ada: Actor;
beforeEach(async () => {
  ada = await aPerson();
});

/** An answer of so many words that is being written, and has begun. */
async function writing(pace: string) {
  const threadId = randomUUID();
  const begun = Promise.withResolvers<void>();
  const question = aQuestion(`[[pace:${pace}]]`, { settings: { longestAnswer: 4_000 } });
  const { generationId } = await sendMessage(ada, threadId, question);
  const whole = followed(ada, generationId, null, ({ type }) => type === "text" && begun.resolve());
  await begun.promise;
  return { threadId, whole };
}

/** The model has said all of it. */
const saidAll = () =>
  vi.waitFor(async () => expect((await model.stats()).active).toBe(0), { timeout: 30_000 });

const saved = async (threadId: string) => (await threadDetail(ada, threadId)).messages[1];

/**
 * Nothing can be written to the database any more: PostgreSQL lets nobody in, the file of SQLite cannot grow. Returns
 * what mends it.
 */
async function brokenDatabase(): Promise<() => Promise<void>> {
  const { databaseUrl } = environment();
  if (!databaseUrl) {
    await fullDisk();
    return roomAgain;
  }
  const server = process.env.TEST_DATABASE_URL ?? "";
  const name = new URL(databaseUrl).pathname.slice(1);
  await onServer(server, `ALTER DATABASE ${name} ALLOW_CONNECTIONS false`);
  await onServer(server, `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${name}'`);
  const mend = () => onServer(server, `ALTER DATABASE ${name} ALLOW_CONNECTIONS true`);
  onTestFinished(mend);
  return mend;
}

/** What the file has already stays as it is, and what is free in it is filled. */
async function fullDisk(): Promise<void> {
  onTestFinished(roomAgain);
  await pragma("max_page_count = 1");
  const filler = () =>
    database().user.create({
      data: { id: randomUUID(), email: randomUUID(), name: "x".repeat(3_500) },
      select: { id: true },
    });
  const filled = async (): Promise<void> =>
    filler().then(filled, (error) => expect(isFull(error)).toBe(true));
  await filled();
}

const roomAgain = () => pragma("max_page_count = 1000000");
const pragma = async (setting: string) => void (await database().$queryRawUnsafe(`PRAGMA ${setting}`));

it("threat 77: with the database gone for a while an answer is written to its end, and saved when it is back", async () => {
  // Longer than a page of the file, where there may be room still.
  const { threadId, whole } = await writing("3000,2000,0");
  const mend = await brokenDatabase();
  let ended = false;
  void whole.then(() => {
    ended = true;
  });
  await saidAll();
  expect(ended).toBe(false);
  await mend();
  const { text, end } = await whole;
  expect(end.status).toBe("complete");
  expect(text).toContain("ENDOFANSWER");
  const answer = await saved(threadId);
  expect(answer).toMatchObject({ status: "complete", usage: { source: "reported" } });
  expect(answer && textOf(answer)).toBe(text);
});

/** Uses up what there is to write with: every connection of the pool; SQLite has one. Returns what gives it back. */
async function usedUp(): Promise<() => Promise<void>> {
  const enough = Promise.withResolvers<void>();
  const holding = Array.from({ length: environment().databaseUrl ? 10 : 1 }, () => {
    const begun = Promise.withResolvers<void>();
    const over = database().$transaction(
      async (tx) => {
        await tx.user.count();
        begun.resolve();
        await enough.promise;
      },
      { timeout: 60_000 },
    );
    return { begun: begun.promise, over };
  });
  onTestFinished(() => enough.resolve());
  await Promise.all(holding.map(({ begun }) => begun));
  return async () => {
    enough.resolve();
    await Promise.all(holding.map(({ over }) => over));
  };
}

it("threat 77: with every connection in use an answer is written to its end, and saved when there is one again", async () => {
  const { threadId, whole } = await writing("900,2000,0");
  const giveBack = await usedUp();
  let ended = false;
  void whole.then(() => {
    ended = true;
  });
  await saidAll();
  expect(ended).toBe(false);
  await giveBack();
  const { text, end } = await whole;
  expect(end.status).toBe("complete");
  const answer = await saved(threadId);
  expect(answer && textOf(answer)).toBe(text);
  expect(text).toContain("ENDOFANSWER");
});

it("threat 77: no transaction spans a stream: whoever else writes does not wait for its end", async () => {
  const { whole } = await writing("900,2,0");
  const eve = await aPerson();
  await database().user.update({ where: { id: eve.id }, data: { name: "Eve" } });
  expect((await model.stats()).active).toBe(1);
  await fetch(`${model.url().replace("/v1", "")}/hurry`, { method: "POST" });
  expect((await whole).end.status).toBe("complete");
});

const onSqlite = it.skipIf(process.env.DATABASE_URL);

onSqlite(
  "threat 78: on a full disk a question is refused by name and leaves nothing; with room again it is taken",
  async () => {
    const threadId = randomUUID();
    const question = aQuestion(`${"A long question. ".repeat(4_000)}[[say:Here.]]`);
    await fullDisk();
    const error = await sendMessage(ada, threadId, question).catch((error: unknown) => error);
    await roomAgain();
    expect(refusalOf(error, "/")).toMatchObject({
      status: 507,
      body: expect.stringContaining('"storage-full"'),
    });
    expect(await database().thread.count({ where: { id: threadId } })).toBe(0);
    await sendMessage(ada, threadId, question);
    expect((await followed(ada, question.generationId)).end.status).toBe("complete");
  },
);
