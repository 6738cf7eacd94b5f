import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  expect,
  type Locator,
  type Page,
} from "@playwright/test";
import { type Account, SESSION_COOKIE } from "./person";

export const email = (page: Page): Locator => page.getByRole("textbox", { name: "E-mail" });
export const password = (page: Page): Locator => page.getByRole("textbox", { name: "Password", exact: true });

/** What the form says went wrong. */
export const trouble = (page: Page): Locator => page.getByRole("main").getByRole("alert");

/** Fills in the form and sends it. */
export async function signIn(page: Page, account: Pick<Account, "email" | "password">): Promise<void> {
  await email(page).fill(account.email);
  await password(page).fill(account.password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

/** Chooses something in the account menu. */
export async function chooseInAccountMenu(page: Page, name: string): Promise<void> {
  await page.getByRole("button", { name: /^Account / }).click();
  await page.getByRole("menuitem", { name, exact: true }).click();
}

/** Another device on which this person is signed in; nobody without an account. */
export async function anotherDevice(
  browser: Browser,
  url: string,
  account?: Pick<Account, "session">,
  options: BrowserContextOptions = {},
): Promise<BrowserContext> {
  const context = await browser.newContext({ baseURL: url, ...options });
  if (account)
    await context.addCookies([{ name: SESSION_COOKIE, value: account.session, url, httpOnly: true }]);
  return context;
}

/** They were sent to the page where one signs in. */
export const expectSignInPage = (page: Page): Promise<void> =>
  expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
