import { randomUUID } from "node:crypto";
import { encode } from "next-auth/jwt";
import { beforeEach, describe, expect, test } from "vitest";
import * as wholeRoute from "@/app/api/export/route";
import * as threadRoute from "@/app/api/threads/[id]/export/route";
import { acceptDocument } from "@/lib/documents/commands";
import { SESSION_COOKIE } from "@/lib/http/session-cookie";
import { readImage } from "@/lib/images/queries";
import { quarters } from "@/lib/images/testing/pictures";
import { database } from "@/lib/platform/database";
import { environment } from "@/lib/platform/environment";
import { createShare } from "@/lib/shares/commands";
import { aShare, aThread } from "@/lib/shares/testing";
import { aPerson } from "@/lib/testing/people";
import { setPersonSettings } from "@/lib/threads/set";
import type { Actor } from "@/lib/users/actor";
import { exportEverything } from "./archive";
import type { ExportedShare, ExportedThread } from "./format";
import { textIn, unzipped } from "./testing/unzipped";
import { WORDS } from "./testing/words";

const picture = await quarters(80, 60).jpeg().toBuffer();

let ada: Actor;
let eve: Actor;
beforeEach(async () => {
  [ada, eve] = await Promise.all([aPerson(), aPerson()]);
});

async function cookieOf({ id }: Actor): Promise<string> {
  const token = await encode({ token: { sub: id, tokenVersion: 0 }, secret: environment().secret });
  return `${SESSION_COOKIE}=${token}`;
}

async function ask(path: string, who: Actor | null, headers: Record<string, string> = {}): Promise<Response> {
  const cookie: Record<string, string> = who ? { cookie: await cookieOf(who) } : {};
  const request = new Request(`http://localhost${path}`, { headers: { ...cookie, ...headers } });
  const id = /threads\/([^/]+)/.exec(path)?.[1];
  return id
    ? threadRoute.GET(request, { params: Promise.resolve({ id }) })
    : wholeRoute.GET(request, { params: Promise.resolve({}) });
}

