import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import type { ImageOrigin } from "@/lib/images/schema";
import { ImageRefused } from "./refused";
import { uploadImage } from "./upload";

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

let close = () => {};
afterEach(() => close());

/** A server in the place of ours, at the page's own address. */
async function servedBy(answer: Answer): Promise<void> {
  const server = createServer((request, response) => {
    request.resume().on("end", () => answer(request, response));
  });
  await new Promise<void>((resolve) => server.listen(0, resolve));
  close = () => {
    server.closeAllConnections();
    server.close();
  };
  const { happyDOM } = window as unknown as { happyDOM: { setURL(url: string): void } };
  happyDOM.setURL(`http://localhost:${(server.address() as AddressInfo).port}/`);
}

const saying =
  (status: number, body: unknown): Answer =>
  (_request, response) => {
    response.writeHead(status, { "content-type": "application/json" });
    response.end(typeof body === "string" ? body : JSON.stringify(body));
  };

const original: ImageOrigin = {
  width: 9,
  height: 7,
  bytes: 99,
  contentType: "image/heic",
  removed: ["date"],
};
const image = { blob: new Blob(["picture"], { type: "image/png" }), name: "Möwe 👋.png", original };
const refusal = (): Promise<ImageRefused> =>
  uploadImage(image).then(
    () => undefined as never,
    (error) => error,
  );

test("gives what the server stored, and sends type, name and what the picture was", async () => {
  let sent: IncomingMessage["headers"] = {};
  await servedBy((request, response) => {
    sent = request.headers;
    saying(201, { id: "1", tokens: 12 })(request, response);
  });
  expect(await uploadImage(image)).toEqual({ id: "1", tokens: 12 });
  expect(sent["content-type"]).toBe("image/png");
  expect(decodeURIComponent(String(sent["x-file-name"]))).toBe(image.name);
  expect(JSON.parse(String(sent["x-image-origin"]))).toEqual(original);
});

test.each([
  ["a refusal", 400, { error: { code: "image-refused", reason: "damaged", name: "x" } }, "damaged", null],
  ["too large", 413, { error: { code: "too-large", limit: 7 } }, "too-many-bytes", null],
  ["too large, from a proxy", 413, "<html>", "too-many-bytes", null],
  ["signed out", 401, { error: { code: "signed-out" } }, "upload-failed", "signed-out"],
  ["a full disk", 503, { error: { code: "storage-down" } }, "upload-failed", "storage-down"],
  [
    "a reason of a newer server",
    400,
    { error: { code: "image-refused", reason: "ugly" } },
    "upload-failed",
    "image-refused",
  ],
  ["HTML from a proxy", 502, "<html>", "upload-failed", null],
])("%s is a refusal with the picture's name", async (_name, status, body, reason, problem) => {
  await servedBy(saying(status, body));
  const error = await refusal();
  expect(error).toBeInstanceOf(ImageRefused);
  expect(error).toMatchObject({ reason, problem, imageName: image.name });
});

test("a line that breaks is upload-failed", async () => {
  await servedBy((request) => request.socket.destroy());
  expect(await refusal()).toMatchObject({ reason: "upload-failed", problem: null });
});

test("aborting ends it, before and during", async () => {
  expect(await uploadImage(image, { signal: AbortSignal.abort("early") }).catch((reason) => reason)).toBe(
    "early",
  );
  const controller = new AbortController();
  await servedBy(() => controller.abort("late"));
  expect(await uploadImage(image, { signal: controller.signal }).catch((reason) => reason)).toBe("late");
});
