import type { Page } from "@playwright/test";
import { scriptedAnswer } from "../lib/ionos/emulator/scripted";
import { textOf } from "../lib/messages/message";
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
  savedText,
  threadLinks,
} from "./support/chat";
import { test as base, expect, withModel } from "./support/fixtures";
import { newAccount } from "./support/person";
import { type Server, startServer } from "./support/server";
import { anotherDevice } from "./support/sign-in";

/** A server of its own that may be killed, and somebody signed in there. */
const test = base.extend<{ own: Server; there: Page }>({
  own: async ({ emulator }, use) => {
    const own = await startServer(withModel(emulator.url));
    await use(own);
    await own.remove();
  },
  there: async ({ own, browser }, use) => {
    const device = await anotherDevice(browser, own.url, await newAccount(own.url));
    await use(await device.newPage());
    await device.close();
  },
});

/** Written for 40 s unless the emulator is told to hurry. */
const LONG = "Long. [[pace:400,10,0]]";
const WHOLE = scriptedAnswer(400).join("");

test("threat 60: after kill -9 in the middle of an answer all that was acknowledged is there, and the open page recovers by itself", async ({
  own,
  there: page,
  emulator,
}) => {
  await open(page);
  await askAndRead(page, "Before. [[say:The first answer.]]");
  await ask(page, LONG);
  // Saved about each second: the beginning is safe.
  await expect
    .poll(async () => savedText(page.request, await openThreadId(page)))
    .toMatch(/^FIRSTWORD answer begins here/);
  await expect(answers(page).last()).toContainText("answer begins here");
  await page.evaluate(() => Object.assign(window, { stillHere: true }));
  await own.kill();
  await expect.poll(async () => (await emulator.stats()).active).toBe(0);
  await own.start();

  const interrupted = answers(page).last().getByText("Interrupted: the server was restarted");
  await expect(interrupted).toBeVisible({ timeout: 30_000 });
  await expectAll(page);
  await expect(threadLinks(page)).toHaveText(["Before"]);
  expect(await page.evaluate(() => "stillHere" in window)).toBe(true);

  await page.reload();
  await expect(interrupted).toBeVisible();
  await expectAll(page);

  await button(answers(page).last(), "Retry").click();
  await expect(interrupted).toBeHidden();
  await expect(answers(page).last()).toContainText("FIRSTWORD");
  await emulator.hurry();
  await expect(answers(page).last()).toContainText("ENDOFANSWER");
  await answered(page);
  expect(await savedText(page.request, await openThreadId(page))).toBe(WHOLE);
  await askAndRead(page, "After. [[say:It goes on.]]");
  await expect(answers(page).last()).toContainText("It goes on.");
});

test("threat 60: a question whose acknowledgement the kill took away is sent once more, and is there once", async ({
  own,
  there: page,
}) => {
  await open(page);
  await askAndRead(page, "Before. [[say:The first answer.]]");
  await own.kill();
  await ask(page, "After. [[say:The second answer.]]");
  await expect(page.getByRole("main").getByRole("alert")).toContainText("The server cannot be reached");
  await own.start();
  await button(page, "Try again").click();
  await expect(answers(page)).toHaveText([/The first answer\./, /The second answer\./], { timeout: 30_000 });
  await answered(page);
  expect(await savedBranch(page.request, await openThreadId(page))).toHaveLength(4);
});

test("Ctrl-C ends the process within 10 s, keeps all of a running answer, and the next start finds it", async ({
  own,
  there: page,
  emulator,
}) => {
  await open(page);
  await ask(page, LONG);
  await expect(answers(page)).toContainText("answer begins here");
  const shown = await answers(page).getByRole("paragraph").first().innerText();
  const stopping = Date.now();
  await own.stop();
  expect(Date.now() - stopping).toBeLessThan(10_000);
  await expect.poll(async () => (await emulator.stats()).active).toBe(0);

  await own.start();
  await expect(answers(page).getByText("Interrupted: the server was restarted")).toBeVisible({
    timeout: 30_000,
  });
  await expect(answers(page)).toContainText(shown);
  const saved = await savedBranch(page.request, await openThreadId(page));
  expect(saved.map(({ role, status }) => `${role} ${status}`)).toEqual([
    "user complete",
    "assistant interrupted",
  ]);
  expect(WHOLE.startsWith(saved[1] ? textOf(saved[1]) : "nothing")).toBe(true);

  // And once more, with nothing running.
  await own.stop();
  await own.start();
  await open(page, `/t/${await openThreadId(page)}`);
  await button(answers(page), "Retry").click();
  await expect(answers(page)).toHaveText(/FIRSTWORD(?!.*Interrupted)/s);
  await emulator.hurry();
  await expect(answers(page)).toContainText("ENDOFANSWER");
  await answered(page);
});

test("who was signed in before an update is so after it, is told of it, and what was typed is still there", async ({
  own,
  there: page,
}) => {
  await open(page);
  await askAndRead(page, "Before. [[say:The first answer.]]");
  await composer(page).fill("a thought that is not finished");
  await own.kill();
  await own.start({ LEEWARD_BUILD: "a later one" });
  const told = page.getByRole("status").filter({ hasText: "Leeward was updated" });
  await expect(told).toBeVisible({ timeout: 40_000 });
  await expect(composer(page)).toHaveValue("a thought that is not finished");
  // What the old page has not loaded yet is not there any more: it says what to do, and is not left waiting.
  await page.route("**/_next/static/**", (route) => route.fulfill({ status: 404, body: "" }));
  await button(page, "How this conversation is answered").click();
  await expect(page.getByText("if Leeward was updated meanwhile, reload the page")).toBeVisible();
  await askAndRead(page, "In between. [[say:The **old** page.]]");
  await expect(answers(page).last()).toContainText("page.");
  await composer(page).fill("a thought that is not finished");
  await page.unrouteAll();
  await button(told, "Reload").click();
  await expect(told).toBeHidden();
  await expect(composer(page)).toHaveValue("a thought that is not finished");
  await askAndRead(page, "After. [[say:The second answer.]]");
  await expect(questions(page)).toHaveCount(3);
  await page.reload();
  await expect(answers(page)).toHaveText([/The first answer\./, /The old page\./, /The second answer\./]);
});

/** Both questions, the whole first answer and the beginning of the second. */
async function expectAll(page: Page): Promise<void> {
  await expect(questions(page)).toHaveCount(2);
  await expect(answers(page)).toHaveText([/The first answer\./, /FIRSTWORD answer begins here/]);
}