describe("everything that a person owns", () => {
  test("is in the ZIP: every branch, the open one to read, files, settings and shares", async () => {
    const { threadId, imageIds, messageIds } = await aThread(ada, picture);
    await setPersonSettings(ada, { temperature: 0.3 });
    const document = await acceptDocument(ada, { name: "notes.md", bytes: Buffer.from("# Notes") });
    await database().messageDocument.create({
      data: { messageId: messageIds[2] ?? "", documentId: document.id, position: 0 },
    });
    await createShare(ada, {
      ...aShare(threadId, { password: "herring boat" }),
      choices: { ...aShare(threadId).choices, pictures: ["1.1"] },
    });
    const { archive } = await unzipped(exportEverything(ada, WORDS));

    const end = threadId.replaceAll("-", "").slice(-12);
    const paths = [...archive.sizes.keys()];
    expect(paths).toContain(`threads/Boats ${end}.json`);
    expect(JSON.parse(await textIn(archive, "leeward.json"))).toMatchObject({
      format: "leeward-export",
      version: 1,
      person: { settings: { temperature: 0.3 } },
    });
    const thread: ExportedThread = JSON.parse(await textIn(archive, `threads/Boats ${end}.json`));
    expect(thread.messages.map(({ ordinal }) => ordinal)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(thread.openMessageId).toBe(messageIds[4]);
    const [image] = thread.messages[0]?.parts ?? [];
    if (image?.type !== "image" || !image.file) throw new Error("no picture");
    const { bytes } = await readImage(ada, imageIds[0] ?? "");
    expect((await archive.bytes(image.file, 10_000_000)).equals(Buffer.from(bytes))).toBe(true);
    expect(paths.filter((path) => path.startsWith("documents/"))).toEqual([
      `documents/notes ${document.id.replaceAll("-", "").slice(-12)}.md`,
    ]);

    const text = await textIn(archive, `threads/Boats ${end}.md`);
    expect(text).toContain("# Boats\n\n## You · ");
    expect(text).toContain(`(<../${image.file}>)`);
    expect(text).toContain("SECRET five");
    expect(text).not.toContain("SECRET branch");
    archive.close();
  });

  test("has one's shares as others see them, without what would open them", async () => {
    const { threadId } = await aThread(ada, picture);
    const made = await createShare(
      ada,
      aShare(threadId, {
        password: "herring boat",
        choices: { ...aShare(threadId).choices, pictures: ["1.1"] },
      }),
    );
    const row = await database().share.findUniqueOrThrow({ where: { id: made.id } });
    const { archive } = await unzipped(exportEverything(ada, WORDS));
    const path = [...archive.sizes.keys()].find((name) => /^shares\/.*json$/.test(name)) ?? "";
    const text = await textIn(archive, path);
    expect(text).not.toContain(row.token);
    expect(text).not.toContain(row.passwordHash ?? "-");
    const share: ExportedShare = JSON.parse(text);
    expect(share).toMatchObject({ threadId, hadPassword: true, views: 0, title: "Two of five" });
    expect(share.messages).toHaveLength(2);
    const [shown] = share.messages[0]?.parts ?? [];
    if (shown?.type !== "image" || !shown.file) throw new Error("no picture");
    expect(archive.sizes.get(shown.file)).toBeGreaterThan(0);
    archive.close();
  });

  test("has nothing of anybody else, and nothing from the bin", async () => {
    const { threadId } = await aThread(ada, picture);
    const gone = await aThread(ada, await quarters(90, 50).jpeg().toBuffer());
    await createShare(ada, aShare(gone.threadId));
    await database().thread.update({ where: { id: gone.threadId }, data: { deletedAt: new Date() } });
    const { archive } = await unzipped(exportEverything(ada, WORDS));
    const paths = [...archive.sizes.keys()];
    expect(paths.filter((path) => path.endsWith(".json") && path.startsWith("threads/"))).toHaveLength(1);
    expect(paths.filter((path) => path.startsWith("pictures/"))).toHaveLength(2);
    expect(paths.some((path) => path.startsWith("shares/"))).toBe(false);
    expect(paths.join()).toContain(threadId.slice(-12));
    archive.close();

    const other = await unzipped(exportEverything(eve, WORDS));
    expect([...other.archive.sizes.keys()]).toEqual(["leeward.json"]);
    other.archive.close();
  });

  test("goes into files whose names lead nowhere", async () => {
    const { threadId, imageIds } = await aThread(ada, picture);
    await database().thread.update({
      where: { id: threadId },
      data: { title: "../../etc/\u202epass:wd\u0007?.exe" },
    });
    await database().image.update({ where: { id: imageIds[0] ?? "" }, data: { name: "..\\..\\CON.html" } });
    await database().image.update({ where: { id: imageIds[1] ?? "" }, data: { name: "...." } });
    const { archive } = await unzipped(exportEverything(ada, WORDS));
    for (const path of archive.sizes.keys()) {
      expect(path).toMatch(
        /^(leeward\.json|(threads|pictures)\/[^/\\:*?"<>|\p{Cc}\u202e]+\.(json|md|jpg|webp|png))$/u,
      );
      expect(path).not.toMatch(/\.\.|\/\./);
    }
    archive.close();
  });

  test("comes piece by piece, and a file that is missing is left out", async () => {
    const { imageIds } = await aThread(ada, picture);
    await database().image.update({ where: { id: imageIds[0] ?? "" }, data: { blobKey: "0".repeat(40) } });
    const { archive } = await unzipped(exportEverything(ada, WORDS));
    expect([...archive.sizes.keys()].filter((path) => path.startsWith("pictures/"))).toHaveLength(1);
    archive.close();
  });
});

describe("GET /api/threads/:id/export", () => {
  test("gives its owner Markdown and JSON under the title, in the language of the person", async () => {
    const { threadId } = await aThread(ada, picture);
    await database().thread.update({ where: { id: threadId }, data: { title: 'Über "Boote"\r\nx: y' } });
    const markdown = await ask(`/api/threads/${threadId}/export?as=markdown`, ada, {
      "accept-language": "de",
    });
    expect(markdown.status).toBe(200);
    expect(markdown.headers.get("cache-control")).toBe("private, no-store");
    expect(markdown.headers.get("x-content-type-options")).toBe("nosniff");
    expect(markdown.headers.get("content-disposition")).toMatch(
      /^attachment; filename="_ber _Boote_ x_ y\.md"; filename\*=UTF-8''%C3%9Cber%20_Boote_%20x_%20y\.md$/,
    );
    const text = await markdown.text();
    expect(text).toContain("## Sie · ");
    expect(text).toContain("*Bild: SECRET-harbour.jpg*");

    const json = await ask(`/api/threads/${threadId}/export?as=json`, ada);
    expect(await json.json()).toMatchObject({
      format: "leeward-thread",
      id: threadId,
      messages: { length: 6 },
    });
    const zip = await ask(`/api/threads/${threadId}/export?as=files`, ada);
    expect(zip.headers.get("content-type")).toBe("application/zip");
    expect(
      Buffer.from(await zip.arrayBuffer())
        .subarray(0, 2)
        .toString(),
    ).toBe("PK");
  });

  test("is not found by anybody else, and asks the anonymous and the suspended to go", async () => {
    const { threadId } = await aThread(ada);
    const statusOf = async (who: Actor | null, as: string) =>
      (await ask(`/api/threads/${threadId}/export?as=${as}`, who)).status;
    for (const as of ["markdown", "json", "files"]) {
      expect(await statusOf(eve, as)).toBe(404);
      expect(await statusOf(null, as)).toBe(401);
    }
    expect(await statusOf(ada, "exe")).toBe(400);
    await database().user.update({ where: { id: ada.id }, data: { suspendedAt: new Date() } });
    expect(await statusOf(ada, "json")).toBe(403);
    expect((await ask("/api/export", ada)).status).toBe(403);
    expect((await ask("/api/export", null)).status).toBe(401);
  });

  test("a thread that is not there is not found", async () => {
    expect((await ask(`/api/threads/${randomUUID()}/export?as=json`, ada)).status).toBe(404);
  });
});

test("everything cannot be asked for all day", async () => {
  const answers: Response[] = [];
  for (let count = 0; count < 11; count++) {
    const answer = await ask("/api/export", ada);
    await answer.arrayBuffer();
    answers.push(answer);
  }
  expect(answers.map(({ status }) => status)).toEqual([...Array(10).fill(200), 429]);
  expect(Number(answers[10]?.headers.get("retry-after"))).toBeGreaterThan(0);
  // Another person's count is their own.
  expect((await ask("/api/export", eve)).status).toBe(200);
});
