import type { Page } from "@playwright/test";
import {
  answered,
  answers,
  ask,
  askAndRead,
  button,
  composer,
  makeThread,
  open,
  openThreadId,
  savedThread,
  sendQuestion,
  threadLinks,
} from "./support/chat";
import { expect, test } from "./support/fixtures";
import { seedThreads } from "./support/seed";

const DAY_MS = 24 * 60 * 60 * 1000;
const daysAgo = (days: number) => new Date(Date.now() - days * DAY_MS);

test.beforeEach(({ person }) => {
  expect(person.id).not.toBe("");
});

test("conversations stand under their days, newest first", async ({ watched: page, person, server }) => {
  const days = [400, 0, 45, 1, 3, 20, 7, 8];
  seedThreads(
    server.data,
    person.id,
    days.map((day) => ({ title: `${day} days old`, at: daysAgo(day) })),
  );
  await open(page);
  await expect(threadLinks(page)).toHaveText([0, 1, 3, 7, 8, 20, 45, 400].map((day) => `${day} days old`));
  await expect(sidebar(page).getByRole("heading", { level: 2 })).toHaveText([
    "Today",
    "Yesterday",
    "Previous 7 days",
    "Previous 30 days",
    monthOf(daysAgo(45)),
    monthOf(daysAgo(400)),
  ]);
  const week = sidebar(page).getByRole("region", { name: "Previous 7 days" });
  await expect(week.getByRole("link")).toHaveText(["3 days old", "7 days old"]);
});

test.describe("for somebody in Auckland", () => {
  test.use({ timezoneId: "Pacific/Auckland" });

  test("a day begins at their midnight, also before the page has come to life", async ({
    page,
    person,
    server,
  }) => {
    const midnight = midnightIn("Pacific/Auckland");
    seedThreads(server.data, person.id, [
      { title: "after midnight", at: new Date(midnight.getTime() + 1000) },
      { title: "before midnight", at: new Date(midnight.getTime() - 1000) },
    ]);
    await open(page);
    const expectDays = async () => {
      const day = (name: string) => sidebar(page).getByRole("region", { name }).getByRole("link");
      await expect(day("Today")).toHaveText(["after midnight"]);
      await expect(day("Yesterday")).toHaveText(["before midnight"]);
    };
    await expectDays();
    // The cookie that the first visit left tells the server.
    await page.route("**/*.js", (route) => route.abort());
    await page.reload();
    await expectDays();
  });
});

test("older conversations come as the list is scrolled, each once", async ({
  watched: page,
  person,
  server,
}) => {
  const count = 130;
  const titles = Array.from({ length: count }, (_, index) => `Conversation ${index + 1}`);
  seedThreads(
    server.data,
    person.id,
    // Some at the very same moment, so that a page ends among them.
    titles.map((title, index) => ({ title, at: daysAgo(Math.floor(index / 50)) })),
  );
  await open(page);
  const first = await threadLinks(page).count();
  expect(first).toBeLessThan(count);
  await expect(async () => {
    await threadLinks(page).last().scrollIntoViewIfNeeded();
    await expect(threadLinks(page)).toHaveCount(count, { timeout: 300 });
  }).toPass();
  expect((await threadLinks(page).allTextContents()).sort()).toEqual(titles.sort());
  await expect(button(page, "Show older conversations")).toBeHidden();
});

