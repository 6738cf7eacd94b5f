import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type APIRequestContext, request } from "@playwright/test";
import { aPdf } from "../lib/documents/testing/files";
import { expect, test } from "./support/fixtures";
import { type Account, newAccount, SESSION_COOKIE } from "./support/person";
import { suspend } from "./support/suspend";

// Threats 1 to 3, 8, 9: every route x verb x identity. The routes are read from the tree, so a new one that is
// not in EXPECTED, and a new page that is not in PAGES, fails here until somebody has said who may do what.

const API = join(import.meta.dirname, "../app/api");
const ROOT = join(import.meta.dirname, "..");
const VERBS = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;
type Verb = (typeof VERBS)[number];
type Identity = "owner" | "other" | "anonymous" | "suspended";

interface Expectation {
  /** Status for each identity; for the owner of what the path names. */
  status: Record<Identity, number>;
  body?: (made: Made) => object | Buffer;
  headers?: Record<string, string>;
  /** What follows the path, from the question mark on. */
  query?: (made: Made) => string;
  /** Answers without end: only the status is looked at. */
  stream?: boolean;
}

/** What the owner has: the ids that the paths are filled with. */
interface Made {
  threadId: string;
  messageId: string;
  answerId: string;
  generationId: string;
  imageId: string;
  documentId: string;
  shareId: string;
  shareToken: string;
  /** The share's own copy of the picture. */
  sharedImageId: string;
}

const people = (owner: number, other: number): Record<Identity, number> => {
  return { owner, other, anonymous: 401, suspended: 403 };
};
const own = (status: number) => people(status, 404);
const everyone = (status: number): Record<Identity, number> => {
  return { owner: status, other: status, anonymous: status, suspended: status };
};
const uuid = () => crypto.randomUUID();
const question = { answerId: uuid(), generationId: uuid() };
const queued = { answerId: uuid(), generationId: uuid() };

const sharing = {
  title: "Shared",
  choices: { messages: [1, 2], pictures: [], redactions: [], name: false, dates: false },
  expiresAt: new Date(Date.now() + 86_400_000).toISOString(),
  allowContinue: true,
  titleInPreview: false,
};

