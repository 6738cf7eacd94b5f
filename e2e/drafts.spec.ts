import type { Page } from "@playwright/test";
import { attach, tiles } from "./support/attaching";
import {
  answered,
  answers,
  ask,
  askAndRead,
  button,
  composer,
  open,
  openThreadId,
  questions,
  savedBranch,
} from "./support/chat";
import { expect, test } from "./support/fixtures";
import { newAccount, SESSION_COOKIE } from "./support/person";
import { screenshot } from "./support/pictures";
import { chooseInAccountMenu, expectSignInPage, signIn } from "./support/sign-in";

test("a draft, text and picture, is there after a reload, in its thread and for a new one, and can be sent", async ({
  person: _,
  watched: page,
}) => {
  await open(page);
  await askAndRead(page, "One [[say:First.]]");
  const threadId = await openThreadId(page);
  await composer(page).fill("half a thought");
  await attach(page, [await screenshot("map.png", 90, 60)]);
  await button(page, "Show map.png in full").waitFor();
  await page.getByRole("link", { name: "New chat" }).first().click();
  await composer(page).fill("something else");
  await kept(page, 2);

  await page.reload();
  await expect(composer(page)).toHaveValue("something else");
  await open(page, `/t/${threadId}`);
  await expect(composer(page)).toHaveValue("half a thought");
  await expect(tiles(page)).toHaveText([/map\.png/]);
  await composer(page).press("Enter");
  await expect(questions(page)).toHaveText([/One/, /half a thought/]);
  await answered(page);
  await expect(button(questions(page).last(), "Show map.png in full")).toBeVisible();
  await kept(page, 1);
  await page.reload();
  await expect(questions(page)).toHaveCount(2);
  await expect(composer(page)).toHaveValue("");
});

test("what did not get through is there after a reload; what did, though its answer was lost, is not there twice", async ({
  person: _,
  page,
}) => {
  await open(page);
  await askAndRead(page, "One [[say:First.]]");
  const threadId = await openThreadId(page);
  await page.route("**/messages", (route) => route.abort());
  await ask(page, "Lost on the way [[say:Second.]]");
  await expect(page.getByRole("main").getByRole("alert")).toContainText("cannot be reached");
  await kept(page, 1);
  await page.reload();
  await expect(composer(page)).toHaveValue("Lost on the way [[say:Second.]]");

  await page.unroute("**/messages");
  // It arrives, and the answer to it never does.
  await page.route("**/messages", (route) => void route.fetch());
  await composer(page).press("Enter");
  await expect.poll(async () => (await savedBranch(page.request, threadId)).length).toBe(4);
  await kept(page, 1);
  await page.reload();
  await expect(answers(page)).toHaveText([/First\./, /Second\./]);
  await kept(page, 0);
  await expect(composer(page)).toHaveValue("");
  await page.reload();
  await expect(answers(page)).toHaveText([/First\./, /Second\./]);
  await expect(composer(page)).toHaveValue("");
  expect(await savedBranch(page.request, threadId)).toHaveLength(4);
});

test("a first question that never got through is in a new chat's composer after a reload of its address, and can be sent from there", async ({
  person: _,
  page,
}) => {
  await open(page);
  await page.route("**/messages", (route) => route.abort());
  await ask(page, "Never arrived [[say:Now it has.]]");
  await expect(page.getByRole("main").getByRole("alert")).toContainText("cannot be reached");
  const threadId = await openThreadId(page);
  await kept(page, 1);
  await page.reload();
  await expect(composer(page)).toHaveValue("Never arrived [[say:Now it has.]]");
  await expect(page).toHaveURL(/\/$/);
  await expect(questions(page)).toHaveCount(0);

  await page.unroute("**/messages");
  await composer(page).press("Enter");
  await expect(answers(page)).toHaveText([/Now it has\./]);
  await answered(page);
  await kept(page, 0);
  // Of a thread that nothing is kept for nobody learns more than before.
  await page.goto(`/t/${threadId}`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("This conversation is not here");
});

test("threats 24 and 81: a draft outlives an expired session, is never shown to the next person, and goes with an explicit sign-out", async ({
  person,
  page,
  context,
  server,
}) => {
  const other = await newAccount(server.url, "Eve Berg");
  await open(page);
  await composer(page).fill("only for me");
  await kept(page, 1);
  await context.clearCookies({ name: SESSION_COOKIE });
  await page.reload();
  await expectSignInPage(page);
  await signIn(page, other);
  await expect(composer(page)).toBeFocused();
  await expect(page.getByRole("button", { name: /^Account Eve/ })).toBeVisible();
  await expect(composer(page)).toHaveValue("");
  await chooseInAccountMenu(page, "Sign out");
  await expectSignInPage(page);

  await signIn(page, person);
  await expect(composer(page)).toHaveValue("only for me");
  await chooseInAccountMenu(page, "Sign out");
  await page.getByRole("button", { name: "Keep the drafts and sign out" }).click();
  await expectSignInPage(page);
  await signIn(page, person);
  await expect(composer(page)).toHaveValue("only for me");
  await chooseInAccountMenu(page, "Sign out");
  await page.getByRole("button", { name: "Delete the drafts and sign out" }).click();
  await expectSignInPage(page);
  await kept(page, 0);
  await page.goBack();
  await expectSignInPage(page);
  await signIn(page, person);
  await expect(composer(page)).toBeFocused();
  await expect(composer(page)).toHaveValue("");
});

/** So many drafts are in the browser's own storage. */
const kept = (page: Page, count: number): Promise<void> =>
  expect
    .poll(() =>
      page.evaluate(
        () =>
          new Promise<number>((resolve, reject) => {
            const opening = indexedDB.open("leeward");
            opening.onerror = () => reject(opening.error);
            opening.onsuccess = () => {
              const counting = opening.result.transaction("drafts").objectStore("drafts").count();
              counting.onsuccess = () => {
                opening.result.close();
                resolve(counting.result);
              };
            };
          }),
      ),
    )
    .toBe(count);
