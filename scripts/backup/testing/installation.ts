import { randomUUID } from "node:crypto";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { onTestFinished } from "vitest";
import { randomBlobKey } from "../../../lib/platform/blob-store/blob-store.ts";
import { diskBlobStore } from "../../../lib/platform/blob-store/disk.ts";
import { migrate } from "../../../lib/platform/database/migrate.ts";
import { sqliteFile } from "../../../lib/platform/database/sqlite-file.ts";
import { databaseOn, onServer } from "../../../lib/platform/database/testing/template.ts";
import { type Environment, environment } from "../../../lib/platform/environment.ts";
import { sqliteSnapshot } from "../../transfer/sqlite.ts";
import type { Store } from "../../transfer/store.ts";

/** A place with nothing in it. */
export const nowhere = (): Environment =>
  environment({
    NODE_ENV: "test",
    LEEWARD_DATA: join(mkdtempSync(join(tmpdir(), "leeward-backup-")), "data"),
  });

/** The same on a PostgreSQL of its own. */
export async function nowhereOnServer(server: string): Promise<Environment> {
  const name = `leeward_test_backup_${randomUUID().replaceAll("-", "")}`;
  await onServer(server, `CREATE DATABASE ${name}`);
  onTestFinished(() => onServer(server, `DROP DATABASE ${name} WITH (FORCE)`));
  return { ...nowhere(), databaseUrl: databaseOn(server, name) };
}

/** The embedded database with rows in every table, and the files that they name. Returns the files' keys. */
export async function fill(target: Environment, messages = 300): Promise<string[]> {
  await migrate(target);
  const keys = Array.from({ length: 4 }, randomBlobKey);
  const blobs = diskBlobStore(join(target.dataDirectory, "blobs"));
  for (const [index, key] of keys.entries()) await blobs.put(key, Buffer.from(`file ${index}`));
  const [image, file, text, copy] = keys;
  const database = new Database(sqliteFile(target.dataDirectory));
  const insert = (table: string, row: object) =>
    database
      .prepare(`INSERT INTO "${table}" (${Object.keys(row)}) VALUES (${Object.keys(row).map(() => "?")})`)
      .run(Object.values(row));
  insert("users", {
    id: "u",
    email: "a@b.c",
    name: "Ää 🛶\u0085",
    passwordHash: "$argon2id$",
    tokenVersion: 3,
    createdAt: AT,
  });
  insert("accounts", { id: "a", userId: "u", provider: "github", providerAccountId: "7", createdAt: AT });
  insert("threads", {
    id: "t",
    ownerId: "u",
    title: "Boats",
    headMessageId: "m1",
    settings: '{"z":1,"a":[true]}',
    lastActivityAt: AT,
    createdAt: AT,
  });
  for (let ordinal = 1; ordinal <= messages; ordinal++) {
    const parts = JSON.stringify([{ type: "text", text: `line\none\u2028 of ${ordinal}` }]);
    // Its answers are named so that the order of ids is not that of writing.
    const [id, parentId] = [`m${ordinal}`, ordinal === 1 ? null : `m${ordinal - 1}`];
    insert("messages", { id, threadId: "t", parentId, role: "user", parts, ordinal, createdAt: AT });
  }
  insert("images", {
    id: "i",
    ownerId: "u",
    blobKey: image,
    name: "x",
    contentType: "image/png",
    width: 1,
    height: 1,
    bytes: 6,
    tokens: 4,
    createdAt: AT,
  });
  insert("message_images", { messageId: "m1", imageId: "i", position: 0 });
  insert("documents", {
    id: "d",
    ownerId: "u",
    blobKey: file,
    textKey: text,
    name: "y",
    contentType: "text/plain",
    bytes: 6,
    contentHash: "0",
    pages: 1,
    tokens: 1,
    createdAt: AT,
  });
  insert("message_documents", { messageId: "m1", documentId: "d", position: 0 });
  insert("generations", {
    id: "g",
    ownerId: "u",
    threadId: "t",
    messageId: "m2",
    model: "m",
    requestHash: "0",
    heartbeatAt: AT,
    createdAt: AT,
  });
  insert("usage", {
    id: "s",
    ownerId: "u",
    kind: "chat",
    model: "m",
    inputTokens: 1,
    outputTokens: 2,
    imageTokens: 0,
    source: "reported",
    durationMs: 1,
    status: "complete",
    createdAt: AT,
  });
  insert("queued_messages", {
    id: "q",
    ownerId: "u",
    threadId: "t",
    answerId: "x",
    generationId: "y",
    position: 1,
    text: "",
    imageIds: "[]",
    documents: "[]",
    requestHash: "",
    createdAt: AT,
  });
  insert("shares", {
    id: "h",
    token: "secret-token",
    ownerId: "u",
    threadId: "t",
    title: "",
    snapshot: "{}",
    choices: "{}",
    passwordHash: "$a",
    views: 9,
    allowContinue: 1,
    expiresAt: AT,
    createdAt: AT,
    updatedAt: AT,
  });
  insert("share_images", {
    id: "p",
    shareId: "h",
    blobKey: copy,
    contentType: "image/png",
    width: 1,
    height: 1,
  });
  insert("settings", { key: "sharing", value: "{}", updatedAt: AT });
  insert("blob_removals", { blobKey: "0".repeat(40), createdAt: AT });
  database.close();
  return keys;
}

/** As Prisma writes it. */
const AT = "2026-11-23T22:30:00.125+00:00";

/** Everything in a database, table by table. */
export async function rowsIn(store: Store): Promise<Record<string, unknown[][]>> {
  const all: Record<string, unknown[][]> = {};
  for (const table of await store.tables()) {
    const columns = (await store.columns(table)).toSorted((a, b) => (a.name < b.name ? -1 : 1));
    all[table] = [];
    for await (const row of store.rows(table, columns)) all[table].push(row);
  }
  await store.close();
  return all;
}

export const snapshotOf = ({ dataDirectory }: Environment): Store =>
  sqliteSnapshot(sqliteFile(dataDirectory));
