import { mkdtempSync, readdirSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { deflateRawSync } from "node:zlib";
import { encode } from "next-auth/jwt";
import { beforeEach, describe, expect, test } from "vitest";
import * as piecesRoute from "@/app/api/imports/pieces/route";
import * as importRoute from "@/app/api/imports/route";
import { acceptDocument } from "@/lib/documents/commands";
import { exportEverything } from "@/lib/exports/archive";
import { unzipped } from "@/lib/exports/testing/unzipped";
import { exportThread } from "@/lib/exports/thread";
import { SESSION_COOKIE } from "@/lib/http/session-cookie";
import { listPictures } from "@/lib/images/list";
import { quarters } from "@/lib/images/testing/pictures";
import { archiveOf, type NewEntry } from "@/lib/platform/archive/writing";
import { database } from "@/lib/platform/database";
import { environment } from "@/lib/platform/environment";
import { createShare, updateShare } from "@/lib/shares/commands";
import { listShares } from "@/lib/shares/queries";
import { aShare, aThread } from "@/lib/shares/testing";
import { openShare } from "@/lib/shares/viewing";
import { aPerson } from "@/lib/testing/people";
import { listThreads, threadDetail } from "@/lib/threads/queries";
import { personSettings, setPersonSettings, setThreadSettings } from "@/lib/threads/set";
import type { Actor } from "@/lib/users/actor";
import { importFile, Unknown } from "./import";
import { countPiece, countThread, MOST_ELEMENTS } from "./limits";
import type { ImportLine } from "./report";

const picture = await quarters(80, 60).jpeg().toBuffer();
const WORDS = { untitled: "-", question: "You", answer: "AI", picture: "P", document: "D", tool: "T" };
const NOBODY = { actor: null, pass: null };

let ada: Actor;
let eve: Actor;
beforeEach(async () => {
  [ada, eve] = await Promise.all([aPerson(), aPerson()]);
});

const bring = (actor: Actor, file: string) => importFile(actor, file, () => {});

/** A file of these entries, or of one JSON. */
async function fileOf(entries: NewEntry[] | object): Promise<string> {
  const file = join(mkdtempSync(join(tmpdir(), "leeward-import-test-")), "file");
  if (!Array.isArray(entries)) writeFileSync(file, JSON.stringify(entries));
  else {
    const chunks: Buffer[] = [];
    for await (const chunk of archiveOf(
      (async function* () {
        yield* entries;
      })(),
    ))
      chunks.push(chunk);
    writeFileSync(file, Buffer.concat(chunks));
  }
  return file;
}

const json = (path: string, value: unknown): NewEntry => ({
  path,
  body: JSON.stringify(value),
  compress: true,
});

/** A thread as an export has it. */
const aFile = (messages: unknown[], more: object = {}) => ({
  format: "leeward-thread",
  version: 1,
  id: "t",
  title: "Boats",
  createdAt: "2025-01-02T03:04:05.000Z",
  lastActivityAt: "2025-02-02T03:04:05.000Z",
  settings: {},
  openMessageId: null,
  messages,
  ...more,
});
const said = (
  id: string,
  parentId: string | null,
  role: string,
  parts: unknown[] = [{ type: "text", text: id }],
) => ({
  id,
  parentId,
  role,
  status: "complete",
  createdAt: "2025-01-02T03:04:05.000Z",
  parts,
});

async function onlyThread(actor: Actor) {
  const { threads } = await listThreads(actor, {});
  expect(threads).toHaveLength(1);
  return threadDetail(actor, threads[0]?.id ?? "");
}

describe("what was exported here", () => {
  test("comes in again for somebody else, whole: branches, pictures, documents, settings", async () => {
    const { threadId, messageIds } = await aThread(ada, picture);
    const document = await acceptDocument(ada, { name: "notes.md", bytes: Buffer.from("# Notes\n\nahoy") });
    await setThreadSettings(ada, threadId, { instructions: "Be short." });
    await setPersonSettings(ada, { temperature: 0.3 });
    const first = await database().message.findUniqueOrThrow({ where: { id: messageIds[0] ?? "" } });
    const part = {
      type: "document",
      documentId: document.id,
      name: "notes.md",
      contentType: "text/plain",
      pages: 1,
      firstPage: 1,
      lastPage: 1,
      tokens: 4,
    };
    await database().message.update({
      where: { id: first.id },
      data: { parts: [...(first.parts as object[]), part] },
    });
    await database().messageDocument.create({
      data: { messageId: first.id, documentId: document.id, position: 0, context: "dropped" },
    });
    const { file } = await unzipped(exportEverything(ada, WORDS));

    const lines: ImportLine[] = [];
    const report = await importFile(eve, file, (line) => lines.push(line));
    expect(report).toMatchObject({
      counts: { threads: 1, messages: 6, pictures: 2, documents: 1, shares: 0 },
      settings: true,
      leftOutCount: 0,
      threads: [{ title: "Boats" }],
    });
    expect(lines.at(-1)).toMatchObject({ type: "progress" });
    const brought = await onlyThread(eve);
    const bare = async (actor: Actor, id: string) => {
      const { thread } = await exportThread(actor, id, { withFiles: false });
      const place = new Map(thread.messages.map(({ id, ordinal }) => [id, ordinal]));
      return {
        ...thread,
        id: "",
        openMessageId: null,
        // Behind the question at the end stands an answer to be had.
        messages: thread.messages.slice(0, 6).map((each) => ({
          ...each,
          id: "",
          parentId: place.get(each.parentId ?? ""),
        })),
      };
    };
    expect(await bare(eve, brought.id)).toEqual(await bare(ada, threadId));
    expect((await personSettings(eve)).person).toEqual({ temperature: 0.3 });
    expect((await listPictures(eve)).pictures).toHaveLength(2);
    // Nothing of the one who exported it is touched, or shared with the other.
    expect((await listThreads(ada, {})).threads).toHaveLength(1);
    const ids = new Set(messageIds);
    expect(brought.messages.some(({ id }) => ids.has(id))).toBe(false);
  });

  test("comes in beside what is there, as often as is wanted, and overwrites no settings", async () => {
    await aThread(ada, picture);
    await setPersonSettings(ada, { temperature: 0.3 });
    const { file } = await unzipped(exportEverything(ada, WORDS));
    await setPersonSettings(ada, { temperature: 1 });
    expect((await bring(ada, file)).settings).toBe(false);
    await bring(ada, file);
    expect((await listThreads(ada, {})).threads).toHaveLength(3);
    expect((await personSettings(ada)).person).toEqual({ temperature: 1 });
  });

  test("one thread's JSON comes in, its pictures named as missing", async () => {
    const { threadId } = await aThread(ada, picture);
    const { thread } = await exportThread(ada, threadId, { withFiles: false });
    const report = await bring(eve, await fileOf(thread));
    expect(report.counts).toMatchObject({ threads: 1, messages: 6, pictures: 0 });
    expect(report.leftOut).toEqual([
      { what: "picture", name: "SECRET-passport.jpg", reason: "missing" },
      { what: "picture", name: "SECRET-harbour.jpg", reason: "missing" },
    ]);
  });

  test("shares come in closed, and open under a new link when their owner makes them anew", async () => {
    const { threadId } = await aThread(ada, picture);
    const choices = { ...aShare(threadId).choices, pictures: ["1.1"] };
    const made = await createShare(ada, aShare(threadId, { password: "herring boat", choices }));
    const { file } = await unzipped(exportEverything(ada, WORDS));
    const report = await bring(eve, file);
    expect(report.counts.shares).toBe(1);
    const { shares } = await listShares(eve, {});
    const [share] = shares;
    expect(share).toMatchObject({
      title: "Two of five",
      live: false,
      views: 0,
      hasPassword: false,
      messages: 2,
    });
    expect(share?.path).not.toBe(made.path);
    const token = share?.path.replace("/s/", "") ?? "";
    await expect(openShare(token, NOBODY)).rejects.toMatchObject({ code: "not-found" });
    // The one it was exported from is as it was.
    expect((await listShares(ada, {})).shares).toMatchObject([
      { path: made.path, live: true, hasPassword: true },
    ]);

    const { choices: kept } = await (await import("@/lib/shares/queries")).shareDetail(eve, share?.id ?? "");
    await updateShare(eve, share?.id ?? "", {
      ...aShare(threadId),
      ...pick(share),
      choices: kept,
      password: null,
    } as never);
    const opened = await openShare(token, NOBODY);
    expect(opened).toMatchObject({ state: "open", share: { snapshot: { messages: { length: 2 } } } });
  });
});

const pick = (share: { title: string } | undefined) => ({ title: share?.title ?? "" });

/** 30 MB that take 760 MB when they are parsed. */
const manyLists = () => `{"chat_messages":[${`${"[".repeat(10)}${"]".repeat(10)},`.repeat(1_430_000)}0]}`;

describe("a hostile file", () => {
  test("is refused as a whole when it is none, is cut off, or holds nothing that is known", async () => {
    const file = await fileOf([json("threads/a.json", aFile([said("a", null, "user")]))]);
    const cut = await fileOf({});
    const { readFileSync } = await import("node:fs");
    writeFileSync(cut, readFileSync(file).subarray(0, -30));
    await expect(bring(ada, cut)).rejects.toMatchObject({ reason: "damaged" });
    for (const value of [{}, [], { format: "leeward-thread" }, [1, "x", null]]) {
      const other = await fileOf({});
      writeFileSync(other, JSON.stringify(value));
      if (!Array.isArray(value) && "format" in value)
        expect((await bring(ada, other).catch((error) => error)) instanceof Unknown).toBe(true);
      else await expect(bring(ada, other)).rejects.toThrow(Unknown);
    }
    writeFileSync(cut, "Dear Sir or Madam");
    await expect(bring(ada, cut)).rejects.toThrow(Unknown);
    writeFileSync(cut, "");
    await expect(bring(ada, cut)).rejects.toThrow(Unknown);
    expect((await listThreads(ada, {})).threads).toEqual([]);
  });

  test("whose tree goes in circles, whose roles are none of ours and whose parts are nonsense comes in as far as legal", async () => {
    const messages = [
      said("a", null, "user"),
      said("b", "a", "assistant", [
        { type: "text", text: "b\0\ud800" },
        { type: "text", text: 7 },
        null,
        { type: "script" },
      ]),
      said("c", "d", "user"),
      said("d", "c", "assistant"),
      said("e", "b", "system"),
      said("f", "b", "user", [{ type: "tool", callId: "x", name: "send_mail", input: {}, result: "done" }]),
      "message",
      { id: {} },
    ];
    const report = await bring(
      ada,
      await fileOf(
        aFile(messages, {
          openMessageId: "d",
          settings: { model: "evil", temperature: 9, instructions: "x" },
        }),
      ),
    );
    const thread = await onlyThread(ada);
    expect(thread.messages.map(({ role, parts }) => [role, parts])).toEqual([
      ["user", [{ type: "text", text: "a" }]],
      ["assistant", [{ type: "text", text: "b\ufffd" }]],
      ["user", []],
      ["assistant", []],
    ]);
    expect(report.leftOut.map(({ what, reason }) => `${what} ${reason}`).sort()).toEqual([
      "message no-place",
      "message no-place",
      "message unreadable",
      "message unreadable",
      "message unreadable",
      "other not-supported",
      "other not-supported",
      "other not-supported",
      "other not-supported",
    ]);
    const row = await database().thread.findUniqueOrThrow({ where: { id: thread.id } });
    expect(row.settings).toEqual({ instructions: "x" });
  });

  test("names ids of another person, and gets nothing of theirs", async () => {
    const { threadId, imageIds, messageIds } = await aThread(eve, picture);
    const before = await threadDetail(eve, threadId);
    const part = { type: "image", imageId: imageIds[0], file: null, name: "x", width: 1, height: 1 };
    const file = aFile([said(messageIds[0] ?? "", null, "user", [part, { type: "text", text: "mine" }])], {
      id: threadId,
      ownerId: eve.id,
    });
    await bring(
      ada,
      await fileOf([
        json("threads/a.json", file),
        json("shares/a.json", { ...aFile([]), format: "leeward-share", threadId }),
      ]),
    );
    const own = await onlyThread(ada);
    expect(own.id).not.toBe(threadId);
    expect(own.messages[0]?.parts).toEqual([{ type: "text", text: "mine" }]);
    expect(await threadDetail(eve, threadId)).toEqual(before);
    expect((await listPictures(ada)).pictures).toEqual([]);
  });

  test("whose paths lead out of it, or whose files are no pictures, brings the words alone", async () => {
    const parts = [
      { type: "image", file: "../../../etc/passwd", name: "a" },
      { type: "image", file: "/etc/passwd", name: "b" },
      { type: "image", file: "pictures/x.svg", name: "c" },
      { type: "document", file: "pictures/x.svg.exe", name: "d" },
      { type: "text", text: "words" },
    ];
    const report = await bring(
      ada,
      await fileOf([
        json("threads/a.json", aFile([said("a", null, "user", parts)])),
        { path: "pictures/x.svg", body: "<svg onload=alert(1)>", compress: false },
        { path: "pictures/x.svg.exe", body: Buffer.from([1, 0, 2, 0, 255]), compress: false },
      ]),
    );
    expect(report.leftOut).toEqual([
      { what: "picture", name: "a", reason: "missing" },
      { what: "picture", name: "b", reason: "missing" },
      { what: "picture", name: "c", reason: "refused" },
      { what: "document", name: "d", reason: "refused" },
    ]);
    expect((await onlyThread(ada)).messages[0]?.parts).toEqual([{ type: "text", text: "words" }]);
  });

  test("that unpacks to far more than it is brings no more than is legal", async () => {
    const bomb = Buffer.alloc(40 * 1024 * 1024, 32);
    expect(deflateRawSync(bomb).length).toBeLessThan(100_000);
    const report = await bring(
      ada,
      await fileOf([
        json(
          "threads/a.json",
          aFile([
            said("a", null, "user", [
              { type: "image", file: "pictures/b.png", name: "b" },
              { type: "text", text: "x" },
            ]),
          ]),
        ),
        { path: "threads/b.json", body: `{"format":"leeward-thread","x":"${bomb}"}`, compress: true },
        { path: "pictures/b.png", body: bomb, compress: true },
      ]),
    );
    expect(report.counts.threads).toBe(1);
    expect(report.leftOut.map(({ reason }) => reason).sort()).toEqual(["too-large", "too-large"]);
  });

  test("that is deep, long or many comes in cut", async () => {
    const deep = `${"[".repeat(200_000)}${"]".repeat(200_000)}`;
    const long = aFile([said("a", null, "user", [{ type: "text", text: "x".repeat(500_000) }])], {
      title: "y".repeat(5_000),
    });
    const many = Array.from({ length: 45 }, (_, index) => ({
      type: "image",
      file: `pictures/${index}.jpg`,
      name: "p",
    }));
    const report = await bring(
      ada,
      await fileOf([
        { path: "threads/a.json", body: deep, compress: true },
        json("threads/b.json", long),
        json("threads/c.json", aFile([said("a", null, "user", [...many, { type: "text", text: "x" }])])),
      ]),
    );
    expect(report.counts.threads).toBe(2);
    expect(report.leftOut.filter(({ reason }) => reason === "shortened")).toHaveLength(1);
    expect(report.threads.map(({ title }) => title.length).sort()).toEqual([120, 5]);
  });

  test("that is made to take minutes and gigabytes holds nobody up, and is given up", async () => {
    const length = 30_000_000;
    const hostile = [
      `{"chat_messages":[${"0,".repeat(length / 2)}0]}`,
      `{"chat_messages":[${"[".repeat(length / 2)}${"]".repeat(length / 2)}]}`,
      manyLists(),
    ];
    const lag = monitorEventLoopDelay({ resolution: 10 });
    const file = await fileOf([
      ...hostile.map((body, index) => ({ path: `threads/${index}.json`, body, compress: true })),
      json("threads/z.json", aFile([said("a", null, "user")])),
    ]);
    const before = process.memoryUsage().rss;
    lag.enable();
    const report = await bring(ada, file);
    lag.disable();
    // Each of them took a minute in the server before. What is left is a text of 30 MB that is put together and sent.
    expect(lag.max / 1e6).toBeLessThan(5_000);
    expect(process.memoryUsage().rss - before).toBeLessThan(600e6);
    expect(report.counts.threads).toBe(1);
    expect(report.leftOut.map(({ reason }) => reason)).toEqual(["unreadable", "too-large", "too-large"]);
  });

  test("of which three in a row cannot be read is not tried any further", async () => {
    const body = manyLists();
    const all = Array.from({ length: 4 }, (_, index) => ({
      path: `threads/${index}.json`,
      body,
      compress: true,
    }));
    const refused = await bring(ada, await fileOf(all)).catch((error) => error);
    expect(refused).toMatchObject({ reason: "inflated" });
  });

  test("whose keys are those of every object's prototype is data like any other", async () => {
    const node =
      '{"parent":null,"message":{"author":{"role":"user"},"content":{"content_type":"text","parts":["x"]}}}';
    const file = await fileOf({});
    writeFileSync(
      file,
      `{"title":"t","mapping":{"__proto__":${node},"constructor":${node},"toString":${node}}}`,
    );
    const report = await bring(ada, file);
    expect(report.counts.threads).toBe(1);
    expect(({} as Record<string, unknown>).parent).toBeUndefined();
  });

  test("that holds 50,000 things that are none is read to no end", async () => {
    const body = `[${"{},".repeat(50_000)}{}]`;
    const report = await bring(
      ada,
      await fileOf([
        { path: "threads/a.json", body, compress: true },
        {
          path: "leeward.json",
          body: JSON.stringify({ format: "leeward-export", person: { settings: { temperature: 0.5 } } }),
          compress: true,
        },
      ]),
    );
    expect(report.leftOutCount).toBe(MOST_ELEMENTS);
    expect(report.settings).toBe(true);
  });

  test("brings no more text in a day than a person can have written", async () => {
    const text = "x".repeat(400_000);
    const messages = Array.from({ length: 40 }, (_, index) =>
      said(`${index}`, null, "user", [{ type: "text", text }]),
    );
    await countThread(ada, 0, 995_000_000);
    const report = await bring(
      ada,
      await fileOf([
        json("threads/a.json", aFile([said("a", null, "user")], { title: "Small" })),
        json("threads/b.json", aFile(messages, { title: "Large" })),
      ]),
    );
    expect(report.threads).toMatchObject([{ title: "Small" }]);
    expect(report.leftOut).toEqual([{ what: "thread", name: "Large", reason: "enough" }]);
    // Nothing of it is left, in the bin neither.
    expect(await database().thread.count({ where: { ownerId: ada.id } })).toBe(1);
  });

  test("with more pictures than may wait unsent brings them all", async () => {
    const many = await Promise.all(
      Array.from({ length: 210 }, async (_, index) => ({
        path: `pictures/${index}.png`,
        body: await quarters(8 + (index % 15), 8 + Math.floor(index / 15))
          .png()
          .toBuffer(),
        compress: false,
      })),
    );
    const messages = many.map(({ path }, index) =>
      said(`${index}`, index === 0 ? null : `${index - 1}`, "user", [
        { type: "image", file: path, name: "p.png" },
      ]),
    );
    const report = await bring(ada, await fileOf([json("threads/a.json", aFile(messages)), ...many]));
    expect(report.counts.pictures).toBe(210);
    expect(report.leftOut).toEqual([]);
  });

  test("stops at what a person may keep", async () => {
    process.env.LEEWARD_STORAGE_PER_PERSON = "1000";
    try {
      const parts = [
        { type: "image", file: "pictures/a.jpg", name: "a" },
        { type: "text", text: "x" },
      ];
      const report = await bring(
        ada,
        await fileOf([
          json("threads/a.json", aFile([said("a", null, "user", parts)])),
          { path: "pictures/a.jpg", body: await quarters(900, 700).jpeg().toBuffer(), compress: false },
        ]),
      );
      expect(report.leftOut).toEqual([{ what: "picture", name: "a", reason: "full" }]);
      expect(report.counts.threads).toBe(1);
    } finally {
      delete process.env.LEEWARD_STORAGE_PER_PERSON;
    }
  });

  test("tells no time to come", async () => {
    await bring(
      ada,
      await fileOf(aFile([said("a", null, "user")], { lastActivityAt: "2999-01-01", createdAt: "never" })),
    );
    const thread = await onlyThread(ada);
    expect(new Date(thread.lastActivityAt).getTime()).toBeLessThanOrEqual(Date.now());
  });
});

describe("the routes", () => {
  async function post(
    route: typeof importRoute,
    who: Actor | null,
    body: BodyInit,
    type = "application/json",
  ) {
    const token =
      who && (await encode({ token: { sub: who.id, tokenVersion: 0 }, secret: environment().secret }));
    const headers = { "content-type": type, ...(token ? { cookie: `${SESSION_COOKIE}=${token}` } : {}) };
    const request = new Request("http://localhost/api/imports", { method: "POST", body, headers });
    return route.POST(request, { params: Promise.resolve({}) });
  }
  const piece = (who: Actor | null, bytes: Uint8Array<ArrayBuffer>) =>
    post(piecesRoute, who, bytes, "application/octet-stream");
  const begin = (who: Actor | null, pieces: string[]) => post(importRoute, who, JSON.stringify({ pieces }));

  test("take a file in pieces, bring it in, and forget the pieces", async () => {
    const text = new TextEncoder().encode(JSON.stringify(aFile([said("a", null, "user")])));
    const pieces: string[] = [];
    for (const part of [text.slice(0, 50), text.slice(50)]) {
      const answer = await piece(ada, part);
      expect(answer.status).toBe(201);
      pieces.push((await answer.json()).piece);
    }
    const answer = await begin(ada, pieces);
    expect(answer.headers.get("cache-control")).toContain("private, no-store");
    const lines = (await answer.text())
      .split("\n")
      .filter(Boolean)
      .map((line) => JSON.parse(line));
    expect(lines.at(-1)).toMatchObject({ type: "done", report: { counts: { threads: 1 } } });
    expect(
      await database().blobRemoval.count({
        where: { blobKey: { in: pieces.map((each) => each.split(".")[0] ?? "") } },
      }),
    ).toBe(0);
    expect((await begin(ada, pieces)).status).toBe(404);
  });

  test("take nobody else's piece, nor the key of a picture", async () => {
    const { imageIds } = await aThread(ada, picture);
    const { blobKey } = await database().image.findUniqueOrThrow({ where: { id: imageIds[0] ?? "" } });
    const mine = (await (await piece(ada, new TextEncoder().encode("[]"))).json()).piece;
    expect((await begin(eve, [mine])).status).toBe(404);
    expect((await begin(ada, [`${blobKey}.${mine.split(".")[1]}`])).status).toBe(404);
    expect((await begin(ada, ["x"])).status).toBe(400);
    expect((await begin(null, [mine])).status).toBe(401);
    expect((await piece(null, new TextEncoder().encode("[]"))).status).toBe(401);
    expect((await piece(ada, new Uint8Array())).status).toBe(400);
    await database().user.update({ where: { id: ada.id }, data: { suspendedAt: new Date() } });
    expect((await begin(ada, [mine])).status).toBe(403);
  });

  test("leave nothing in the folder for temporary files, of a process that died neither", async () => {
    const abandoned = mkdtempSync(join(tmpdir(), "leeward-import-"));
    writeFileSync(join(abandoned, "import"), "x");
    const recent = mkdtempSync(join(tmpdir(), "leeward-import-"));
    const twoHoursAgo = new Date(Date.now() - 2 * 3_600_000);
    utimesSync(abandoned, twoHoursAgo, twoHoursAgo);
    const text = new TextEncoder().encode(JSON.stringify(aFile([said("a", null, "user")])));
    const sent = (await (await piece(ada, text)).json()).piece;
    await (await begin(ada, [sent])).text();
    const left = readdirSync(tmpdir()).filter(
      (name) => name.startsWith("leeward-import-") && !/-test-/.test(name),
    );
    expect(left).not.toContain(basename(abandoned));
    expect(left).toContain(basename(recent));
  });

  test("keep no more pieces for a person than one large file has, until they are brought in", async () => {
    const text = new TextEncoder().encode(JSON.stringify(aFile([said("a", null, "user")])));
    const sent = (await (await piece(ada, text)).json()).piece;
    await countPiece(ada, 4_095e6);
    const refused = await piece(ada, text);
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(3_600);
    expect((await piece(eve, text)).status).toBe(201);
    await (await begin(ada, [sent])).text();
    expect((await piece(ada, text)).status).toBe(201);
  });

  test("stop for whoever is suspended meanwhile", async () => {
    const all = [aFile([said("a", null, "user")]), aFile([said("b", null, "user")])];
    const sent = (await (await piece(ada, new TextEncoder().encode(JSON.stringify(all)))).json()).piece;
    const answer = await begin(ada, [sent]);
    await database().user.update({ where: { id: ada.id }, data: { suspendedAt: new Date() } });
    const lines = (await answer.text()).trim().split("\n");
    expect(JSON.parse(lines.at(-1) ?? "")).toEqual({ type: "refused", reason: "failed" });
    expect(await database().thread.count({ where: { ownerId: ada.id } })).toBeLessThan(2);
  });

  test("say in a sentence's code what a file is not", async () => {
    const { piece: bad } = await (await piece(ada, new TextEncoder().encode("no JSON"))).json();
    const lines = await (await begin(ada, [bad])).text();
    expect(JSON.parse(lines.trim().split("\n").at(-1) ?? "")).toEqual({ type: "refused", reason: "unknown" });
  });
});
