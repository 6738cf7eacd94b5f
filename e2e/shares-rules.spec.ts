import { composer, makeThread } from "./support/chat";
import { expect, test, withModel } from "./support/fixtures";
import { newAccount } from "./support/person";
import { startServer } from "./support/server";
import { createLink, openShareDialog, share, stranger } from "./support/sharing";
import { anotherDevice } from "./support/sign-in";

test("the administrator's rules hold for links that there are, and for what can be chosen", async ({
  browser,
  emulator,
}) => {
  const server = await startServer(withModel(emulator.url));
  const [chief, ada] = [await newAccount(server.url, "Chief"), await newAccount(server.url)];
  const [admin, own] = [
    await anotherDevice(browser, server.url, chief),
    await anotherDevice(browser, server.url, ada),
  ];
  const threadId = await makeThread(own.request, "How deep? [[say:Eleven metres.]]");
  const { path } = await share(own.request, threadId);
  const visitor = await stranger(browser, server.url);
  const status = async () => (await visitor.request.get(path)).status();
  expect(await status()).toBe(200);

  const rules = await admin.newPage();
  await rules.goto("/admin/shares");
  const allowed = rules.getByRole("checkbox", { name: /^People may share/ });
  await allowed.uncheck();
  await expect.poll(status).toBe(404);
  const seen = rules.getByRole("list", { name: "All shared links" }).getByRole("listitem");
  await expect(seen).toContainText("ended");
  const page = await own.newPage();
  await page.goto("/shares");
  await expect(page.getByRole("listitem").filter({ hasText: "A shared talk" })).toContainText("ended");
  await allowed.check();
  await expect.poll(status).toBe(200);
  await expect(seen).toContainText(/until/);

  await rules.getByRole("checkbox", { name: "Only people with an account here can read them" }).check();
  await expect.poll(async () => (await visitor.request.get(path)).text()).not.toContain("Eleven metres.");
  await visitor.goto(path);
  await expect(visitor.getByRole("link", { name: "Sign in" })).toBeVisible();
  expect(await (await own.request.get(path)).text()).toContain("Eleven metres.");

  await rules.getByText("7 days", { exact: true }).click();
  await expect
    .poll(async () => (await (await own.request.get("/api/settings/sharing")).json()).longestDays)
    .toBe(7);
  await page.goto(`/t/${threadId}`);
  const dialog = await openShareDialog(page);
  await expect(dialog.getByRole("radio", { name: "A week" })).toBeAttached();
  for (const name of ["A month", "Without an end"])
    await expect(dialog.getByRole("radio", { name })).toHaveCount(0);
  const late = await own.request.post("/api/shares", {
    data: {
      id: crypto.randomUUID(),
      threadId,
      title: "For ever",
      choices: { messages: [1], pictures: [], redactions: [], name: false, dates: false },
      expiresAt: null,
      allowContinue: false,
      titleInPreview: false,
      password: null,
    },
  });
  expect(late.status()).toBe(400);
  await Promise.all([admin.close(), own.close(), visitor.context().close()]);
  await server.remove();
});

test("what was said later is under the link only when its owner updates it", async ({
  person: _,
  page,
  browser,
  server,
}) => {
  const threadId = await makeThread(page.request, "How deep? [[say:Eleven metres.]]");
  await page.goto(`/t/${threadId}`);
  const dialog = await openShareDialog(page);
  await dialog.getByRole("textbox", { name: "Title" }).fill("Depth");
  await dialog.getByText("Until…", { exact: true }).click();
  const day = new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10);
  await dialog.getByLabel("Last day").fill(day);
  const url = await createLink(page);
  const visitor = await stranger(browser, server.url);
  await visitor.goto(url);
  await expect(visitor.getByText("Eleven metres.", { exact: true })).toBeVisible();

  await page.goto(`/t/${threadId}`);
  await composer(page).fill("And at low water? [[say:Four.]]");
  await page.keyboard.press("Enter");
  await expect(page.getByText("Four.", { exact: true }).first()).toBeVisible();
  await visitor.reload();
  await expect(visitor.getByText("Eleven metres.", { exact: true })).toBeVisible();
  await expect(visitor.getByText("Four.", { exact: true })).toHaveCount(0);

  await page.goto("/shares");
  const row = page.getByRole("listitem").filter({ hasText: "Depth" });
  await row.getByRole("button", { name: "Update" }).click();
  const update = page.getByRole("dialog");
  await update.getByRole("button", { name: "All", exact: true }).click();
  await update.getByRole("button", { name: "Update" }).click();
  await expect(page.getByRole("heading", { name: "This is your link" })).toBeVisible();
  await visitor.goto(url);
  await expect(visitor.getByText("Four.", { exact: true })).toBeVisible();
  await visitor.context().close();
});

