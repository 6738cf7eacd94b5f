import { request } from "@playwright/test";
import { databaseOn, onServer } from "../lib/platform/database/testing/template";
import { type Bucket, newBucket } from "./support/bucket";
import { savedThread, sendQuestion } from "./support/chat";
import { test as base, expect, withModel } from "./support/fixtures";
import { newAccount, SESSION_COOKIE } from "./support/person";
import { photo } from "./support/pictures";
import { type Server, startServer } from "./support/server";
import { share, uploaded } from "./support/sharing";

// Two servers on one PostgreSQL, one Redis and one bucket.

const { TEST_DATABASE_URL: postgresql, TEST_REDIS_URL: redis } = process.env;

const test = base.extend<{ bucket: Bucket; two: [Server, Server] }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures from the pattern
  bucket: async ({}, use) => {
    const bucket = await newBucket();
    await use(bucket);
    await bucket.remove();
  },
  two: async ({ emulator, bucket }, use) => {
    const name = `leeward_shared_${process.pid}_${Date.now()}`;
    await onServer(postgresql ?? "", `CREATE DATABASE ${name}`);
    const shared = { DATABASE_URL: databaseOn(postgresql ?? "", name), REDIS_URL: redis ?? "" };
    const start = () => startServer({ ...withModel(emulator.url), ...bucket.settings, ...shared });
    const two: [Server, Server] = [await start(), await start()];
    await use(two);
    for (const each of two) await each.remove();
    await onServer(postgresql ?? "", `DROP DATABASE ${name} WITH (FORCE)`);
  },
});

test.skip(!postgresql || !redis, "TEST_DATABASE_URL and TEST_REDIS_URL name the servers it needs");

test("what is shared on one server is read on the other, and gone there as soon as it is revoked", async ({
  two: [one, other],
}) => {
  const { session } = await newAccount(one.url);
  const owner = await request.newContext({
    baseURL: one.url,
    extraHTTPHeaders: { cookie: `${SESSION_COOKIE}=${session}` },
  });
  const imageId = await uploaded(owner, await photo("boat.jpg", 320, 240));
  const threadId = crypto.randomUUID();
  await sendQuestion(owner, "Look [[say:A **boat**.]]", threadId, [imageId]);
  await expect.poll(async () => (await savedThread(owner, threadId)).running).toBe(false);
  const choices = { messages: [1, 2], pictures: ["1.0"], redactions: [], name: false, dates: false };
  const { path, id } = await share(owner, threadId, { choices });

  const stranger = await request.newContext({ baseURL: other.url });
  const html = await (await stranger.get(path)).text();
  expect(html).toContain("<strong>boat</strong>");
  const image = `${path}/images/${/\/images\/([\w-]{36})/.exec(html)?.[1]}`;
  expect((await stranger.get(image)).headers()["content-type"]).toMatch(/^image\//);

  expect((await owner.delete(`/api/shares/${id}`)).ok()).toBe(true);
  expect((await stranger.get(path)).status()).toBe(404);
  expect((await stranger.get(image)).status()).toBe(404);
  await Promise.all([owner.dispose(), stranger.dispose()]);
});