const EXPECTED: Record<string, Expectation> = {
  // Nobody's password; accounts.spec.ts deletes one.
  "DELETE /api/account": { status: people(401, 401), body: () => ({ password: "not this one" }) },
  "POST /api/documents": {
    status: people(400, 400),
    body: () => Buffer.from([1, 0, 2, 0]),
    headers: { "content-type": "text/plain", "x-file-name": "x.txt" },
  },
  "GET /api/documents/[id]": { status: own(200) },
  "GET /api/documents/[id]/pages/[page]": { status: own(200) },
  "POST /api/documents/[id]/page-images": { status: own(200), body: () => ({ firstPage: 1, lastPage: 1 }) },
  // Sent already, as the picture below.
  "DELETE /api/documents/[id]": { status: own(409) },
  "GET /api/events": { status: people(200, 200), stream: true },
  "GET /api/export": { status: people(200, 200) },
  "GET /api/generations/[id]": { status: own(200) },
  "DELETE /api/generations/[id]": { status: own(204) },
  "GET /api/generations/[id]/events": { status: own(200), stream: true },
  "POST /api/images": {
    status: people(400, 400),
    body: () => Buffer.from("no picture"),
    headers: { "content-type": "image/png", "x-file-name": "x.png" },
  },
  "POST /api/images/url": { status: people(400, 400), body: () => ({ url: "http://127.0.0.1/a.png" }) },
  "GET /api/images/[id]": { status: own(200) },
  "GET /api/images/[id]/details": { status: own(200) },
  "GET /api/images": { status: people(200, 200) },
  "GET /api/images/[id]/thumbnail": { status: own(200) },
  "PUT /api/images/[id]/caption": { status: own(200), body: () => ({ caption: "A dot" }) },
  "POST /api/images/[id]/description": { status: own(200), body: () => ({ language: "en" }) },
  "PUT /api/messages/[id]/images/[imageId]": {
    status: own(200),
    body: () => ({ context: "dropped", language: "en" }),
  },
  "PUT /api/messages/[id]/documents/[documentId]": {
    status: own(200),
    body: () => ({ context: "dropped" }),
  },
  // Sent already, so that its owner may not take it away either; another does not learn that it exists.
  "DELETE /api/images/[id]": { status: own(409) },
  // Pieces of nobody's; imports.db.test.ts and imports.spec.ts bring some.
  "POST /api/imports": {
    status: people(404, 404),
    body: () => ({ pieces: [`${"0".repeat(40)}.${"x".repeat(43)}`] }),
  },
  "POST /api/imports/pieces": {
    status: people(201, 201),
    body: () => Buffer.from("[]"),
    headers: { "content-type": "application/octet-stream" },
  },
  "GET /api/threads": { status: people(200, 200) },
  "GET /api/threads/[id]": { status: own(200) },
  "PATCH /api/threads/[id]": { status: own(200), body: () => ({ title: "Renamed" }) },
  "GET /api/threads/[id]/export": { status: own(200), query: () => "?as=files" },
  "GET /api/threads/[id]/messages": { status: own(200), query: ({ messageId }) => `?ids=${messageId}` },
  "POST /api/threads/[id]/messages": {
    status: own(202),
    body: ({ answerId }) => ({
      ...question,
      messageId: uuid(),
      parentId: answerId,
      text: "[[say:ok]]",
      imageIds: [],
    }),
  },
  "POST /api/threads/[id]/generations": {
    status: own(202),
    body: ({ messageId }) => ({ answerId: uuid(), generationId: uuid(), parentId: messageId }),
  },
  "PUT /api/threads/[id]/head": { status: own(200), body: ({ answerId }) => ({ messageId: answerId }) },
  "POST /api/threads/[id]/queue": {
    status: own(202),
    body: () => ({ ...queued, messageId: uuid(), text: "[[say:ok]]", imageIds: [] }),
  },
  "PUT /api/threads/[id]/queue": { status: own(200), body: () => ({ messageIds: [] }) },
  // Sent at once, because nothing was being written: so it waits no more.
  "PUT /api/threads/[id]/queue/[messageId]": {
    status: own(404),
    body: () => ({ text: "changed", imageIds: [] }),
  },
  "DELETE /api/threads/[id]/queue/[messageId]": { status: own(404) },
  "POST /api/threads/[id]/queue/next": { status: own(204) },
  "POST /api/threads/[id]/forks": {
    status: own(200),
    body: ({ messageId }) => ({ messageId, threadId: uuid() }),
  },
  "GET /api/threads/[id]/settings": { status: own(200) },
  "PUT /api/threads/[id]/settings": { status: own(200), body: () => ({ temperature: 0.2 }) },
  "GET /api/threads/[id]/context": { status: own(200), query: ({ answerId }) => `?head=${answerId}` },
  "GET /api/settings": { status: people(200, 200) },
  // An administrator's, whom settings.spec.ts plays.
  "PUT /api/settings/answers": { status: people(404, 404), body: () => ({ temperature: 0.2 }) },
  "PUT /api/settings": { status: people(200, 200), body: () => ({ longestAnswer: 500 }) },
  // A form is asked for; temporary.spec.ts sends one.
  "POST /api/temporary-answers": { status: people(400, 400), body: () => ({}) },
  "GET /api/shares": { status: people(200, 200) },
  "POST /api/shares": {
    status: people(201, 404),
    body: ({ threadId }) => ({ ...sharing, id: uuid(), threadId, password: null }),
  },
  "GET /api/shares/[id]": { status: own(200) },
  "PUT /api/shares/[id]": { status: own(200), body: () => sharing },
  // Whoever has the link, but not the suspended or the anonymous, who have no threads of their own.
  "POST /api/s/[shareToken]/threads": { status: people(201, 201), body: () => ({ threadId: uuid() }) },
  // A share without a password has no form.
  "POST /api/s/[shareToken]/access": { status: everyone(400), body: () => ({}) },
  // The administrator's, whom shares.spec.ts plays: the owner is none here.
  "GET /api/admin/shares": { status: people(404, 404) },
  "DELETE /api/admin/shares/[id]": { status: people(404, 404) },
  "GET /api/settings/sharing": { status: people(200, 200) },
  "PUT /api/settings/sharing": {
    status: people(404, 404),
    body: () => ({ allowed: false, longestDays: 1, signedInOnly: true }),
  },
  "DELETE /api/shares/[id]": { status: own(204) },
  "GET /api/usage/today": { status: people(200, 200) },
  "POST /api/users": { status: everyone(400), body: () => ({}) },
  "DELETE /api/threads/[id]/messages/[messageId]": {
    status: own(200),
    query: () => "?following=joined",
  },
  // The last two end what the others need.
  "DELETE /api/threads/[id]": { status: own(204) },
  "DELETE /api/sessions": { status: people(204, 204) },
};