test("61 after an answer that was lost, the link holds what is chosen by then", async ({
  person: _,
  page,
  browser,
  server,
}) => {
  const threadId = await makeThread(page.request, "Write to ada@example.org [[say:Eleven metres.]]");
  await page.goto(`/t/${threadId}`);
  const dialog = await openShareDialog(page);
  await dialog.getByRole("textbox", { name: "Title" }).fill("Depth");
  // It reaches the server and makes the share; the way back is cut.
  await page.route(
    "**/api/shares",
    async (route) => {
      await route.fetch();
      await route.abort();
    },
    { times: 1 },
  );
  await dialog.getByRole("button", { name: "Create link" }).click();
  await expect(dialog.getByRole("alert")).toBeVisible();
  await dialog.getByRole("button", { name: "Black out all" }).click();
  await dialog.getByRole("checkbox", { name: /^2, AI/ }).uncheck();
  await dialog.getByRole("checkbox", { name: "Ask for a password" }).check();
  await dialog.getByRole("textbox", { name: "Password for readers" }).fill("herring boat");
  const url = await createLink(page);

  const visitor = await stranger(browser, server.url);
  await visitor.goto(url);
  await visitor.getByRole("textbox", { name: "Password" }).fill("herring boat");
  await visitor.getByRole("button", { name: "Open" }).click();
  await expect(visitor.getByText("Write to █████")).toBeVisible();
  expect(await visitor.content()).not.toContain("ada@example");
  await expect(visitor.getByText("Eleven metres.", { exact: true })).toHaveCount(0);
  const { shares } = await (await page.request.get("/api/shares")).json();
  expect(shares).toHaveLength(1);
  await visitor.context().close();
});

test("a link ends on the day that its owner's calendar has, and an update makes it no longer", async ({
  browser,
  server,
}) => {
  const ada = await newAccount(server.url);
  const own = await anotherDevice(browser, server.url, ada, {
    locale: "en-GB",
    timezoneId: "Pacific/Kiritimati",
  });
  const threadId = await makeThread(own.request, "How deep? [[say:Eleven metres.]]");
  // Noon in London is two at night there, on the day after.
  const noon = new Date(Date.now() + 5 * 86_400_000);
  noon.setUTCHours(12, 0, 0, 0);
  const end = noon.toISOString();
  await share(own.request, threadId, { title: "Depth", expiresAt: end });
  const dayAfter = new Intl.DateTimeFormat("en", { dateStyle: "medium", timeZone: "Pacific/Kiritimati" });
  const page = await own.newPage();
  const wrong: string[] = [];
  page.on("console", (message) => message.type() === "error" && wrong.push(message.text()));
  await page.goto("/shares");
  const row = page.getByRole("listitem").filter({ hasText: "Depth" });
  await expect(row).toContainText(`until ${dayAfter.format(noon)}`);
  await row.getByRole("button", { name: "Update" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByLabel("Last day")).toHaveValue(
    new Date(noon.getTime() + 14 * 3_600_000).toISOString().slice(0, 10),
  );
  await dialog.getByRole("button", { name: "Update" }).click();
  await expect(page.getByRole("heading", { name: "This is your link" })).toBeVisible();
  const { shares } = await (await own.request.get("/api/shares")).json();
  expect(shares).toMatchObject([{ title: "Depth", expiresAt: end }]);
  expect(wrong).toEqual([]);
  await own.close();
});
