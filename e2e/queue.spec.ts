import type { Locator, Page } from "@playwright/test";
import { textOf } from "../lib/messages/message";
import { expectAccessible } from "./support/axe";
import {
  answered,
  answers,
  ask,
  button,
  composer,
  open,
  openThreadId,
  questions,
  savedBranch,
  savedThread,
} from "./support/chat";
import { expect, test } from "./support/fixtures";
import { anotherDevice } from "./support/sign-in";

/** Written for four minutes unless the emulator is told to hurry. */
const SLOW = "[[pace:900,4,0]]";

const queue = (page: Page): Locator => page.getByRole("region", { name: "Waiting to be sent" });
const rows = (page: Page): Locator => queue(page).getByRole("listitem");

test("what is sent while an answer is written waits in sight, in every tab, and is sent by the server with no tab open", async ({
  person,
  watched: page,
  browser,
  server,
  emulator,
}) => {
  await open(page);
  await ask(page, `One ${SLOW}`);
  await expect(answers(page)).toContainText("FIRSTWORD");
  await ask(page, "Two [[say:Second.]]");
  await composer(page).fill("Three [[say:Third.]]");
  await button(page, "Send when the answer is there").click();
  await ask(page, "Four [[say:Fourth.]]");
  await expect(rows(page)).toHaveText([/^Two/, /^Three/, /^Four/]);
  await expect(questions(page)).toHaveCount(1);
  await expectAccessible(page);

  const threadId = await openThreadId(page);
  const device = await anotherDevice(browser, server.url, person);
  const other = await device.newPage();
  await open(other, `/t/${threadId}`);
  await expect(rows(other)).toHaveCount(3);

  // By keyboard, by mouse; edited; taken back.
  await button(rows(page).nth(0), "Move, place 1 of 3").press("ArrowDown");
  await expect(rows(page)).toHaveText([/^Three/, /^Two/, /^Four/]);
  await expect(button(rows(page).nth(1), "Move, place 2 of 3")).toBeFocused();
  await expect(rows(other)).toHaveText([/^Three/, /^Two/, /^Four/]);
  await drag(page, rows(page).nth(2), rows(page).nth(0));
  await expect(rows(other)).toHaveText([/^Four/, /^Three/, /^Two/]);
  await button(rows(page).nth(2), "Remove the waiting message").click();
  await button(rows(page).nth(0), "Edit the waiting message").click();
  await page.getByRole("textbox", { name: "Waiting message" }).fill("Fifth [[say:Fifth.]]");
  await page.keyboard.press("Enter");
  await expect(button(rows(page).nth(0), "Edit the waiting message")).toBeFocused();
  await page.reload();
  await expect(rows(page)).toHaveText([/^Fifth/, /^Three/]);
  await expect(rows(other)).toHaveText([/^Fifth/, /^Three/]);

  await device.close();
  await page.close();
  await emulator.hurry();
  const again = await anotherDevice(browser, server.url, person);
  await expect
    .poll(async () => (await savedThread(again.request, threadId)).messages.length, { timeout: 30_000 })
    .toBe(6);
  await expect.poll(async () => (await savedThread(again.request, threadId)).running).toBe(false);
  const texts = (await savedBranch(again.request, threadId)).map(textOf);
  expect(texts.slice(2)).toEqual(["Fifth [[say:Fifth.]]", "Fifth.", "Three [[say:Third.]]", "Third."]);
  await again.close();
});

test("a stop pauses the queue, which says so and goes on when asked to", async ({
  person: _,
  watched: page,
}) => {
  await open(page);
  await ask(page, `One ${SLOW}`);
  await expect(answers(page)).toContainText("FIRSTWORD");
  await ask(page, "Two [[say:Second.]]");
  await expect(rows(page)).toHaveCount(1);
  await page.keyboard.press("Escape");
  await expect(queue(page)).toContainText("Paused, because the answer before was stopped.");
  await page.reload();
  await expect(queue(page)).toContainText("Paused, because the answer before was stopped.");
  await button(queue(page), "Send now").press("Enter");
  await expect(queue(page)).toBeHidden();
  await expect(composer(page)).toBeFocused();
  await expect(answers(page).last()).toContainText("Second.");
  await answered(page);
});

test("a change to a waiting message is lost neither to a broken line nor to its turn", async ({
  person: _,
  page,
  emulator,
}) => {
  await open(page);
  await ask(page, `One ${SLOW}`);
  await expect(answers(page)).toContainText("FIRSTWORD");
  const queued = page.waitForResponse(/\/queue$/);
  await ask(page, "Two [[say:Second.]]");
  await queued;
  const field = page.getByRole("textbox", { name: "Waiting message" });
  await button(rows(page), "Edit the waiting message").click();
  await field.fill("Two, thought over");
  // The Enter that ends a word of an input method saves nothing.
  await field.dispatchEvent("keydown", { key: "Enter", keyCode: 229 });
  await expect(field).toHaveValue("Two, thought over");
  await page.route(/\/queue\//, (route) => route.abort());
  await page.keyboard.press("Enter");
  await expect(queue(page).getByRole("alert")).toContainText("cannot be reached");
  await expect(field).toHaveValue("Two, thought over");
  await page.unroute(/\/queue\//);
  await page.keyboard.press("Enter");
  await expect(rows(page)).toHaveText(/^Two, thought over/);

  await button(rows(page), "Edit the waiting message").click();
  await field.fill("Two, thought over once more");
  await emulator.hurry();
  await expect(page.getByText("This message waits no more.")).toBeVisible();
  await expect(composer(page)).toHaveValue("Two, thought over once more");
  await expect(composer(page)).toBeFocused();
  await expect(questions(page).last()).toContainText("Two, thought over");
  await answered(page);
});

async function drag(page: Page, row: Locator, to: Locator): Promise<void> {
  const [from, target] = await Promise.all([
    row.getByRole("button", { name: /^Move/ }).boundingBox(),
    to.boundingBox(),
  ]);
  if (!from || !target) throw new Error("not on the screen");
  await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
  await page.mouse.down();
  await page.mouse.move(from.x + from.width / 2, target.y + target.height / 2, { steps: 4 });
  await page.mouse.up();
}
