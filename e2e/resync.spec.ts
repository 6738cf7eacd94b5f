import { answers, ask, button, composer, open, threadLinks } from "./support/chat";
import { type DeadLine, deadLine } from "./support/dead-line";
import { test as base, expect } from "./support/fixtures";
import { newAccount } from "./support/person";
import { anotherDevice } from "./support/sign-in";

const test = base.extend<{ line: DeadLine }>({
  line: async ({ server }, use) => {
    const line = await deadLine(server.url);
    await use(line);
    await line.close();
  },
});

/** Written for 40 s unless the emulator is told to hurry. */
const LONG = "Long. [[pace:400,10,0]]";

test("threat 81: after a sleep, over a line that died without a word, the page reads on by itself and keeps its draft", async ({
  server,
  line,
  browser,
  emulator,
}) => {
  const device = await anotherDevice(browser, line.url, await newAccount(server.url));
  const page = await device.newPage();
  await page.clock.install();
  await open(page);
  await ask(page, LONG);
  await expect(answers(page)).toContainText("answer begins here");
  await composer(page).fill("half a thought");
  await page.evaluate(() => Object.assign(window, { stillHere: true }));
  line.cut();
  await emulator.hurry();
  await expect.poll(async () => (await emulator.stats()).active).toBe(0);
  // Kept connections of the browser's are dead, too, and it finds that out one by one.
  await expect(async () => {
    await page.clock.fastForward(60_000);
    await expect(answers(page)).toContainText("ENDOFANSWER", { timeout: 2_000 });
  }).toPass();
  await expect(button(page, "Stop")).toBeHidden();
  await expect(composer(page)).toHaveValue("half a thought");
  expect(await page.evaluate(() => "stillHere" in window)).toBe(true);
  // And hears of what comes, without having been asked to look.
  const other = await device.newPage();
  await open(other);
  await ask(other, "Elsewhere. [[say:Over there.]]");
  await expect(threadLinks(page)).toHaveCount(2);
  await device.close();
});

test("threat 81: a page that comes back out of the back-forward cache in the middle of an answer reads on, its draft kept", async ({
  person: _,
  page,
  emulator,
}) => {
  // Playwright cannot go back to a kept page; so it is told what browsers tell one, and what it had open is closed.
  const told = (type: "pagehide" | "pageshow") =>
    page.evaluate((name) => dispatchEvent(new PageTransitionEvent(name, { persisted: true })), type);
  await open(page);
  await ask(page, LONG);
  await expect(answers(page)).toContainText("answer begins here");
  await composer(page).fill("half a thought");
  await told("pagehide");
  await emulator.hurry();
  await expect.poll(async () => (await emulator.stats()).active).toBe(0);
  await expect(answers(page)).not.toContainText("ENDOFANSWER");
  await told("pageshow");
  await expect(answers(page)).toContainText("ENDOFANSWER");
  await expect(button(page, "Stop")).toBeHidden();
  await expect(composer(page)).toHaveValue("half a thought");
});

test("threat 81: an answer that another tab has stopped and gone on with, while a page was away, is read on there", async ({
  person: _,
  page,
  context,
  emulator,
}) => {
  const told = (type: "pagehide" | "pageshow") =>
    page.evaluate((name) => dispatchEvent(new PageTransitionEvent(name, { persisted: true })), type);
  const calls = async () => (await emulator.stats()).active;
  await open(page);
  await ask(page, LONG);
  await expect(answers(page)).toContainText("answer begins here");
  const other = await context.newPage();
  await open(other, new URL(page.url()).pathname);
  for (const seen of ["writing", "stopped"]) {
    if (seen === "stopped") {
      await button(other, "Stop").click();
      await expect(answers(page)).toContainText("Stopped");
    }
    await told("pagehide");
    if (seen === "writing") await button(other, "Stop").click();
    await button(answers(other), "Continue").click();
    await expect.poll(calls).toBe(1);
    await told("pageshow");
    await expect(button(page, "Stop")).toBeVisible();
    await expect(answers(page)).not.toContainText("Stopped");
  }
  await emulator.hurry();
  await expect(answers(page)).toContainText("ENDOFANSWER");
  await expect(button(page, "Stop")).toBeHidden();
});

test("a tab that is opened in the background gives its connection up, too, and takes it up when it is looked at", async ({
  person: _,
  page,
}) => {
  const [open, closed]: string[][] = [[], []];
  page.on("request", (request) => /\/events/.test(request.url()) && open?.push(request.url()));
  page.on("requestfailed", (request) => /\/events/.test(request.url()) && closed?.push(request.url()));
  await page.clock.install();
  await page.addInitScript(() =>
    Object.defineProperty(document, "hidden", { configurable: true, value: true }),
  );
  await page.goto("/");
  await expect.poll(() => open).toHaveLength(1);
  await page.clock.fastForward(25_000);
  await expect.poll(() => closed).toHaveLength(1);
  await page.evaluate(() => {
    Object.defineProperty(document, "hidden", { configurable: true, value: false });
    document.dispatchEvent(new Event("visibilitychange"));
  });
  await expect.poll(() => open).toHaveLength(2);
});

test("threat 81: a tab that is hidden for long has no connection, however the network changes, and catches up when it is looked at", async ({
  person: _,
  page,
  emulator,
}) => {
  const lines: string[] = [];
  page.on("request", (request) => /\/events/.test(request.url()) && lines.push(request.url()));
  const hidden = (value: boolean) =>
    page.evaluate((now) => {
      Object.defineProperty(document, "hidden", { configurable: true, value: now });
      document.dispatchEvent(new Event("visibilitychange"));
    }, value);
  await page.clock.install();
  await open(page);
  await ask(page, LONG);
  await expect(answers(page)).toContainText("answer begins here");
  await hidden(true);
  await page.clock.fastForward(25_000);
  const before = lines.length;
  await emulator.hurry();
  await expect.poll(async () => (await emulator.stats()).active).toBe(0);
  await page.evaluate(() => dispatchEvent(new Event("online")));
  await page.clock.fastForward(60_000);
  expect(lines).toHaveLength(before);
  await expect(answers(page)).not.toContainText("ENDOFANSWER");
  await hidden(false);
  await expect(answers(page)).toContainText("ENDOFANSWER");
});
