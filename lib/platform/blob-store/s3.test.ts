import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import S3rver from "s3rver";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { randomBlobKey } from "./blob-store";
import { blobStoreContract } from "./blob-store.contract";
import { type S3Settings, s3BlobStore } from "./s3";

const picture = new TextEncoder().encode("picture");
const bucket = "pictures";
let directory: string;
let running: S3rver;
let settings: S3Settings;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "leeward-s3-"));
  const options = { port: 0, address: "127.0.0.1", silent: true, directory };
  running = new S3rver({ ...options, configureBuckets: [{ name: bucket, configs: [] }] });
  const { port } = await running.run();
  const [accessKeyId, secretAccessKey] = ["S3RVER", "S3RVER"];
  settings = { endpoint: `http://127.0.0.1:${port}`, bucket, region: "de", accessKeyId, secretAccessKey };
});
afterAll(async () => {
  await running.close();
  await rm(directory, { recursive: true, force: true });
});

blobStoreContract("S3", async () => s3BlobStore(settings));

test("another server reads what this one kept", async () => {
  const key = randomBlobKey();
  await s3BlobStore(settings).put(key, picture, "image/png");
  expect(Buffer.from((await s3BlobStore(settings).get(key)) ?? [])).toEqual(Buffer.from(picture));
});

test.each([
  ["a bucket that is not there", { bucket: "elsewhere" }],
  ["an unknown key", { accessKeyId: "STRANGER" }],
])("%s is the storage's fault and not a missing blob", async (_what, wrong) => {
  const store = s3BlobStore({ ...settings, ...wrong });
  await expect(store.put(randomBlobKey(), picture)).rejects.toMatchObject({
    code: "storage-down",
    status: 503,
  });
  await expect(store.get(randomBlobKey())).rejects.toMatchObject({ code: "storage-down" });
});

test("threat 78: a store that is away is storage-down", async () => {
  const away = s3BlobStore({ ...settings, endpoint: "http://127.0.0.1:9" });
  await expect(away.put(randomBlobKey(), picture)).rejects.toMatchObject({ code: "storage-down" });
  await expect(away.get(randomBlobKey())).rejects.toMatchObject({ code: "storage-down" });
  await expect(away.delete(randomBlobKey())).rejects.toMatchObject({ code: "storage-down" });
});

test("a store that fails once is asked once more, no oftener; one that says nothing is given up", async () => {
  const asked: string[] = [];
  const endpoint = await answering((method, respond) => {
    asked.push(method);
    if (asked.length < 4) respond(asked.length === 2 ? 200 : 500);
  });
  const store = s3BlobStore({ ...settings, endpoint }, 300);
  await store.put(randomBlobKey(), picture);
  expect(asked).toEqual(["PUT", "PUT"]);
  // The third answer is an error and the fourth never comes.
  await expect(store.get(randomBlobKey())).rejects.toMatchObject({ code: "storage-down" });
  expect(asked).toEqual(["PUT", "PUT", "GET", "GET"]);
});

test("threat 90: a full store says so, and is not asked again", async () => {
  let asked = 0;
  const endpoint = await answering((_method, respond) => {
    asked++;
    respond(507, "<Error><Code>XMinioStorageFull</Code></Error>");
  });
  const put = s3BlobStore({ ...settings, endpoint }).put(randomBlobKey(), picture);
  await expect(put).rejects.toMatchObject({ code: "storage-full", status: 507 });
  expect(asked).toBe(1);
});

/** A server that plays a store; its address. */
async function answering(
  play: (method: string, respond: (status: number, body?: string) => void) => void,
): Promise<string> {
  const server: Server = createServer((request, response) => {
    request.resume().on("end", () =>
      play(request.method ?? "", (status, body = "") => {
        response.writeHead(status).end(body);
      }),
    );
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
