import { randomUUID } from "node:crypto";
import { encode } from "next-auth/jwt";
import { rgb } from "pdf-lib";
import sharp from "sharp";
import { beforeEach, describe, expect, test } from "vitest";
import * as pageImages from "@/app/api/documents/[id]/page-images/route";
import * as page from "@/app/api/documents/[id]/pages/[page]/route";
import * as one from "@/app/api/documents/[id]/route";
import * as all from "@/app/api/documents/route";
import { SESSION_COOKIE } from "@/lib/http/session-cookie";
import { FILE_NAME_HEADER } from "@/lib/images/name";
import { readImage } from "@/lib/images/queries";
import { blobStore } from "@/lib/platform/blob-store";
import { database } from "@/lib/platform/database";
import { environment } from "@/lib/platform/environment";
import { aPerson } from "@/lib/testing/people";
import type { Actor } from "@/lib/users/actor";
import type { UploadedDocument } from "./document";
import { aPdf } from "./testing/files";

let ada: Caller;
let eve: Caller;
beforeEach(async () => {
  [ada, eve] = await Promise.all([signedIn(), signedIn()]);
});

interface Caller {
  actor: Actor;
  cookie: string;
}

/** Somebody with an account and its cookie. */
async function signedIn(): Promise<Caller> {
  const actor = await aPerson();
  const token = await encode({ token: { sub: actor.id, tokenVersion: 0 }, secret: environment().secret });
  return { actor, cookie: `${SESSION_COOKIE}=${token}` };
}

const as = (who: Caller | null): Record<string, string> => (who ? { cookie: who.cookie } : {});
const url = (path: string) => `http://localhost/api/documents${path}`;

function upload(who: Caller | null, body: BodyInit, name = "report.pdf"): Promise<Response> {
  const headers = { ...as(who), [FILE_NAME_HEADER]: encodeURIComponent(name) };
  return all.POST(new Request(url(""), { method: "POST", body, headers }), { params: Promise.resolve({}) });
}

function remove(who: Caller | null, id: string): Promise<Response> {
  const request = new Request(url(`/${id}`), { method: "DELETE", headers: as(who) });
  return one.DELETE(request, { params: Promise.resolve({ id }) });
}

function detail(who: Caller | null, id: string): Promise<Response> {
  return one.GET(new Request(url(`/${id}`), { headers: as(who) }), { params: Promise.resolve({ id }) });
}

function readPage(who: Caller | null, id: string, number: number | string): Promise<Response> {
  const request = new Request(url(`/${id}/pages/${number}`), { headers: as(who) });
  return page.GET(request, { params: Promise.resolve({ id, page: String(number) }) });
}

function draw(who: Caller | null, id: string, body: object): Promise<Response> {
  const request = new Request(url(`/${id}/page-images`), {
    method: "POST",
    body: JSON.stringify(body),
    headers: { ...as(who), "content-type": "application/json" },
  });
  return pageImages.POST(request, { params: Promise.resolve({ id }) });
}

const pdf = await aPdf(["The harbour at noon", "", "The harbour at night"]);
/** What was told, line by line. */
const linesOf = async (response: Response) =>
  (await response.text())
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line));
const bodyOf = (bytes: Uint8Array) => new Uint8Array(bytes);

async function uploaded(who: Caller, bytes = pdf, name?: string): Promise<UploadedDocument> {
  const response = await upload(who, bodyOf(bytes), name);
  expect(response.status).toBe(201);
  return response.json();
}

const suspend = (who: Caller) =>
  database().user.update({ where: { id: who.actor.id }, data: { suspendedAt: new Date() } });

