import { readFileSync } from "node:fs";
import { expectAccessible } from "./support/axe";
import { open, savedThread, sendQuestion, threadLinks } from "./support/chat";
import { expect, test } from "./support/fixtures";
import { photo } from "./support/pictures";
import { uploaded } from "./support/sharing";
import { chooseInAccountMenu } from "./support/sign-in";

// A person takes along what is theirs.

test("a conversation is exported as Markdown, as JSON, as a ZIP and as a page to print", async ({
  person,
  watched: page,
}) => {
  const imageId = await uploaded(page.request, await photo("harbour.jpg", 320, 240));
  const threadId = crypto.randomUUID();
  await sendQuestion(page.request, "Look [[say:A **boat**, and $x^2$.]]", threadId, [imageId]);
  await expect.poll(async () => (await savedThread(page.request, threadId)).running).toBe(false);
  await open(page, `/t/${threadId}`);
  const dialog = page.getByRole("dialog", { name: "Export this conversation" });
  const openDialog = async () => {
    await page
      .getByRole("button", { name: /^Options for/ })
      .first()
      .click();
    await page.getByRole("menuitem", { name: "Export…" }).click();
    await expect(dialog).toBeVisible();
  };
  const saved = async (press: string | RegExp): Promise<{ name: string; bytes: Buffer }> => {
    await openDialog();
    const download = page.waitForEvent("download");
    await dialog.getByText(press, { exact: true }).click();
    const file = await download;
    await expect(dialog).toBeHidden();
    return { name: file.suggestedFilename(), bytes: readFileSync(await file.path()) };
  };

  await openDialog();
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  const markdown = await saved("Markdown");
  expect(markdown.name).toMatch(/\.md$/);
  expect(markdown.bytes.toString()).toContain("A **boat**, and $x^2$.");
  expect(markdown.bytes.toString()).toContain("*Picture: harbour.jpg*");
  const json = JSON.parse((await saved("JSON")).bytes.toString());
  expect(json).toMatchObject({ format: "leeward-thread", version: 1, id: threadId });
  expect((await saved("ZIP with pictures and documents")).bytes.subarray(0, 2).toString()).toBe("PK");

  await openDialog();
  const opening = page.context().waitForEvent("page");
  await dialog.getByRole("link", { name: /^Page to print/ }).click();
  const printed = await opening;
  await expect(printed.getByText("boat", { exact: true })).toBeVisible();
  await expect(printed.getByRole("heading", { name: person.name })).toBeVisible();
  await expect(printed.getByRole("img").first()).toHaveJSProperty("naturalWidth", 320);
  await expect(printed.getByText("Shared by")).toBeHidden();
  await expectAccessible(printed);
});

test("everything is downloaded from the account's menu, and nobody else prints it", async ({
  person: _,
  watched: page,
  browser,
  server,
}) => {
  const threadId = crypto.randomUUID();
  await sendQuestion(page.request, "Hello [[say:ahoy]]", threadId);
  await open(page, `/t/${threadId}`);
  await expect(threadLinks(page)).toHaveCount(1);
  await chooseInAccountMenu(page, "Your data");
  await expect(page.getByRole("heading", { name: "Your data" })).toBeVisible();
  await expectAccessible(page);
  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "Download everything" }).click();
  const file = await download;
  expect(file.suggestedFilename()).toMatch(/^leeward-\d{4}-\d\d-\d\d\.zip$/);
  expect(
    readFileSync(await file.path())
      .subarray(0, 2)
      .toString(),
  ).toBe("PK");

  const stranger = await (await browser.newContext({ baseURL: server.url })).newPage();
  const answer = await stranger.goto(`/print/${threadId}`);
  expect(answer?.status()).toBe(404);
  expect(await answer?.headerValue("cache-control")).toBe("private, no-store");
  await expect(stranger.getByText("ahoy")).toBeHidden();
});
