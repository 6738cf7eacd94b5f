import "@/lib/platform/guarded-fetch/testing/other-network.mjs";
import { readFileSync } from "node:fs";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { encode } from "next-auth/jwt";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { POST } from "@/app/api/images/url/route";
import { SESSION_COOKIE } from "@/lib/http/session-cookie";
import { database } from "@/lib/platform/database";
import { environment } from "@/lib/platform/environment";
import { aPerson } from "@/lib/testing/people";
import { fromCamera, quarters } from "./testing/pictures";

// Names ending in ".test" are on a small internet of this machine's own.

const camera = await fromCamera(quarters(2000, 1500), 6);
let server: Server;
let port: number;
let answer: RequestListener;
let asked: number;

beforeAll(async () => {
  server = createServer((request, response) => {
    asked++;
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  port = (server.address() as AddressInfo).port;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

let ada: { id: string; cookie: string };
beforeEach(async () => {
  asked = 0;
  answer = (_request, response) => response.writeHead(200, { "content-type": "image/jpeg" }).end(camera);
  const { id } = await aPerson();
  const token = await encode({ token: { sub: id, tokenVersion: 0 }, secret: environment().secret });
  ada = { id, cookie: `${SESSION_COOKIE}=${token}` };
});

async function importing(body: unknown, cookie = ada.cookie) {
  const request = new Request("http://localhost/api/images/url", {
    method: "POST",
    body: JSON.stringify(body),
    headers: { cookie, "content-type": "application/json" },
  });
  const response = await POST(request, { params: Promise.resolve({}) });
  return { status: response.status, body: await response.json() };
}
const at = (host: string, path = "/album/M%C3%B6we.jpg?size=large") => ({
  url: `http://${host}:${port}${path}`,
});

describe("POST /api/images/url", () => {
  test("takes a picture in as an upload does, and says what it was", async () => {
    const { status, body } = await importing(at("pictures.test"));
    expect(status).toBe(201);
    expect(body).toMatchObject({ name: "Möwe.jpg", contentType: "image/jpeg", width: 1176, height: 1540 });
    expect(body.origin).toMatchObject({ width: 1500, height: 2000, bytes: camera.length });
    expect(body.origin.removed).toContain("location");
    expect(await database().image.count({ where: { id: body.id, ownerId: ada.id } })).toBe(1);
  });

  test.each([
    ["51 this machine", () => at("127.0.0.1"), "address-private"],
    ["51 this machine, in octal and hexadecimal", () => at("0x7f.0.0.01"), "address-private"],
    ["51 this machine by name", () => at("localhost."), "address-private"],
    ["51 the cloud's own service", () => ({ url: "http://[::ffff:a9fe:a9fe]/latest" }), "address-private"],
    ["51 a file", () => ({ url: "file:///etc/passwd" }), "address-invalid"],
    ["51 words", () => ({ url: "no address" }), "address-invalid"],
    ["nobody", () => at("nowhere.test"), "address-unreachable"],
  ])("%s is refused with a reason and a name", async (_name, where, reason) => {
    const { status, body } = await importing(where());
    expect(status).toBe(400);
    expect(body.error).toMatchObject({ code: "image-refused", reason, name: expect.stringMatching(/./) });
    expect(asked).toBe(0);
  });

  test.each([
    [
      "52 that leads inside",
      "address-private",
      { status: 302, headers: { location: "http://169.254.169.254/" } },
    ],
    ["that is a page", "not-an-image", { status: 200, headers: { "content-type": "text/html" } }],
    ["that is gone", "address-empty", { status: 404, headers: {} }],
    [
      "85 that is an SVG",
      "unsupported-format",
      { status: 200, headers: { "content-type": "image/svg+xml" }, bytes: "<svg/>" },
    ],
    [
      "85 that calls a page a picture",
      "not-an-image",
      { status: 200, headers: { "content-type": "image/png" }, bytes: "<html>" },
    ],
    [
      "89 that is too large",
      "too-many-bytes",
      { status: 200, headers: { "content-length": String(30 * 1024 * 1024) } },
    ],
    ["89 that is empty", "empty", { status: 200, headers: {} }],
  ])("an address %s is refused", async (_name, reason, { status, headers, bytes = "" }: Canned) => {
    answer = (_request, response) => response.writeHead(status, headers).end(bytes);
    const refusal = await importing(at("pictures.test"));
    expect(refusal.status).toBe(400);
    expect(refusal.body.error).toMatchObject({ code: "image-refused", reason, name: "Möwe.jpg" });
    expect(await database().image.count({ where: { ownerId: ada.id } })).toBe(0);
  });

  test.each([
    ["HEIC", "image/heic", readFileSync("e2e/support/telephone.heic")],
    ["BMP", "image/bmp", Buffer.from(`BM${"\0".repeat(52)}`, "latin1")],
    ["HEIC", "application/octet-stream", readFileSync("e2e/support/telephone.heic")],
  ])(
    "94 an address of a %s (%s) says that its file can be attached, which a browser reads",
    async (format, type, bytes) => {
      answer = (_request, response) => response.writeHead(200, { "content-type": type }).end(bytes);
      const refusal = await importing(at("pictures.test"));
      expect(refusal.status).toBe(400);
      const error = { code: "image-refused", reason: "attach-instead", format, name: "Möwe.jpg" };
      expect(refusal.body.error).toMatchObject(error);
      expect(await database().image.count({ where: { ownerId: ada.id } })).toBe(0);
    },
  );

  test("is for people who are signed in, and for an address alone", async () => {
    expect((await importing(at("pictures.test"), "")).status).toBe(401);
    for (const body of [
      {},
      null,
      { url: 1 },
      { url: "" },
      { url: "x".repeat(5000) },
      { ...at("a.test"), x: 1 },
    ]) {
      expect((await importing(body)).status).toBe(400);
    }
    expect(asked).toBe(0);
  });
});

interface Canned {
  status: number;
  headers: Record<string, string>;
  bytes?: string;
}
