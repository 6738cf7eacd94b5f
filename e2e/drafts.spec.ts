import type { Page } from "@playwright/test";
import type { KeptDraft } from "../lib/client/drafts/kept";
import { imagesOf } from "../lib/messages/message";
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

test("threat 81: words and picture that are sent after the session has expired, or while offline, are there after signing in again", async ({
  person,
  page,
  context,
}) => {
  await open(page);
  await askAndRead(page, "One [[say:First.]]");
  const path = `/t/${await openThreadId(page)}`;
  await attach(page, [await screenshot("map.png", 90, 60)]);
  await button(page, "Show map.png in full").waitFor();
  await context.setOffline(true);
  await composer(page).fill("Where is this? [[say:By the sea.]]");
  await composer(page).press("Enter");
  const alert = page.getByRole("main").getByRole("alert");
  await expect(alert).toHaveText("The server cannot be reached. Check your connection and try again.");
  await kept(page, 1);

  await context.clearCookies({ name: SESSION_COOKIE });
  await context.setOffline(false);
  await button(page.getByRole("main"), "Try again").click();
  await expect(alert).toHaveText("You are signed out. Sign in again to go on.");
  await expect(questions(page).last()).toContainText("Where is this?");
  await page.reload();
  await expectSignInPage(page);
  await signIn(page, person);
  await expect(page).toHaveURL(path);
  await expect(composer(page)).toHaveValue("Where is this? [[say:By the sea.]]");
  await expect(tiles(page)).toHaveText([/map\.png/]);
  await composer(page).press("Enter");
  await expect(answers(page)).toHaveText([/First\./, /By the sea\./]);
  await answered(page);
  await expect(button(questions(page).last(), "Show map.png in full")).toBeVisible();
  await kept(page, 0);
});

test("a picture that the server has given up unsent goes with its question all the same, from a tab left open, and a day later with what could not be sent", async ({
  person: _,
  page,
}) => {
  await open(page);
  const inTab = await attachAndGiveUp(page, "tab.png");
  await ask(page, "Where is this? [[say:By the sea.]]");
  await expect(answers(page)).toHaveText([/By the sea\./]);
  await answered(page);
  await expect(button(questions(page), "Show tab.png in full")).toBeVisible();

  await page.route("**/messages", (route) => route.abort());
  const unsent = await attachAndGiveUp(page, "day.png");
  await ask(page, "And this? [[say:Up the hill.]]");
  await expect(page.getByRole("main").getByRole("alert")).toContainText("cannot be reached");
  await kept(page, 1);
  await page.unroute("**/messages");
  await page.clock.setFixedTime(Date.now() + 25 * 60 * 60 * 1000);
  await page.reload();
  await expect(composer(page)).toHaveValue("And this? [[say:Up the hill.]]");
  await button(page, "Show day.png in full").waitFor();
  await composer(page).press("Enter");
  await expect(answers(page)).toHaveText([/By the sea\./, /Up the hill\./]);
  await answered(page);
  await expect(button(questions(page).last(), "Show day.png in full")).toBeVisible();
  const images = (await savedBranch(page.request, await openThreadId(page))).flatMap(imagesOf);
  expect(images.map(({ name }) => name)).toEqual(["tab.png", "day.png"]);
  const ids = images.map(({ imageId }) => imageId);
  for (const id of [inTab, unsent]) expect(ids).not.toContain(id);
});

test("a question that was on its way behind an answer when the page was left is in the composer again", async ({
  person: _,
  page,
}) => {
  await open(page);
  await ask(page, "One [[pace:900,4,0]]");
  await expect(answers(page)).toContainText("FIRSTWORD");
  // Never answered.
  await page.route("**/queue", () => {});
  await composer(page).fill("Two [[say:Second.]]");
  await button(page, "Send when the answer is there").click();
  await expect(composer(page)).toHaveValue("");
  // The field as it is now, too.
  await expect
    .poll(async () => (await keptDrafts(page)).map(({ text, unsent }) => [text, unsent.length]))
    .toEqual([["", 1]]);
  await page.reload();
  await expect(composer(page)).toHaveValue("Two [[say:Second.]]");
  await kept(page, 1);
});

/** Attaches a picture that the server lets go of at once, as it does after a day. Resolves to its id. */
async function attachAndGiveUp(page: Page, name: string): Promise<string> {
  const uploaded = page.waitForResponse((response) => response.url().endsWith("/api/images"));
  await attach(page, [await screenshot(name, 90, 60)]);
  const { id } = await (await uploaded).json();
  await button(tiles(page), `Show ${name} in full`).waitFor();
  expect((await page.request.delete(`/api/images/${id}`)).ok()).toBe(true);
  return id;
}

/** So many drafts are in the browser's own storage. */
const kept = (page: Page, count: number): Promise<void> =>
  expect.poll(async () => (await keptDrafts(page)).length).toBe(count);

const keptDrafts = (page: Page): Promise<KeptDraft[]> =>
  page.evaluate(
    () =>
      new Promise<KeptDraft[]>((resolve, reject) => {
        const opening = indexedDB.open("leeward");
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const reading = opening.result.transaction("drafts").objectStore("drafts").getAll();
          reading.onsuccess = () => {
            opening.result.close();
            resolve(reading.result);
          };
        };
      }),
  );
