import { readdirSync, statSync, writeFileSync } from "node:fs";
import { get } from "node:http";
import { join } from "node:path";
import type { Locator } from "@playwright/test";
import { answers, button, makeThread, savedAnswer, savedThread, sendQuestion } from "./support/chat";
import { expect, test } from "./support/fixtures";
import { photo } from "./support/pictures";
import { createLink, dialog, openShareDialog, share, stranger, uploaded } from "./support/sharing";

const preview = (from: Locator) =>
  from.frameLocator('iframe[title="Preview: what others will see"]:not([aria-hidden])');

test("one message is shared from its own menu, with a name and a password", async ({
  person,
  watched: page,
  browser,
  server,
}) => {
  const threadId = await makeThread(page.request, "How deep? [[say:Eleven metres.]]");
  await page.goto(`/t/${threadId}`);
  await button(answers(page).last(), "More for this message").click();
  await page.getByRole("menuitem", { name: "Share from here…" }).click();
  const share = dialog(page);
  await expect(share.getByRole("checkbox", { name: /^1, You/ })).not.toBeChecked();
  await expect(share.getByRole("checkbox", { name: /^2, AI/ })).toBeChecked();
  await share.getByRole("button", { name: "All", exact: true }).click();
  await expect(share.getByText("Messages: 2 of 2")).toBeVisible();
  await expect(preview(share).getByText("How deep?")).toBeVisible();
  await share.getByRole("button", { name: "Only this one" }).click();
  await expect(share.getByText("Messages: 1 of 2")).toBeVisible();
  await share.getByRole("textbox", { name: "Title" }).fill("Depth");
  await share.getByRole("checkbox", { name: "My name" }).check();
  await expect(preview(share).getByText(`Shared by ${person.name}.`)).toBeVisible();
  await expect(preview(share).getByText("How deep?")).toHaveCount(0);
  await share.getByRole("checkbox", { name: "Ask for a password" }).check();
  await expect(share.getByRole("button", { name: "Create link" })).toBeDisabled();
  await share.getByRole("textbox", { name: "Password for readers" }).fill("herring boat");
  const url = await createLink(page);

  const visitor = await stranger(browser, server.url);
  await visitor.goto(url);
  expect(await visitor.content()).not.toMatch(/Eleven metres|Depth/);
  await visitor.getByRole("textbox", { name: "Password" }).fill("herring boat");
  await visitor.getByRole("button", { name: "Open" }).click();
  await expect(visitor.getByRole("heading", { level: 1 })).toHaveText("Depth");
  await expect(visitor.getByText("Eleven metres.", { exact: true })).toBeVisible();
  await expect(visitor.getByText(`Shared by ${person.name}.`)).toBeVisible();
  expect(await visitor.content()).not.toContain("How deep?");
  await visitor.context().close();
});

test("a tablet that is turned, and a list that changes, leave the dialog and what was chosen in it", async ({
  person: _,
  watched: page,
}) => {
  const threadId = await makeThread(page.request, "How deep? [[say:Eleven metres.]]");
  await page.setViewportSize({ width: 1024, height: 700 });
  await page.goto(`/t/${threadId}`);
  const share = await openShareDialog(page);
  const title = share.getByRole("textbox", { name: "Title" });
  await title.fill("Depth");
  await page.setViewportSize({ width: 700, height: 1024 });
  await expect(title).toHaveValue("Depth");
  await page.setViewportSize({ width: 1024, height: 700 });
  await expect(title).toHaveValue("Depth");
  await page.keyboard.press("Escape");
  await expect(share).toBeHidden();

  // The other way round: from the phone's drawer.
  await page.setViewportSize({ width: 700, height: 1024 });
  await button(page, "Open conversations").click();
  await openShareDialog(page);
  await title.fill("Depth");
  await page.setViewportSize({ width: 1024, height: 700 });
  await expect(title).toHaveValue("Depth");
  // What is asked for afterwards is not there any more, which the browser would call an error.
  await expect(preview(share).getByRole("heading", { name: "Depth" })).toBeVisible();
  expect((await page.request.delete(`/api/threads/${threadId}`)).ok()).toBe(true);
  await expect(page.getByRole("button", { name: /^Options for/, includeHidden: true })).toHaveCount(0);
  await expect(title).toHaveValue("Depth");
});

test("choosing how long a link works leaves the dialog where it is", async ({ person: _, page }) => {
  const threadId = await makeThread(page.request, "How deep? [[say:Eleven metres.]]");
  await page.setViewportSize({ width: 1280, height: 500 });
  await page.goto(`/t/${threadId}`);
  const share = await openShareDialog(page);
  await share.getByText("Until…", { exact: true }).click();
  await expect(share.getByRole("radio", { name: "Until…" })).toBeFocused();
  await expect(share.getByRole("heading", { name: "Share this conversation" })).toBeInViewport();
  expect(await share.evaluate(({ scrollTop }) => scrollTop)).toBe(0);
});