/** Signed out, and suspended, one is sent to where one signs in. */
const signedIn = (owner: number, other: number): Record<Identity, number> => {
  return { owner, other, anonymous: 307, suspended: 307 };
};
/** Whose page it is sees it, and to all others it is not there. */
const ownPage: Record<Identity, number> = { owner: 200, other: 404, anonymous: 404, suspended: 404 };

const PAGES: Record<string, { status: Record<Identity, number>; query?: string }> = {
  "/": { status: signedIn(200, 200) },
  "/admin/shares": { status: signedIn(404, 404) },
  "/continue/[shareToken]": { status: signedIn(200, 200) },
  "/pictures": { status: signedIn(200, 200) },
  "/shares": { status: signedIn(200, 200) },
  "/t/[id]": { status: signedIn(200, 404) },
  "/temporary": { status: signedIn(200, 200) },
  "/your-data": { status: signedIn(200, 200) },
  // Whoever is signed in goes home from there.
  "/register": { status: { owner: 307, other: 307, anonymous: 200, suspended: 200 } },
  "/sign-in": { status: { owner: 307, other: 307, anonymous: 200, suspended: 200 } },
  "/share-target": { status: everyone(307) },
  "/print/[threadId]": { status: ownPage },
  "/share-preview/[threadId]": { status: ownPage, query: "?title=x&messages=1" },
  "/s/[shareToken]": { status: everyone(200) },
  "/s/[shareToken]/images/[imageId]": { status: everyone(200) },
};

/** What a visitor of a page may find in it of the owner's thread. */
const TELLING = /\[\[say:yes\]\]|dot\.png/;

/** Served past Next, by lib/http/events.ts. */
const STREAMS = ["GET /api/events", "GET /api/generations/[id]/events"];

/** next-auth's own, tried in accounts.spec.ts. */
const NOT_OURS = new Set(["/api/auth/[...nextauth]"]);

function routes(): string[] {
  const files = readdirSync(API, { recursive: true, encoding: "utf8" }).filter((file) =>
    /(^|\/)route\.ts$/.test(file),
  );
  const inTree = files.flatMap((file) => {
    const path = `/api/${file.replace(/\/?route\.ts$/, "")}`;
    const source = readFileSync(join(API, file), "utf8");
    if (NOT_OURS.has(path)) return [];
    return VERBS.filter((verb) =>
      new RegExp(`export (const|async function|function) ${verb}\\b`).test(source),
    ).map((verb) => `${verb} ${path}`);
  });
  return [...inTree, ...STREAMS];
}

function pages(): string[] {
  const filesIn = (folder: string) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" }).map((file) =>
      file.replace(/\([\w-]+\)\//g, ""),
    );
  const inApp = filesIn("app")
    .filter((file) => /(^|\/)page\.tsx$|^s\/.*route\.ts$/.test(file))
    .map((file) => `/${file.replace(/\/?(page\.tsx|route\.ts)$/, "")}`);
  const withoutReact = filesIn("pages").filter((file) => /^[^_].*\.tsx$/.test(file));
  return [...inApp, ...withoutReact.map((file) => `/${file.replace(/\.tsx$/, "")}`)];
}

test("every route and verb has its expectation, and none is left over", () => {
  expect(routes().sort()).toEqual(Object.keys(EXPECTED).sort());
  expect(pages().sort()).toEqual(Object.keys(PAGES).sort());
});

