import { execFile } from "node:child_process";
import { cpSync, rmSync } from "node:fs";
import { join } from "node:path";
import { type APIRequestContext, request } from "@playwright/test";
import { databaseOn, onServer } from "../lib/platform/database/testing/template";
import { newBucket } from "./support/bucket";
import { savedBranch, savedThread, sendQuestion } from "./support/chat";
import { test as base, expect, withModel } from "./support/fixtures";
import { newAccount, SESSION_COOKIE } from "./support/person";
import { photo } from "./support/pictures";
import { type Server, startServer } from "./support/server";
import { share, uploaded } from "./support/sharing";

// What was shared is found under its old link, behind its old password, wherever the data went meanwhile.

const { TEST_DATABASE_URL: postgresql } = process.env;
const PASSWORD = "herring boat";

const test = base.extend<{ own: Server }>({
  own: async ({ emulator }, use) => {
    const server = await startServer(withModel(emulator.url));
    await use(server);
    await server.remove();
  },
});

interface Shared {
  path: string;
  image: string;
  threadId: string;
  session: string;
  bytes: Buffer;
}

/** Somebody's conversation with a picture, and a link to it with a password. */
async function shared({ url }: Server): Promise<Shared> {
  const { session } = await newAccount(url);
  const owner = await signedIn(url, session);
  const imageId = await uploaded(owner, await photo("harbour.jpg", 320, 240));
  const threadId = crypto.randomUUID();
  await sendQuestion(owner, "Look [[say:A **boat**.]]", threadId, [imageId]);
  await expect.poll(async () => (await savedThread(owner, threadId)).running).toBe(false);
  const choices = { messages: [1, 2], pictures: ["1.0"], redactions: [], name: true, dates: true };
  const { path } = await share(owner, threadId, { choices, password: PASSWORD });
  const image = /\/images\/([\w-]{36})/.exec(await (await owner.get(path)).text())?.[1] ?? "";
  const bytes = await (await owner.get(`/api/images/${imageId}`)).body();
  await owner.dispose();
  return { path, image, threadId, session, bytes };
}

const signedIn = (baseURL: string, session: string): Promise<APIRequestContext> =>
  request.newContext({ baseURL, extraHTTPHeaders: { cookie: `${SESSION_COOKIE}=${session}` } });

/** A stranger opens the link with its password and gets text and picture; the owner still has it all. */
async function expectThere(url: string, { path, image, threadId, session, bytes }: Shared): Promise<void> {
  const stranger = await request.newContext({ baseURL: url });
  expect(await (await stranger.get(path)).text()).not.toContain("boat");
  expect((await stranger.get(`${path}/images/${image}`)).status()).toBe(404);
  await stranger.post(`/api${path}/access`, { form: { password: PASSWORD } });
  const html = await (await stranger.get(path)).text();
  expect(html).toContain("<strong>boat</strong>");
  expect(html).toContain(image);
  expect(await (await stranger.get(`${path}/images/${image}`)).body()).toEqual(bytes);
  await stranger.dispose();

  const owner = await signedIn(url, session);
  const [question, answer] = await savedBranch(owner, threadId);
  expect(answer?.parts).toEqual([{ type: "text", text: "A **boat**." }]);
  const picture = question?.parts.find((part) => part.type === "image");
  const own = await owner.get(`/api/images/${picture?.type === "image" ? picture.imageId : ""}`);
  expect(await own.body()).toEqual(bytes);
  await owner.dispose();
}

test("a copy of the data directory serves the links that were made before it", async ({ own, emulator }) => {
  const made = await shared(own);
  await own.stop();
  const restored = await startServer(withModel(emulator.url));
  await restored.stop();
  rmSync(restored.data, { recursive: true });
  cpSync(own.data, restored.data, { recursive: true });
  await restored.start();
  await expectThere(restored.url, made);
  await restored.remove();
});

test("a share's link works after the move to PostgreSQL and S3, and so does all the rest", async ({
  own,
}) => {
  test.skip(!postgresql, "TEST_DATABASE_URL names the server it needs");
  const made = await shared(own);
  const database = `leeward_moved_${process.pid}_${Date.now()}`;
  await onServer(postgresql ?? "", `CREATE DATABASE ${database}`);
  const bucket = await newBucket();
  const elsewhere = { DATABASE_URL: databaseOn(postgresql ?? "", database), ...bucket.settings };

  expect(await move(own.data, elsewhere)).toContain("is in use. Stop Leeward");
  await own.stop();
  expect(await move(own.data, { ...elsewhere, S3_BUCKET: "away" })).toContain(
    "The bucket does not take the files",
  );
  const said = await move(own.data, elsewhere);
  expect(said).toMatch(/[1-9]\d* files are in the bucket leeward/);
  expect(said).toMatch(/[1-9]\d* rows are in PostgreSQL/);
  expect(await move(own.data, elsewhere)).toContain("is not empty");
  // What is needed now is elsewhere: of the directory only the secret may be missed.
  for (const name of ["blobs", "leeward.db"]) rmSync(join(own.data, name), { recursive: true });
  await own.start(elsewhere);
  await expectThere(own.url, made);
  await own.stop();

  await bucket.remove();
  await onServer(postgresql ?? "", `DROP DATABASE ${database} WITH (FORCE)`);
});

/** What `npm run move` says. */
function move(data: string, env: Record<string, string>): Promise<string> {
  return new Promise((done) => {
    execFile(
      process.execPath,
      ["--disable-warning=ExperimentalWarning", "scripts/move/main.ts"],
      { env: { ...process.env, LEEWARD_DATA: data, ...env } },
      (_error, stdout, stderr) => done(stdout + stderr),
    );
  });
}