describe("POST /api/documents", () => {
  test("answers 201 with pages and what they cost, as text and as pictures", async () => {
    const response = await upload(ada, bodyOf(pdf), "Möwe 👋.pdf");
    expect(response.status).toBe(201);
    expect(response.headers.get("cache-control")).toBe("private, no-store");
    const document: UploadedDocument = await response.json();
    expect(document).toMatchObject({
      name: "Möwe 👋.pdf",
      contentType: "application/pdf",
      pages: 3,
      pictureTokens: [2200, 2200, 2200],
      hasText: true,
    });
    expect(document.pageTokens[0]).toBeGreaterThan(2);
    expect(document.pageTokens[1]).toBe(0);
    expect(document.tokens).toBe(document.pageTokens.reduce((sum, tokens) => sum + tokens, 0));
  });

  test("a scan says that it has no text", async () => {
    expect(await uploaded(ada, await aPdf([""]))).toMatchObject({ hasText: false, tokens: 0, pages: 1 });
  });

  test("85 believes the bytes, not the name", async () => {
    const text = new TextEncoder().encode("<script>alert(1)</script>");
    expect(await uploaded(ada, text, "page.pdf")).toMatchObject({ contentType: "text/plain", pages: 1 });
    expect(await uploaded(ada, pdf, "letter.txt")).toMatchObject({ contentType: "application/pdf" });
  });

  test("89 whatever is refused is named, with the reason and its numbers", async () => {
    const refusal = async (body: BodyInit, name: string) => (await upload(ada, body, name)).json();
    expect(await refusal(new Uint8Array(), "nothing.txt")).toEqual({
      error: { code: "document-refused", reason: "empty", name: "nothing.txt" },
    });
    expect(await refusal(new Uint8Array([1, 0, 2, 0]), "tool.exe")).toMatchObject({
      error: { reason: "unsupported-format", name: "tool.exe" },
    });
    expect(await refusal("a ".repeat(2_100_000), "log.txt")).toMatchObject({
      error: { reason: "too-long", limit: 4_000_000 },
    });
    expect((await upload(ada, new Uint8Array(25 * 1024 * 1024 + 1))).status).toBe(413);
    expect(await database().document.count({ where: { ownerId: ada.actor.id } })).toBe(0);
  });

  test.each([
    ["../../app/x.txt", "x.txt"],
    ["C:\\Windows\\win.ini", "win.ini"],
    ["a\u0000b\u202Efdp.txt", "a b fdp.txt"],
    ["....//....//", "document"],
    [`<img src=x onerror=alert(1)>.md`, "<img src=x onerror=alert(1)>.md"],
    [`${"x".repeat(500)}.txt`, `${"x".repeat(115)}….txt`],
  ])("38 a hostile name %j is only ever a name", async (given, kept) => {
    const { name, id } = await uploaded(ada, new TextEncoder().encode("text"), given);
    expect(name).toBe(kept);
    const row = await database().document.findUniqueOrThrow({ where: { id } });
    expect([row.blobKey, row.textKey]).toEqual([
      expect.stringMatching(/^[0-9a-f]{40}$/),
      expect.stringMatching(/^[0-9a-f]{40}$/),
    ]);
  });

  test("is for people who are signed in", async () => {
    expect((await upload(null, bodyOf(pdf))).status).toBe(401);
    await suspend(ada);
    expect((await upload(ada, bodyOf(pdf))).status).toBe(403);
  });

  test("the same file is kept once, by another name or the same, but each owner's apart", async () => {
    const [first, again] = [await uploaded(ada), await uploaded(ada, pdf, "copy.pdf")];
    expect(again).toMatchObject({ name: "copy.pdf", pages: 3, pageTokens: first.pageTokens });
    const others = await uploaded(eve);
    const rows = await database().document.findMany({
      where: { id: { in: [first.id, again.id, others.id] } },
    });
    const keyOf = (id: string) => rows.find((row) => row.id === id)?.blobKey;
    expect(keyOf(first.id)).toBe(keyOf(again.id));
    expect(keyOf(first.id)).not.toBe(keyOf(others.id));
    expect((await remove(ada, first.id)).status).toBe(204);
    expect((await readPage(ada, again.id, 1)).status).toBe(200);
  });
});

test("GET /api/documents/:id answers again what the upload did", async () => {
  const document = await uploaded(ada);
  const response = await detail(ada, document.id);
  expect(response.headers.get("cache-control")).toBe("private, no-store");
  expect(await response.json()).toEqual(document);
});

describe("GET /api/documents/:id/pages/:page", () => {
  test("answers the text of a page as JSON, kept by no cache", async () => {
    const { id } = await uploaded(ada);
    const response = await readPage(ada, id, 3);
    expect(response.headers.get("content-type")).toBe("application/json");
    expect(response.headers.get("cache-control")).toBe("private, no-store");
    expect(await response.json()).toEqual({ page: 3, text: "The harbour at night" });
    for (const page of [0, 4, -1, "x", "1e9"]) expect((await readPage(ada, id, page)).status).toBe(404);
  });
});