test("the filter finds titles by a part of them, whatever their case and accents", async ({
  watched: page,
  person,
  server,
}) => {
  const titles = ["Überfahrt nach Århus", "Fähre", "UBERRASCHUNG", "Łódź", "Ferry"];
  seedThreads(
    server.data,
    person.id,
    titles.map((title, index) => ({ title, at: daysAgo(1 + index / 1000) })),
  );
  // More than a page between them and now: the filter asks the server.
  seedThreads(
    server.data,
    person.id,
    Array.from({ length: 60 }, (_, index) => ({ title: `Newer ${index}`, at: daysAgo(0.5 + index / 1000) })),
  );
  await open(page);
  const filter = page.getByRole("textbox", { name: "Filter by title" });
  for (const [part, found] of [
    ["uber", ["Überfahrt nach Århus", "UBERRASCHUNG"]],
    ["ÅRHUS", ["Überfahrt nach Århus"]],
    ["fahr", ["Überfahrt nach Århus", "Fähre"]],
    [" ferry ", ["Ferry"]],
  ] as const) {
    await filter.fill(part);
    await expect(threadLinks(page)).toHaveText(found);
  }
  await filter.fill("nothing like it");
  await expect(page.getByText("No title contains “nothing like it”.")).toBeVisible();
  await filter.press("Escape");
  await expect(filter).toHaveValue("");
  await expect(threadLinks(page).first()).toHaveText(/Newer/);

  // News that the filter hides stays hidden, what it finds appears.
  await filter.fill("uber");
  await expect(threadLinks(page)).toHaveCount(2);
  await makeThread(page.request, "Über alles Wichtige [[say:ja]]");
  await makeThread(page.request, "Something else [[say:yes]]");
  await expect(threadLinks(page)).toHaveText(["Über alles Wichtige", "Überfahrt nach Århus", "UBERRASCHUNG"]);
  await button(page, "Clear the filter").click();
  await expect(threadLinks(page).first()).toHaveText("Something else");
});

test.describe("renaming", () => {
  test("happens in the row: Enter and leaving it save, Esc does not", async ({ watched: page, context }) => {
    const threadId = await makeThread(page.request, "Harbour fees [[say:ok]]");
    const other = await context.newPage();
    await Promise.all([open(page, `/t/${threadId}`), open(other)]);
    await expect(threadLinks(page)).toHaveText(["Harbour fees"]);

    await choose(page, "Harbour fees", "Rename");
    const field = page.getByRole("textbox", { name: "New title" });
    await expect(field).toBeFocused();
    await field.fill("Mooring fees 2026");
    await field.press("Enter");
    await expect(threadLinks(page)).toHaveText(["Mooring fees 2026"]);
    await expect(page).toHaveTitle("Mooring fees 2026 · Leeward");
    await expect(threadLinks(page)).toBeFocused();
    await expect(threadLinks(other)).toHaveText(["Mooring fees 2026"]);

    await choose(page, "Mooring fees 2026", "Rename");
    await field.fill("never mind");
    await field.press("Escape");
    await expect(threadLinks(page)).toHaveText(["Mooring fees 2026"]);

    await choose(page, "Mooring fees 2026", "Rename");
    await field.fill("  Fees  ");
    await composer(page).click();
    await expect(threadLinks(page)).toHaveText(["Fees"]);
    await page.reload();
    await expect(threadLinks(page)).toHaveText(["Fees"]);
  });

  test("a name that was given while the answer was written stays", async ({ watched: page, emulator }) => {
    await open(page);
    await ask(page, "Harbour fees [[pace:400,25,0]]");
    await expect(answers(page)).toContainText("FIRSTWORD");
    await choose(page, /^Harbour fees/, "Rename");
    await page.getByRole("textbox", { name: "New title" }).fill("Mine");
    await page.getByRole("textbox", { name: "New title" }).press("Enter");
    await emulator.hurry();
    await answered(page);
    await expect(threadLinks(page)).toHaveText(["Mine"]);
    await expect
      .poll(async () => (await savedThread(page.request, await openThreadId(page))).title)
      .toBe("Mine");
  });
});

test.describe("deleting", () => {
  test("takes a conversation away at once, in every tab, and Undo brings it back", async ({
    watched: page,
    context,
  }) => {
    await makeThread(page.request, "Keep this [[say:ok]]");
    const threadId = await makeThread(page.request, "Throw away [[say:ok]]");
    const other = await context.newPage();
    await Promise.all([open(page), open(other)]);
    await choose(page, "Throw away", "Delete");
    // It stays while it is pointed at.
    await page.getByText("Deleted: “Throw away”").hover();
    await expect(threadLinks(page)).toHaveText(["Keep this"]);
    await expect(threadLinks(other)).toHaveText(["Keep this"]);
    expect((await page.request.get(`/api/threads/${threadId}`)).status()).toBe(404);
    await button(page, "Undo").click();
    await expect(threadLinks(page)).toHaveText(["Throw away", "Keep this"]);
    await expect(threadLinks(other)).toHaveText(["Throw away", "Keep this"]);
    await threadLinks(page).first().click();
    await expect(answers(page)).toHaveText([/ok/]);
  });

  test("the open one leads to a new chat and stops its answer", async ({ watched: page, emulator }) => {
    await open(page);
    await ask(page, "Throw away [[pace:400,25,0]]");
    await expect(answers(page)).toContainText("FIRSTWORD");
    const threadId = await openThreadId(page);
    await choose(page, /^Throw away/, "Delete");
    await expect(page.getByRole("heading", { name: "What shall we look at?" })).toBeVisible();
    await expect(page).toHaveURL(/\/$/);
    await expect.poll(async () => (await emulator.stats()).active).toBe(0);
    await expect(threadLinks(page)).toHaveCount(0);
    expect((await page.request.get(`/t/${threadId}`)).status()).toBe(404);
  });
});

