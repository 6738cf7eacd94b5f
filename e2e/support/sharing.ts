import type { APIRequestContext, Browser, Locator, Page } from "@playwright/test";
import type { CreateShareInput } from "../../lib/shares/schema";
import type { ShareSummary } from "../../lib/shares/share";
import { expect } from "./fixtures";
import type { PictureFile } from "./pictures";

// Sharing as a person does it, and as its prerequisites without a browser.

export const dialog = (page: Page): Locator => page.getByRole("dialog", { name: "Share this conversation" });

/** Opens the dialog from the open conversation's menu. */
export async function openShareDialog(page: Page): Promise<Locator> {
  await page
    .getByRole("button", { name: /^Options for/ })
    .first()
    .click();
  await page.getByRole("menuitem", { name: "Share…" }).click();
  await expect(dialog(page).getByRole("textbox", { name: "Title" })).toBeVisible();
  return dialog(page);
}

/** Presses "Create link"; the link. */
export async function createLink(page: Page): Promise<string> {
  await page.getByRole("button", { name: "Create link" }).click();
  await expect(page.getByRole("heading", { name: "This is your link" })).toBeVisible();
  return page.getByRole("textbox", { name: "Link" }).inputValue();
}

/** Sends a picture to the server without a browser; its id. */
export async function uploaded(request: APIRequestContext, picture: PictureFile): Promise<string> {
  const response = await request.post("/api/images", {
    data: picture.buffer,
    headers: { "content-type": picture.mimeType, "x-file-name": encodeURIComponent(picture.name) },
  });
  expect(response.status()).toBe(201);
  return (await response.json()).id;
}

/** Shares without a browser. */
export async function share(
  request: APIRequestContext,
  threadId: string,
  more: Partial<CreateShareInput> = {},
): Promise<ShareSummary> {
  const data: CreateShareInput = {
    id: crypto.randomUUID(),
    threadId,
    title: "A shared talk",
    choices: { messages: [1, 2], pictures: [], redactions: [], name: false, dates: false },
    expiresAt: new Date(Date.now() + 86_400_000).toISOString(),
    allowContinue: false,
    titleInPreview: false,
    password: null,
    ...more,
  };
  const response = await request.post("/api/shares", { data });
  expect(response.status()).toBe(201);
  return response.json();
}

/** A browser in which nobody is signed in. */
export async function stranger(browser: Browser, baseURL: string, locale = "en-GB"): Promise<Page> {
  return (await browser.newContext({ baseURL, locale })).newPage();
}
