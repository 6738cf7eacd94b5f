import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Locator, Page } from "@playwright/test";
import { textOf } from "../lib/messages/message";
import { attach } from "./support/attaching";
import { expectAccessible } from "./support/axe";
import {
  answered,
  answers,
  askAndRead,
  button,
  composer,
  open,
  openThreadId,
  questions,
  savedBranch,
  savedThread,
  threadLinks,
} from "./support/chat";
import { expect, test } from "./support/fixtures";

const versions = (turn: Locator): Locator => turn.getByRole("group", { name: /^Version \d of \d$/ });
const field = (page: Page): Locator => page.getByRole("textbox", { name: "Edit the question" });

/** The open branch on the server, as texts. */
const savedTexts = async (page: Page): Promise<string[]> =>
  (await savedBranch(page.request, await openThreadId(page))).map(textOf);

async function choose(page: Page, turn: Locator, name: string): Promise<void> {
  await turn.hover();
  await button(turn, "More for this message").click();
  await page.getByRole("menuitem", { name }).click();
}

test("somebody edits a question by keyboard, keeps its picture, and walks between the versions, which another tab follows", async ({
  person: _,
  watched: page,
  context,
  emulator,
}) => {
  const dot = readFileSync(join(import.meta.dirname, "support/dot.png"));
  await open(page);
  await attach(page, [{ name: "dot.png", mimeType: "image/png", buffer: dot }]);
  await button(page, "Show dot.png in full").waitFor();
  await askAndRead(page, "What is this? [[say:A dot.]]");
  await askAndRead(page, "And why? [[say:Nobody knows.]]");
  const other = await context.newPage();
  await open(other, `/t/${await openThreadId(page)}`);

  await composer(page).press("ArrowUp");
  await expect(field(page)).toBeFocused();
  await expect(field(page)).toHaveValue("And why? [[say:Nobody knows.]]");
  await page.keyboard.press("Escape");
  await expect(field(page)).toBeHidden();
  await expect(button(questions(page).last(), "Edit")).toBeFocused();

  await questions(page).first().hover();
  await button(questions(page).first(), "Edit").click();
  await expect(page.getByRole("list", { name: "Pictures of this question" })).toBeVisible();
  await field(page).fill("How large is it? [[say:One pixel.]]");
  await field(page).press("Enter");
  await expect(answers(page)).toHaveText([/One pixel\./]);
  await answered(page);
  const { last } = await emulator.stats();
  expect(last.findLast(({ title }) => !title)?.images).toHaveLength(1);
  await expect(versions(questions(page).first())).toHaveAccessibleName("Version 2 of 2");
  await expect(answers(other)).toHaveText([/One pixel\./]);

  await button(questions(page).first(), "Previous version").click();
  await expect(answers(page)).toHaveText([/A dot\./, /Nobody knows\./]);
  await expect(answers(other)).toHaveText([/A dot\./, /Nobody knows\./]);
  await expect(button(questions(page).first(), "Previous version")).toBeFocused();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(answers(page)).toHaveText([/One pixel\./]);
  await expect(button(questions(page).first(), "Next version")).toBeFocused();
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Enter");
  await expect(answers(page)).toHaveCount(2);
  await expect.poll(() => savedTexts(page)).toContain("Nobody knows.");
  await page.reload();
  await expect(answers(page)).toHaveText([/A dot\./, /Nobody knows\./]);
  await expectAccessible(page);
});

test("what is being written into a question is there still after a reload, and when another tab has opened another branch", async ({
  person: _,
  watched: page,
  context,
}) => {
  await open(page);
  await askAndRead(page, "One [[say:First.]]");
  await askAndRead(page, "Two [[say:Second.]]");
  const other = await context.newPage();
  await open(other, `/t/${await openThreadId(page)}`);
  await questions(page).last().hover();
  await button(questions(page).last(), "Edit").click();
  await field(page).fill("Two, thought over [[say:Better.]]");
  await page.reload();
  await questions(page).last().hover();
  await button(questions(page).last(), "Edit").click();
  await expect(field(page)).toHaveValue("Two, thought over [[say:Better.]]");
  await answers(other).first().hover();
  await button(answers(other).first(), "Retry").click();
  await expect(field(page)).toBeHidden();
  await expect(answers(page)).toHaveCount(1);
  await answered(page);
  await button(answers(page), "Previous version").click();
  await expect(field(page)).toHaveValue("Two, thought over [[say:Better.]]");
  await field(page).press("Enter");
  await expect(answers(page).last()).toContainText("Better.");
  await answered(page);
});

test("any answer is regenerated beside the old one; nothing is lost", async ({
  person: _,
  watched: page,
}) => {
  await open(page);
  await askAndRead(page, "One [[say:First.]]");
  await askAndRead(page, "Two [[say:Second.]]");
  await answers(page).first().hover();
  await button(answers(page).first(), "Retry").press("Enter");
  await expect(answers(page)).toHaveCount(1);
  await answered(page);
  await expect(composer(page)).toBeFocused();
  await expect(versions(answers(page))).toHaveAccessibleName("Version 2 of 2");
  await button(answers(page), "Previous version").click();
  await expect(answers(page)).toHaveText([/First\./, /Second\./]);
  expect((await savedThread(page.request, await openThreadId(page))).messages).toHaveLength(5);
});

test("deleting asks what becomes of what follows", async ({ person: _, watched: page }) => {
  await open(page);
  await askAndRead(page, "One [[say:First.]]");
  await askAndRead(page, "Two [[say:Second.]]");
  await askAndRead(page, "Three [[say:Third.]]");
  const dialog = page.getByRole("dialog", { name: /^Delete this/ });

  await choose(page, answers(page).nth(1), "Delete");
  await expect(dialog).toContainText("2 messages follow it");
  await page.keyboard.press("Escape");
  await expect(button(answers(page).nth(1), "More for this message")).toBeFocused();
  await choose(page, answers(page).nth(1), "Delete");
  await button(dialog, "Delete only this one, keep what follows").click();
  await expect(answers(page)).toHaveText([/First\./, /Third\./]);
  await expect(questions(page)).toHaveCount(3);
  await expect(composer(page)).toBeFocused();

  await choose(page, questions(page).nth(1), "Delete");
  await button(dialog, "Delete it and the 2 after it").click();
  await expect(answers(page)).toHaveText([/First\./]);
  await page.reload();
  await expect(questions(page)).toHaveCount(1);

  await choose(page, answers(page), "Delete");
  await button(dialog, "Delete").click();
  await expect(answers(page)).toHaveCount(0);
  await button(page, "Answer this question").click();
  await expect(answers(page)).toHaveText([/First\./]);
});

test("a conversation is forked from any message into one of its own", async ({
  person: _,
  watched: page,
}) => {
  await open(page);
  await askAndRead(page, "One [[say:First.]]");
  await askAndRead(page, "Two [[say:Second.]]");
  const first = await openThreadId(page);
  await choose(page, answers(page).first(), "New conversation from here");
  await expect(answers(page)).toHaveText([/First\./]);
  await expect.poll(() => openThreadId(page)).not.toBe(first);
  await expect(threadLinks(page)).toHaveCount(2);
  await button(page, "Back to it").click();
  await expect(answers(page)).toHaveText([/First\./, /Second\./]);
  await page.goBack();
  await askAndRead(page, "Another way [[say:Elsewhere.]]");
  await expect(answers(page)).toHaveText([/First\./, /Elsewhere\./]);
});