test("the open conversation is marked, and one that gets an answer moves to the top, in another tab too", async ({
  watched: page,
  context,
}) => {
  const older = await makeThread(page.request, "Older [[say:ok]]");
  const newer = await makeThread(page.request, "Newer [[say:ok]]");
  await open(page, `/t/${older}`);
  const marked = sidebar(page).locator('[aria-current="page"]');
  await expect(marked).toHaveText(["Older"]);
  await threadLinks(page).filter({ hasText: "Newer" }).click();
  await expect(marked).toHaveText(["Newer"]);
  await expect(page).toHaveURL(new RegExp(newer));

  const other = await context.newPage();
  await open(other);
  await expect(threadLinks(other)).toHaveText(["Newer", "Older"]);
  await expect(sidebar(other).locator("[aria-current]")).toHaveCount(0);
  await threadLinks(page).filter({ hasText: "Older" }).click();
  await expect(marked).toHaveText(["Older"]);
  await askAndRead(page, "Again [[say:ok]]");
  await expect(threadLinks(page)).toHaveText(["Older", "Newer"]);
  await expect(threadLinks(other)).toHaveText(["Older", "Newer"]);
});

test("an answer that is being written is told in the list, and that it has ended", async ({
  watched: page,
  emulator,
}) => {
  await open(page);
  await sendQuestion(page.request, "From elsewhere [[pace:400,25,0]]");
  await expect(threadLinks(page)).toContainText(["An answer is being written"]);
  await emulator.hurry();
  await expect(threadLinks(page)).toHaveText(["From elsewhere"]);
});

test("the sidebar can be put away, and stays away; keys begin a new chat", async ({ watched: page }) => {
  const threadId = await makeThread(page.request, "Some thread [[say:ok]]");
  await open(page, `/t/${threadId}`);
  await button(page, "Hide sidebar").click();
  await expect(sidebar(page)).toBeHidden();
  await page.reload();
  await expect(composer(page)).toBeFocused();
  await expect(sidebar(page)).toBeHidden();
  await page.keyboard.press("Control+Shift+S");
  await expect(sidebar(page)).toBeVisible();
  await page.keyboard.press("Control+Shift+O");
  await expect(page).toHaveURL(/\/$/);
  await expect(composer(page)).toBeFocused();
});

const sidebar = (page: Page) => page.getByRole("navigation", { name: "Conversations" });

async function choose(page: Page, title: string | RegExp, item: "Rename" | "Delete"): Promise<void> {
  const row = sidebar(page)
    .getByRole("listitem")
    .filter({ has: page.getByRole("link", { name: title }) });
  await row.hover();
  await row.getByRole("button", { name: /^Options for / }).click();
  await page.getByRole("menuitem", { name: item }).click();
}

/** As the list names the months that are over for long. */
function monthOf(date: Date): string {
  const sameYear = date.getFullYear() === new Date().getFullYear();
  return date.toLocaleDateString("en-GB", { month: "long", ...(sameYear ? {} : { year: "numeric" }) });
}

/** The last midnight there. */
function midnightIn(timeZone: string): Date {
  const time = new Date().toLocaleTimeString("en-GB", { timeZone, hourCycle: "h23" });
  const [hours = 0, minutes = 0, seconds = 0] = time.split(":").map(Number);
  const sinceMidnight = ((hours * 60 + minutes) * 60 + seconds) * 1000 + (Date.now() % 1000);
  return new Date(Date.now() - sinceMidnight);
}
