import { cpSync, rmSync } from "node:fs";
import { join } from "node:path";
import { databaseOn, onServer } from "../lib/platform/database/testing/template";
import { newBucket } from "./support/bucket";
import { test as base, expect, withModel } from "./support/fixtures";
import { type Server, startServer } from "./support/server";
import { expectTalk, says, shareTalk } from "./support/shared-talk";

const { TEST_DATABASE_URL: postgresql } = process.env;

const test = base.extend<{ own: Server }>({
  own: async ({ emulator }, use) => {
    const server = await startServer(withModel(emulator.url));
    await use(server);
    await server.remove();
  },
});

test("a copy of the data directory serves the links that were made before it", async ({ own, emulator }) => {
  const made = await shareTalk(own);
  await own.stop();
  const restored = await startServer(withModel(emulator.url));
  await restored.stop();
  rmSync(restored.data, { recursive: true });
  cpSync(own.data, restored.data, { recursive: true });
  await restored.start();
  await expectTalk(restored.url, made);
  await restored.remove();
});

test("a share's link works after the move to PostgreSQL and S3, and so does all the rest", async ({
  own,
}) => {
  test.skip(!postgresql, "TEST_DATABASE_URL names the server it needs");
  const made = await shareTalk(own);
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
  await expectTalk(own.url, made);
  await own.stop();

  await bucket.remove();
  await onServer(postgresql ?? "", `DROP DATABASE ${database} WITH (FORCE)`);
});

const move = (data: string, env: Record<string, string>) => says("scripts/move/main.ts", [], data, env);