describe("POST /api/documents/:id/page-images", () => {
  test("draws pages in the size that the model sees, white where nothing is", async () => {
    const painted = await aPdf(["", ""], (page) =>
      page.drawRectangle({ x: 0, y: 421, width: 595, height: 421, color: rgb(1, 0, 0) }),
    );
    const { id, pictureTokens } = await uploaded(ada, painted, "scan.pdf");
    const response = await draw(ada, id, { firstPage: 1, lastPage: 2 });
    expect(response.status).toBe(200);
    const lines = await linesOf(response);
    expect(lines.map(({ page }) => page)).toEqual([1, 2]);
    const images = lines.map(({ image }) => image);
    expect(images).toMatchObject([
      { name: "scan, 1.png", width: 1088, height: 1540, tokens: pictureTokens?.[0] },
      { name: "scan, 2.png", width: 1088, height: 1540, tokens: pictureTokens?.[1] },
    ]);
    const { bytes } = await readImage(ada.actor, images[0].id);
    const { data, info } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true });
    const pixel = (x: number, y: number) => [
      ...data.subarray((y * info.width + x) * info.channels).subarray(0, 3),
    ];
    expect([pixel(500, 100), pixel(500, 1400)]).toEqual([
      [255, 0, 0],
      [255, 255, 255],
    ]);
  });

  test("each page is told when it is there, and nothing is drawn for whoever has left", async () => {
    const { id } = await uploaded(ada, await aPdf(Array(8).fill("")), "long.pdf");
    const reader = (await draw(ada, id, { firstPage: 1, lastPage: 8 })).body?.getReader();
    let told = "";
    while (!told.includes("\n{")) told += new TextDecoder().decode((await reader?.read())?.value);
    expect(told).toContain('"page":1');
    await reader?.cancel();
    // The only place for drawing is free again.
    expect(
      await linesOf(await draw(eve, (await uploaded(eve)).id, { firstPage: 2, lastPage: 2 })),
    ).toMatchObject([{ page: 2 }]);
    expect(await database().image.count({ where: { ownerId: ada.actor.id } })).toBeLessThan(8);
  });

  test("a page that cannot be drawn is the last line, a refusal by name", async () => {
    const { id } = await uploaded(ada, await aPdf(["One", "Two"]), "torn.pdf");
    const { blobKey } = await database().document.findUniqueOrThrow({ where: { id } });
    await blobStore().put(blobKey, new TextEncoder().encode("%PDF-1.7"), "application/octet-stream");
    expect(await linesOf(await draw(ada, id, { firstPage: 1, lastPage: 2 }))).toEqual([
      { error: { code: "document-refused", reason: "damaged", name: "torn.pdf" } },
    ]);
  });

  test("only pages that there are, ten at most, and only of a PDF", async () => {
    const { id } = await uploaded(ada);
    for (const [firstPage, lastPage] of [
      [1, 4],
      [0, 1],
      [3, 2],
      [1, 11],
      [1, 1e9],
    ]) {
      expect((await draw(ada, id, { firstPage, lastPage })).status).toBe(400);
    }
    const text = await uploaded(ada, new TextEncoder().encode("text"), "a.txt");
    const response = await draw(ada, text.id, { firstPage: 1, lastPage: 1 });
    expect(await response.json()).toMatchObject({ error: { code: "document-refused", name: "a.txt" } });
  });
});

test.each([
  ["DELETE", remove],
  ["GET", detail],
  ["GET page", (who: Caller | null, id: string) => readPage(who, id, 1)],
  ["POST page-images", (who: Caller | null, id: string) => draw(who, id, { firstPage: 1, lastPage: 1 })],
])("3, 8 %s by anybody else tells nothing", async (_verb, call) => {
  const { id } = await uploaded(ada);
  const [foreign, missing, malformed] = await Promise.all(
    [id, randomUUID(), "../../etc/passwd"].map((each) => call(eve, each)),
  );
  expect([foreign?.status, missing?.status, malformed?.status]).toEqual([404, 404, 404]);
  expect(await foreign?.text()).toBe(await missing?.text());
  expect((await call(null, id)).status).toBe(401);
  expect((await readPage(ada, id, 1)).status).toBe(200);
  await suspend(eve);
  expect((await call(eve, id)).status).toBe(403);
});
