import { type BufferingProxy, bufferingProxy } from "./support/buffering-proxy";
import {
  answered,
  answers,
  ask,
  button,
  composer,
  open,
  openThreadId,
  savedText,
  threadLinks,
} from "./support/chat";
import { test as base, expect } from "./support/fixtures";
import { newAccount } from "./support/person";
import { anotherDevice } from "./support/sign-in";

const test = base.extend<{ buffering: BufferingProxy }>({
  buffering: async ({ server }, use) => {
    const proxy = await bufferingProxy(server.url);
    await use(proxy);
    await proxy.close();
  },
});

test("threat 80: behind a proxy that buffers, answers come word by word, stop, and other tabs hear of it", async ({
  server,
  buffering,
  browser,
  emulator,
}) => {
  const device = await anotherDevice(browser, buffering.url, await newAccount(server.url));
  const [page, other] = [await device.newPage(), await device.newPage()];
  await open(other);
  await open(page);
  // Less in all than the proxy collects before it hands anything on.
  await ask(page, "Long. [[pace:400,10,0]]");
  await expect(answers(page)).toContainText("answer begins here");
  await expect(threadLinks(other)).toHaveText([/^Long/]);
  await page.reload();
  await expect(answers(page)).toContainText("answer begins here");
  const shown = (await answers(page).innerText()).length;
  await expect.poll(async () => (await answers(page).innerText()).length).toBeGreaterThan(shown);
  await button(page, "Stop").click();
  await answered(page);
  await expect.poll(async () => (await emulator.stats()).active).toBe(0);
  expect(await savedText(page.request, await openThreadId(page))).not.toContain("ENDOFANSWER");
  await device.close();
});

test("threat 80: a temporary chat comes word by word behind it, too", async ({
  server,
  buffering,
  browser,
  emulator,
}) => {
  const device = await anotherDevice(browser, buffering.url, await newAccount(server.url));
  const page = await device.newPage();
  await page.goto("/temporary");
  await expect(composer(page)).toBeFocused();
  await ask(page, "Long. [[pace:400,10,0]]");
  await expect(answers(page)).toContainText("answer begins here");
  await expect(button(page, "Stop")).toBeVisible();
  await emulator.hurry();
  await expect(answers(page)).toContainText("ENDOFANSWER");
  await answered(page);
  await device.close();
});
