import { mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { databaseOn, onServer } from "../lib/platform/database/testing/template";
import type { SharePage } from "../lib/shares/share";
import { newBucket } from "./support/bucket";
import { test as base, expect, withModel } from "./support/fixtures";
import { type Server, startServer } from "./support/server";
import { expectTalk, type SharedTalk, says, shareTalk, signedIn } from "./support/shared-talk";
import { share } from "./support/sharing";

const { TEST_DATABASE_URL: postgresql } = process.env;
const SECRET = "the secret of an installation, and long enough";

const test = base.extend<{ own: Server; place: string }>({
  own: async ({ emulator }, use) => {
    const server = await startServer({ ...withModel(emulator.url), NEXTAUTH_SECRET: SECRET });
    await use(server);
    await server.remove();
  },
  // biome-ignore lint/correctness/noEmptyPattern: Playwright's way
  place: async ({}, use) => {
    const place = mkdtempSync(join(tmpdir(), "leeward-restored-"));
    await use(place);
    rmSync(place, { recursive: true, force: true });
  },
});

const backUp = (data: string, file: string, env: Record<string, string> = { NEXTAUTH_SECRET: SECRET }) =>
  says("scripts/backup/backup.ts", [file], data, env);
const restore = (data: string, parameters: string[], env: Record<string, string> = {}) =>
  says("scripts/backup/restore.ts", parameters, data, env);

/** One's shares as one sees them. */
async function shares(url: string, { session }: SharedTalk): Promise<SharePage> {
  const owner = await signedIn(url, session);
  const page = await (await owner.get("/api/shares")).json();
  await owner.dispose();
  return page;
}

/** A link that leads nowhere any more. */
async function revoked(url: string, { session, threadId }: SharedTalk): Promise<string> {
  const owner = await signedIn(url, session);
  const { id, path } = await share(owner, threadId);
  expect((await owner.delete(`/api/shares/${id}`)).status()).toBe(204);
  await owner.dispose();
  return path;
}

test("a link opens after a restore, taken while the server ran, with its password, its end and its views", async ({
  own,
  place,
  emulator,
}) => {
  const talk = await shareTalk(own);
  const gone = await revoked(own.url, talk);
  await expectTalk(own.url, talk);
  const before = await shares(own.url, talk);
  // Once where the password led, and once again.
  expect(before.shares).toMatchObject([{ hasPassword: true, views: 2, live: true }]);

  const file = join(place, "one.backup");
  const said = await backUp(own.data, file);
  expect(said).toMatch(/holds [1-9]\d* rows and [1-9]\d* files \(.*\), read back and compared/);
  expect(await backUp(own.data, file)).toContain("exists already");

  const data = join(place, "data");
  expect(await restore(data, [file])).toMatch(/Restored from .*Z: [1-9]\d* rows and [1-9]\d* files/);
  expect(await restore(data, [file])).toContain("is not empty");
  const NEXTAUTH_SECRET = readFileSync(join(data, "secret"), "utf8");
  const restored = await startServer({ ...withModel(emulator.url), NEXTAUTH_SECRET, LEEWARD_DATA: data });
  expect(await shares(restored.url, talk)).toEqual(before);
  await expectTalk(restored.url, talk);
  const stranger = await signedIn(restored.url, "");
  expect((await stranger.get(gone)).status()).toBe(404);
  await stranger.dispose();
  await restored.remove();
});

test("a cut off backup restores nothing", async ({ own, place }) => {
  const file = join(place, "one.backup");
  await backUp(own.data, file);
  truncateSync(file, 2_000);
  expect(await restore(join(place, "data"), [file])).toContain("is damaged or not whole");
  expect(readdirSync(place)).toEqual(["one.backup"]);
});

test("a link opens after a restore into PostgreSQL and S3, and after one from there", async ({
  own,
  place,
  emulator,
}) => {
  test.skip(!postgresql, "TEST_DATABASE_URL names the server it needs");
  const talk = await shareTalk(own);
  const file = join(place, "one.backup");
  await backUp(own.data, file);
  const database = `leeward_restored_${process.pid}_${Date.now()}`;
  await onServer(postgresql ?? "", `CREATE DATABASE ${database}`);
  const bucket = await newBucket();
  const there = { DATABASE_URL: databaseOn(postgresql ?? "", database), ...bucket.settings };
  const data = join(place, "there");

  expect(await restore(data, [file], { ...there, S3_BUCKET: "away" })).toContain(
    "The storage does not take the files",
  );
  expect(await restore(data, [file], there)).toContain("Restored from");
  const server = await startServer({
    ...withModel(emulator.url),
    ...there,
    NEXTAUTH_SECRET: SECRET,
    LEEWARD_DATA: data,
  });
  await expectTalk(server.url, talk);

  const again = join(place, "again.backup");
  expect(await backUp(data, again, there)).toContain("read back and compared");
  await server.remove();
  await bucket.remove();
  await onServer(postgresql ?? "", `DROP DATABASE ${database} WITH (FORCE)`);

  const back = join(place, "back");
  expect(await restore(back, [again])).toContain("Restored from");
  const restored = await startServer({
    ...withModel(emulator.url),
    NEXTAUTH_SECRET: SECRET,
    LEEWARD_DATA: back,
  });
  await expectTalk(restored.url, talk);
  await restored.remove();
});
