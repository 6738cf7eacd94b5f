import { type APIRequestContext, request } from "@playwright/test";
import { savedThread, sendQuestion } from "./support/chat";
import { test as base, expect } from "./support/fixtures";
import { SESSION_COOKIE } from "./support/person";
import { photo } from "./support/pictures";
import { type SharedCache, sharedCache } from "./support/shared-cache";
import { share, uploaded } from "./support/sharing";

// Threat 12: everybody reaches the server through one eager cache.

const test = base.extend<{ cache: SharedCache; stranger: APIRequestContext }>({
  cache: async ({ server }, use) => {
    const cache = await sharedCache(server.url);
    await use(cache);
    await cache.close();
  },
  stranger: async ({ cache }, use) => {
    const stranger = await request.newContext({ baseURL: cache.url });
    await use(stranger);
    await stranger.dispose();
  },
});

/** A conversation with a picture. */
async function conversation(owner: APIRequestContext): Promise<{ threadId: string; imageId: string }> {
  const imageId = await uploaded(owner, await photo("boat.jpg", 320, 240));
  const threadId = crypto.randomUUID();
  await sendQuestion(owner, "SECRET question [[say:SECRET answer]]", threadId, [imageId]);
  await expect.poll(async () => (await savedThread(owner, threadId)).running).toBe(false);
  return { threadId, imageId };
}

test("threat 12: what was shared is gone behind a cache, too, once it is revoked", async ({
  person: _,
  page,
  cache,
  stranger,
}) => {
  const { threadId } = await conversation(page.request);
  const choices = { messages: [1, 2], pictures: ["1.0"], redactions: [], name: false, dates: false };
  const { path, id } = await share(page.request, threadId, { choices });
  const html = await (await stranger.get(path)).text();
  expect(html).toContain("SECRET answer");
  const image = `${path}/images/${/\/images\/([\w-]{36})/.exec(html)?.[1]}`;
  expect((await stranger.get(image)).status()).toBe(200);
  // The cache is one: the page's own files come from it at the second time.
  const file = /\/_next\/static\/[^"]+\.woff2/.exec(html)?.[0] ?? "";
  await stranger.get(file);
  expect((await stranger.get(file)).status()).toBe(200);
  expect(cache.hits).toEqual([file]);

  expect((await page.request.delete(`/api/shares/${id}`)).status()).toBeLessThan(300);
  for (const address of [path, image]) {
    const answer = await stranger.get(address);
    expect(answer.status()).toBe(404);
    expect(await answer.text()).not.toContain("SECRET");
  }
  expect(cache.hits).toEqual([file]);
});

test("threat 12: a password that was given opens the page for nobody else", async ({
  person: _,
  page,
  cache,
  stranger,
}) => {
  const { threadId } = await conversation(page.request);
  const { path } = await share(page.request, threadId, { password: "herring boat" });
  const friend = await request.newContext({ baseURL: cache.url });
  await friend.post(`/api${path}/access`, { form: { password: "herring boat" } });
  expect(await (await friend.get(path)).text()).toContain("SECRET answer");
  expect(await (await stranger.get(path)).text()).not.toContain("SECRET");
  expect(cache.hits).toEqual([]);
  await friend.dispose();
});

test("threat 12: nobody gets another's pages, nor what another asked for in another form", async ({
  person,
  page,
  cache,
  stranger,
}) => {
  const { threadId, imageId } = await conversation(page.request);
  const owner = await request.newContext({
    baseURL: cache.url,
    extraHTTPHeaders: { cookie: `${SESSION_COOKIE}=${person.session}` },
  });
  const personal = [
    "/",
    `/t/${threadId}`,
    "/shares",
    "/pictures",
    "/api/threads",
    `/api/threads/${threadId}`,
    `/api/images/${imageId}`,
    "/api/auth/session",
  ];
  const forms: Record<string, string>[] = [{ rsc: "1" }, { rsc: "1", "next-router-prefetch": "1" }];
  for (const address of personal) {
    for (const headers of forms) await owner.get(address, { headers, maxRedirects: 0 });
    expect((await owner.get(address, { maxRedirects: 0 })).status()).toBe(200);
  }
  const before = cache.hits.length;
  for (const address of personal) {
    const answer = await stranger.get(address, { maxRedirects: 0 });
    expect(await answer.text()).not.toMatch(new RegExp(`SECRET|${person.email}|${person.name}`));
    expect(`${address} ${answer.status()}`).toMatch(/ (307|401|404)$|^\/api\/auth\/session 200$/);
  }
  expect(cache.hits.slice(before)).toEqual([]);
  await owner.dispose();
});

test("threat 12: a redirect or a page that somebody bent stays theirs", async ({ cache, stranger }) => {
  const bent: Record<string, string>[] = [
    { "x-forwarded-host": "evil.example", "x-forwarded-proto": "https" },
    { "x-nextjs-data": "1" },
    { rsc: "1" },
    { "x-middleware-prefetch": "1", purpose: "prefetch" },
    { "x-matched-path": "/admin/shares", "x-invoke-path": "/admin/shares" },
  ];
  for (const address of ["/", "/shares", "/sign-in", "/register", "/s/nothing", "/nothing"]) {
    const straight = await stranger.get(`${address}?straight`, { maxRedirects: 0 });
    for (const headers of bent) await stranger.get(address, { headers, maxRedirects: 0 });
    const answer = await stranger.get(address, { maxRedirects: 0 });
    const { location = "", "content-type": type } = answer.headers();
    expect([address, answer.status(), type]).toEqual([
      address,
      straight.status(),
      straight.headers()["content-type"],
    ]);
    expect(location + (await answer.text())).not.toContain("evil.example");
  }
  expect(cache.hits).toEqual([]);
});
