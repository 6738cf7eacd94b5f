import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as rest } from "node:timers/promises";
import { type APIRequestContext, request } from "@playwright/test";
import { savedText, sendQuestion } from "./support/chat";
import { DOCUMENT_CORPUS } from "./support/document-corpus";
import { expect, test, withModel } from "./support/fixtures";
import { forgetPeak, memoryOf } from "./support/memory";
import { type Account, newAccount, SESSION_COOKIE } from "./support/person";
import { photo } from "./support/pictures";
import { rawUpload } from "./support/raw-upload";
import { type Server, startServer } from "./support/server";
import { CORPUS } from "./support/upload-corpus";

// Threat 89: uploads that are too large, empty, endless or slow, on a server of their own.

/** Seconds after which a request that has not arrived is ended, on this server. */
const PATIENCE = 3;
/** What the server's memory may grow by, in MB, whatever is uploaded. */
const MOST_GROWTH = 150;
const MEGABYTE = 1024 * 1024;

test.describe.configure({ mode: "serial" });

let server: Server;
let temporary: string;
let person: APIRequestContext;
let cookie: string;

test.beforeAll(async ({ emulator }) => {
  temporary = mkdtempSync(join(tmpdir(), "leeward-e2e-tmp-"));
  const LEEWARD_REQUEST_SECONDS = String(PATIENCE);
  server = await startServer({ ...withModel(emulator.url), TMPDIR: temporary, LEEWARD_REQUEST_SECONDS });
  const account = await newAccount(server.url);
  cookie = cookieOf(account);
  person = await as(account);
});

test.afterAll(async () => {
  await person.dispose();
  await server.remove();
  rmSync(temporary, { recursive: true, force: true });
});

test("threat 89: 50 MB that say so are refused before they are sent", async () => {
  const end = await rawUpload({
    url: server.url,
    cookie,
    contentLength: 50 * MEGABYTE,
    next: async (pieces) => (pieces === 0 ? Buffer.alloc(1000, 1) : new Promise(() => {})),
  });
  expect(end).toMatchObject({ status: 413, written: 1000 });
  expect(end.seconds).toBeLessThan(PATIENCE);
});

test("threat 89: a body that does not say its size is refused once it is too large, without waiting for its end", async ({
  server: patient,
}) => {
  // A busy machine may take longer than the other server waits for the whole of it.
  const end = await rawUpload({
    url: patient.url,
    cookie: cookieOf(await newAccount(patient.url)),
    contentLength: null,
    // One megabyte more than a file may have, and then neither more nor the end.
    next: async (pieces) => (pieces < 26 ? Buffer.alloc(MEGABYTE, 1) : new Promise(() => {})),
  });
  expect(end.status).toBe(413);
});

test("threat 89: nothing at all is refused", async () => {
  const end = await rawUpload({ url: server.url, cookie, contentLength: 0, next: async () => null });
  expect(end.status).toBe(400);
});

test("threat 89: a slow drip is ended by the server, and takes nobody's place", async () => {
  const drip = () =>
    rawUpload({
      url: server.url,
      cookie,
      contentLength: 1000,
      next: async () => {
        await rest(100);
        return Buffer.from([1]);
      },
    });
  // As many as one person may have on the way at once.
  const ends = await Promise.all(Array.from({ length: 8 }, drip));
  for (const { status, seconds } of ends) {
    expect([408, null]).toContain(status);
    expect(seconds).toBeLessThan(PATIENCE + 5);
  }
  expect((await upload(await photo("after.jpg", 64, 64))).status()).toBe(201);
});

test("threat 89: hostile files leave memory, disk and another person's answer as they were", async () => {
  test.setTimeout(180_000);
  const reader = await as(await newAccount(server.url));
  await upload(await photo("warm.jpg", 4000, 3000));
  const kept = picturesKept();
  const before = memoryOf(server.pid()).now;

  const { threadId } = await sendQuestion(reader, "[[pace:600,20,100]]");
  const grown: Record<string, number> = {};
  const accepted = new Set<string>();
  for (const [what, make] of Object.entries(CORPUS)) {
    const file = await make();
    forgetPeak(server.pid());
    const answer = await upload(file);
    grown[what] = Math.round(memoryOf(server.pid()).peak - before);
    expect(`${what}: ${answer.status()}`).toBe(`${what}: ${file.status}`);
    if (answer.status() === 201) accepted.add(await fingerprint((await answer.json()).id));
  }
  expect(Object.entries(grown).filter(([, megabytes]) => megabytes > MOST_GROWTH)).toEqual([]);
  // What is the same is kept once.
  expect(picturesKept()).toBe(kept + accepted.size);
  expect(temporaryFiles()).toEqual([]);

  await expect.poll(() => savedText(reader, threadId), { timeout: 60_000 }).toMatch(/ENDOFANSWER$/);
  expect(await savedText(reader, threadId)).toMatch(/^FIRSTWORD/);
  await reader.dispose();
});

test("threats 84, 89: so do hostile documents", async () => {
  test.setTimeout(180_000);
  await uploadDocument("warm.txt", Buffer.from("Warm."));
  const before = memoryOf(server.pid()).now;
  const grown: Record<string, number> = {};
  for (const [what, make] of Object.entries(DOCUMENT_CORPUS)) {
    const { name, buffer, status, drawn } = await make();
    forgetPeak(server.pid());
    const answer = await uploadDocument(name, buffer);
    expect(`${what}: ${answer.status()}`).toBe(`${what}: ${status}`);
    if (drawn) await drawPages((await answer.json()).id, drawn);
    grown[what] = Math.round(memoryOf(server.pid()).peak - before);
  }
  expect(Object.entries(grown).filter(([, megabytes]) => megabytes > MOST_GROWTH)).toEqual([]);
  expect(temporaryFiles()).toEqual([]);
});

const uploadDocument = (name: string, data: Buffer) =>
  person.post("/api/documents", { data, headers: { "x-file-name": name }, timeout: 60_000 });

async function drawPages(id: string, lastPage: number): Promise<void> {
  const answer = await person.post(`/api/documents/${id}/page-images`, { data: { firstPage: 1, lastPage } });
  expect((await answer.text()).match(/"page":\d+/g)).toHaveLength(lastPage);
}

const upload = ({ name, mimeType, buffer }: { name: string; mimeType: string; buffer: Buffer }) =>
  person.post("/api/images", { data: buffer, headers: { "content-type": mimeType, "x-file-name": name } });

const fingerprint = async (id: string): Promise<string> =>
  createHash("sha256")
    .update(await (await person.get(`/api/images/${id}`)).body())
    .digest("hex");

const cookieOf = ({ session }: Account) => `${SESSION_COOKIE}=${session}`;

const as = (account: Account): Promise<APIRequestContext> =>
  request.newContext({ baseURL: server.url, extraHTTPHeaders: { cookie: cookieOf(account) } });

/** Files in the store of pictures, without those on their way into it. */
const picturesKept = (): number => blobFiles().filter((file) => !file.startsWith("incoming")).length;

/** What was left behind half-written, in the store or in the system's directory for such files. */
const temporaryFiles = (): string[] => [
  ...blobFiles().filter((file) => file.startsWith("incoming")),
  ...readdirSync(temporary),
];

function blobFiles(): string[] {
  const root = join(server.data, "blobs");
  mkdirSync(root, { recursive: true });
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1));
}
