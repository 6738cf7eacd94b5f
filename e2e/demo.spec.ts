import type { Page } from "@playwright/test";
import { attach, tiles } from "./support/attaching";
import { answers, ask, askAndRead, button, composer, open } from "./support/chat";
import { expect, test } from "./support/fixtures";
import { newAccount, SESSION_COOKIE } from "./support/person";
import { photo } from "./support/pictures";
import { childrenOf, isRunning } from "./support/processes";
import { type Server, startServer } from "./support/server";

// Without a token: the emulator answers, and says so. A server of its own, started as nobody configured it.

const DEMO = "Demo, no model connected";

test.describe.configure({ mode: "serial" });

let demo: Server;

test.beforeAll(async () => {
  demo = await startServer({ LEEWARD_REGISTRATIONS_AN_HOUR: "10000" });
});
test.afterAll(() => demo.remove());

test("the demo is named where one registers and signs in", async ({ page }) => {
  await page.goto(`${demo.url}/register`);
  await expect(page.getByText(DEMO)).toBeVisible();
  await newAccount(demo.url);
  await page.goto(`${demo.url}/sign-in`);
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
  await expect(page.getByText(DEMO)).toBeVisible();
});

test("the demo is named beside the composer and in the sidebar, and its answer says it", async ({ page }) => {
  await signedIn(page);
  await open(page, demo.url);
  const inChat = page.getByRole("main").getByText(DEMO);
  const inSidebar = page.getByRole("navigation", { name: "Conversations" }).getByText(DEMO);
  await expect(inChat).toBeVisible();
  await expect(inSidebar).toBeVisible();
  await askAndRead(page, "How deep is the harbour?");
  await expect(answers(page)).toContainText(/no model is connected/i);
  await expect(answers(page)).toContainText("IONOS_API_TOKEN");
  await expect(inChat).toBeVisible();
  await expect(inSidebar).toBeVisible();
  await page.reload();
  await expect(inChat).toBeVisible();
});

test("of a picture the demo tells what it can measure: its size and its tokens", async ({ page }) => {
  await signedIn(page);
  await open(page, demo.url);
  await attach(page, [await photo("harbour.jpg", 800, 600)]);
  await button(page, "Show harbour.jpg in full").waitFor();
  await askAndRead(page, "What is in this picture?");
  await expect(answers(page)).toContainText("No model is connected.");
  await expect(answers(page).getByRole("row", { name: /^Size/ })).toContainText(
    "800 × 600 pixels, landscape",
  );
  await expect(answers(page).getByRole("row", { name: /^Tokens/ })).toContainText("660 (29 × 22 patches)");
  await button(answers(page), "Tokens").click();
  await expect(
    answers(page)
      .getByRole("definition")
      .filter({ hasText: /^660 tokens$/ }),
  ).toBeVisible();
});

test("a start with a sample picture fills the composer, and can be sent as it is", async ({ page }) => {
  await signedIn(page);
  await open(page, demo.url);
  await page.getByRole("button", { name: /^Read an invoice/ }).click();
  await expect(composer(page)).toHaveValue(/What does this invoice ask me to pay/);
  await expect(composer(page)).toBeFocused();
  await button(page, "Show invoice.png in full").waitFor();
  await page.getByRole("button", { name: /^Explain a chart/ }).click();
  await expect(composer(page)).toHaveValue(/What does this chart show/);
  await expect(tiles(page)).toHaveText([/harbour-visits\.png/]);
  await button(page, "Show harbour-visits.png in full").waitFor();
  await composer(page).press("Enter");
  await expect(answers(page).getByRole("row", { name: /^Tokens/ })).toContainText("patches");
});

test("an emulator that dies is started again, and none is left behind by a killed server", async ({
  page,
}) => {
  await signedIn(page);
  await open(page, demo.url);
  // It dies in the middle of an answer, whose tokens are counted in a process of the server's, too.
  await ask(page, "How deep is the harbour?");
  await expect(answers(page)).toContainText("No model");
  const [first] = emulators();
  process.kill(first?.pid ?? 0, "SIGKILL");
  await expect.poll(() => emulators().map(({ pid }) => pid)).not.toEqual([first?.pid]);
  await expect.poll(() => emulators().length).toBe(1);
  await expect(async () => {
    await open(page, demo.url);
    await askAndRead(page, "Are you there?");
    await expect(answers(page)).toContainText(/no model is connected/i);
  }).toPass();

  expect(emulators()).toHaveLength(1);
  const children = childrenOf(demo.pid());
  await demo.kill();
  await expect.poll(() => children.filter(({ pid }) => isRunning(pid))).toEqual([]);
});

test("with a token nothing is a demo, and no emulator is started", async ({ person: _, page, server }) => {
  await open(page);
  await askAndRead(page, "[[say:Connected.]]");
  await expect(page.getByText(DEMO)).toHaveCount(0);
  // What counts its tokens may be there, as another test's question has left it.
  expect(emulatorsOf(server.pid())).toEqual([]);
});

const emulators = () => emulatorsOf(demo.pid());
const emulatorsOf = (pid: number) => childrenOf(pid).filter(({ command }) => command.includes("emulator"));

async function signedIn(page: Page): Promise<void> {
  const { session } = await newAccount(demo.url);
  await page.context().addCookies([{ name: SESSION_COOKIE, value: session, url: demo.url, httpOnly: true }]);
}