test.describe("access", () => {
  test.describe.configure({ mode: "serial" });
  let made: Made;
  const headers: Record<Identity, Record<string, string>> = {
    owner: {},
    other: {},
    anonymous: {},
    suspended: {},
  };
  const contexts = {} as Record<Identity, APIRequestContext>;

  test.beforeAll(async ({ server }) => {
    // The first account administers, and may be none of these.
    await newAccount(server.url);
    const [owner, other, suspended] = await Promise.all([1, 2, 3].map(() => newAccount(server.url)));
    const headersOf = (account?: Account): Record<string, string> =>
      account ? { cookie: `${SESSION_COOKIE}=${account.session}` } : {};
    Object.assign(headers, {
      owner: headersOf(owner),
      other: headersOf(other),
      suspended: headersOf(suspended),
    });
    for (const identity of Object.keys(headers) as Identity[]) {
      contexts[identity] = await request.newContext({
        baseURL: server.url,
        extraHTTPHeaders: headers[identity],
      });
    }
    made = await makeThread(contexts.owner);
    if (suspended) suspend(server.data, suspended.id);
  });

  test.afterAll(async () => {
    await Promise.all(Object.values(contexts).map((context) => context.dispose()));
  });

  for (const [template, { status, query = "" }] of Object.entries(PAGES)) {
    for (const identity of ["anonymous", "suspended", "other", "owner"] as const) {
      test(`the page ${template} as ${identity}: ${status[identity]}`, async ({ server }) => {
        const url = server.url + fill(template, made) + query;
        const answer = await contexts[identity].get(url, { maxRedirects: 0 });
        expect(answer.status()).toBe(status[identity]);
        expect(answer.headers()["cache-control"]).toMatch(/no-store/);
        if (identity === "owner" || template.startsWith("/s/")) return;
        expect(await answer.text()).not.toMatch(TELLING);
      });
    }
  }

  for (const [route, expectation] of Object.entries(EXPECTED)) {
    // The owner last: what the owner may do can change what is there.
    for (const identity of ["anonymous", "suspended", "other", "owner"] as const) {
      const status = expectation.status[identity];
      test(`${route} as ${identity}: ${status}`, async ({ server }) => {
        const [verb = "GET", template = ""] = route.split(" ");
        const url = server.url + fill(template, made) + (expectation.query?.(made) ?? "");
        const answer = expectation.stream
          ? await headOf(url, headers[identity])
          : await contexts[identity].fetch(url, {
              method: verb as Verb,
              headers: expectation.headers,
              ...(expectation.body ? { data: expectation.body(made) } : {}),
            });
        expect(answer.status()).toBe(status);
        expect(answer.headers()["cache-control"]).toMatch(/private, no-store/);
      });
    }
  }
});

function fill(template: string, made: Made): string {
  const id = template.startsWith("/api/images")
    ? made.imageId
    : template.startsWith("/api/generations")
      ? made.generationId
      : template.startsWith("/api/documents")
        ? made.documentId
        : /^\/api\/(admin\/)?shares/.test(template)
          ? made.shareId
          : template.startsWith("/api/messages")
            ? made.messageId
            : made.threadId;
  return template
    .replace("[id]", id)
    .replace("[messageId]", made.messageId)
    .replace("[threadId]", made.threadId)
    .replace("[imageId]", template.startsWith("/s/") ? made.sharedImageId : made.imageId)
    .replace("[documentId]", made.documentId)
    .replace("[shareToken]", made.shareToken)
    .replace("[page]", "1");
}

async function makeThread(owner: APIRequestContext): Promise<Made> {
  const sample = readFileSync(join(import.meta.dirname, "support/dot.png"));
  const upload = await owner.post("/api/images", {
    data: sample,
    headers: { "content-type": "image/png", "x-file-name": "dot.png" },
  });
  const { id: imageId } = await upload.json();
  const document = await owner.post("/api/documents", {
    data: Buffer.from(await aPdf(["One page"])),
    headers: { "content-type": "application/pdf", "x-file-name": "page.pdf" },
  });
  const { id: documentId } = await document.json();
  const minted = { threadId: uuid(), messageId: uuid(), answerId: uuid(), generationId: uuid() };
  const { threadId, ...ids } = minted;
  const sent = await owner.post(`/api/threads/${threadId}/messages`, {
    data: {
      messageId: ids.messageId,
      answerId: ids.answerId,
      generationId: ids.generationId,
      parentId: null,
      text: "[[say:yes]]",
      imageIds: [imageId],
      documents: [{ documentId, firstPage: 1, lastPage: 1 }],
    },
  });
  expect(sent.status()).toBe(202);
  await expect
    .poll(async () => (await (await owner.get(`/api/threads/${threadId}`)).json()).running)
    .toBe(false);
  const choices = { ...sharing.choices, pictures: ["1.0"] };
  const shared = await owner.post("/api/shares", {
    data: { ...sharing, choices, id: uuid(), threadId, password: null },
  });
  const { id: shareId, path } = await shared.json();
  const shareToken = path.replace("/s/", "");
  const [, sharedImageId = ""] = /\/images\/([\w-]{36})/.exec(await (await owner.get(path)).text()) ?? [];
  return { ...minted, imageId, documentId, shareId, shareToken, sharedImageId };
}

/** Reads a stream's head and lets it go. */
async function headOf(url: string, headers: Record<string, string>) {
  const abort = new AbortController();
  const response = await fetch(url, { headers, signal: abort.signal });
  abort.abort();
  return { status: () => response.status, headers: () => Object.fromEntries(response.headers) };
}