test("a picture in the preview opens beside it", async ({ person: _, page }) => {
  const imageId = await uploaded(page.request, await photo("boat.jpg", 320, 240));
  const { threadId } = await sendQuestion(page.request, "Look [[say:A boat.]]", undefined, [imageId]);
  await expect.poll(async () => (await savedThread(page.request, threadId)).running).toBe(false);
  await page.goto(`/t/${threadId}`);
  const share = await openShareDialog(page);
  await share.getByRole("checkbox", { name: "Share the picture boat.jpg" }).check();
  const opened = page.waitForEvent("popup");
  await preview(share).getByRole("link", { name: "Picture 1" }).click();
  await expect(await opened).toHaveURL(/\/api\/images\//);
  await expect(preview(share).getByRole("img", { name: "Picture 1" })).toBeVisible();
});

test("what went another way in another tab is not shared, and the dialog says so", async ({
  person: _,
  page,
  context,
}) => {
  const threadId = await makeThread(page.request, "How deep? [[say:Eleven metres.]]");
  await page.goto(`/t/${threadId}`);
  const share = await openShareDialog(page);
  const other = await context.newPage();
  await other.goto(`/t/${threadId}`);
  const { id } = await savedAnswer(page.request, threadId);
  await button(answers(other).last(), "Retry").click();
  await expect.poll(async () => (await savedAnswer(page.request, threadId)).id).not.toBe(id);
  await share.getByRole("textbox", { name: "Title" }).fill("Depth");
  await expect(preview(share).getByRole("heading", { name: "There is nothing to preview" })).toBeVisible();
  await share.getByRole("button", { name: "Create link" }).click();
  await expect(share.getByRole("alert")).toContainText("The conversation has changed meanwhile.");
});

test("what is blacked out is so where it is repeated, and where there is very much of it, and in the title", async ({
  person: _,
  page,
  browser,
  server,
}) => {
  const readers = Array.from({ length: 3_100 }, (_, index) => `reader${index}@example.org`);
  const question = `My password: hunter22! ${readers.join(" ")} [[say:Choose a longer one than **hunter22!**]]`;
  const threadId = await makeThread(page.request, question);
  await page.goto(`/t/${threadId}`);
  const share = await openShareDialog(page);
  const title = share.getByRole("textbox", { name: "Title" });
  await title.fill("For eve@example.com");
  await expect(share.getByText("3,102 things here look private")).toBeVisible();
  const things = share.getByRole("region", { name: "What looks private" }).getByRole("listitem");
  const rows = await things.first().evaluate((row) => {
    return (row.parentElement?.clientHeight ?? 0) / row.getBoundingClientRect().height;
  });
  // None ends where the list does: the one that is cut off says that there are more.
  expect(rows % 1).toBeGreaterThan(0.2);
  expect(rows % 1).toBeLessThan(0.8);
  await share.getByRole("button", { name: "Black out all" }).click();
  await expect(title).toHaveValue("For █████");
  await expect(preview(share).getByText("Choose a longer one than █████")).toBeVisible();
  const url = await createLink(page);
  const visitor = await stranger(browser, server.url);
  await visitor.goto(url);
  await expect(visitor.getByText("Choose a longer one than █████")).toBeVisible();
  expect(await visitor.content()).not.toMatch(/hunter22|@example/);
  await visitor.context().close();
});

test("a picture that somebody is downloading breaks off when its link is revoked", async ({
  person: _,
  page,
  server,
}) => {
  const imageId = await uploaded(page.request, await photo("boat.jpg", 320, 240));
  const threadId = crypto.randomUUID();
  await sendQuestion(page.request, "Look [[say:A boat.]]", threadId, [imageId]);
  await expect.poll(async () => (await savedThread(page.request, threadId)).running).toBe(false);
  const before = new Set(blobsOf(server.data));
  const choices = { messages: [1, 2], pictures: ["1.0"], redactions: [], name: false, dates: false };
  const { id, path } = await share(page.request, threadId, { choices });
  const [copy = ""] = blobsOf(server.data).filter((file) => !before.has(file));
  // More than what lies on the way between the two: it must be the server that holds the rest.
  writeFileSync(copy, Buffer.alloc(MUCH, statSync(copy).size % 256));
  const html = await (await page.request.get(path)).text();
  const picture = `${server.url}${path}/images/${/\/images\/([\w-]{36})/.exec(html)?.[1]}`;

  const download = await slowDownload(picture);
  await expect.poll(download.takeSome).toBe("runs");
  expect((await page.request.delete(`/api/shares/${id}`)).status()).toBe(204);
  // In pieces so small that all of it would take longer than is waited here.
  await expect.poll(download.takeSome, { intervals: [50] }).toBe("broken off");
  expect(download.received()).toBeLessThan(MUCH);
});

/** Bytes. */
const MUCH = 64 * 1024 * 1024;

function blobsOf(data: string): string[] {
  const names = readdirSync(join(data, "blobs"), { recursive: true, encoding: "utf8" });
  return names.map((name) => join(data, "blobs", name)).filter((file) => statSync(file).isFile());
}

/** Takes a little of what comes each time it is asked to, and says how the download is. */
async function slowDownload(url: string) {
  let state = "runs";
  let received = 0;
  const response = await new Promise<import("node:http").IncomingMessage>((resolve, reject) => {
    get(url, resolve).on("error", reject);
  });
  response.pause();
  response.on("error", () => {
    state = "broken off";
  });
  response.on("end", () => {
    state = "whole";
  });
  const takeSome = (): string => {
    received += (response.read() as Buffer | null)?.length ?? 0;
    return state;
  };
  return { takeSome, received: () => received };
}
