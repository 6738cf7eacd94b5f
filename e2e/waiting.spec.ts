import type { Locator, Page } from "@playwright/test";
import { answered, answers, ask, open, openThreadId, sendQuestion } from "./support/chat";
import { test as base, expect, withModel } from "./support/fixtures";
import { type Account, newAccount } from "./support/person";
import { type Server, startServer } from "./support/server";
import { anotherDevice } from "./support/sign-in";

/** Seconds between two calls: so slow that whoever waits is seen waiting. */
const BETWEEN = 25;

/** A server that may call the model every 25 s, for everybody together. */
const test = base.extend<{ slow: Server; ada: Account }>({
  slow: async ({ emulator }, use) => {
    const slow = await startServer({
      ...withModel(emulator.url),
      LEEWARD_CALLS_PER_SECOND: String(1 / BETWEEN),
      LEEWARD_CALLS_AT_ONCE: "1",
    });
    await use(slow);
    await slow.remove();
  },
  ada: async ({ slow }, use) => use(await newAccount(slow.url)),
});

test("threat 69: behind a busy person somebody sees their place and about when, counted down, and moves up when another leaves", async ({
  slow,
  ada,
  browser,
  emulator,
}) => {
  const busy = await anotherDevice(browser, slow.url, await newAccount(slow.url, "Eve Berg"));
  const before = await anotherDevice(browser, slow.url, await newAccount(slow.url, "Bo Holm"));
  const device = await anotherDevice(browser, slow.url, ada);
  const page = await device.newPage();
  await open(page);

  // One who asks much, and one who comes just before.
  for (let i = 0; i < 6; i++) await sendQuestion(busy.request, `Again ${i}`);
  const { generationId } = await sendQuestion(before.request, "First me");
  await ask(page, "And me? [[say:It is your turn.]]");
  await expect(inLine(page, 2)).toBeVisible();
  const first = await secondsIn(inLine(page, 2));
  expect(first).toBeGreaterThan(BETWEEN / 2);
  expect(first).toBeLessThanOrEqual(2 * BETWEEN);
  await expect.poll(() => secondsIn(inLine(page, 2))).toBeLessThan(first);

  // A reload tells what is left of it, and in German on a German device.
  const path = `/t/${await openThreadId(page)}`;
  await open(page, path);
  expect(await secondsIn(inLine(page, 2))).toBeLessThan(first);
  const german = await browser.newContext({
    baseURL: slow.url,
    locale: "de",
    storageState: await device.storageState(),
  });
  const deutsch = await german.newPage();
  await deutsch.goto(path);
  await expect(deutsch.getByText(/^Platz 2 in der Reihe, etwa \d+ s$/)).toBeVisible();

  await before.request.delete(`/api/generations/${generationId}`);
  await expect(inLine(page, 1)).toBeVisible();
  await expect(deutsch.getByText(/^Platz 1 in der Reihe/)).toBeVisible();
  const since = Date.now();
  expect(await secondsIn(inLine(page, 1))).toBeLessThanOrEqual(BETWEEN);
  // Five of the busy one's came first and wait still: a turn each.
  await expect(answers(page)).toContainText("It is your turn.", { timeout: 2 * BETWEEN * 1000 });
  await answered(page);
  const said = (await emulator.stats()).last.filter(({ at, title }) => at >= since && !title);
  expect(said).toHaveLength(1);
  for (const each of [busy, before, device, german]) await each.close();
});

const inLine = (page: Page, place: number): Locator =>
  answers(page).getByText(new RegExp(`^Place ${place} in line, about \\d+ s$`));

const secondsIn = async (sentence: Locator): Promise<number> =>
  Number(/(\d+) s$/.exec(await sentence.innerText())?.[1]);
