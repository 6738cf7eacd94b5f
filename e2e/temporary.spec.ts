import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { attach, tiles } from "./support/attaching";
import { expectAccessible } from "./support/axe";
import {
  answered,
  answers,
  ask,
  askAndRead,
  button,
  composer,
  open,
  questions,
  threadLinks,
} from "./support/chat";
import { expect, test, withModel } from "./support/fixtures";
import { newAccount } from "./support/person";
import { screenshot } from "./support/pictures";
import { startServer } from "./support/server";
import { anotherDevice } from "./support/sign-in";

const SECRET = "Kvikkalkul-temporary-secret";

test("a temporary chat streams, stops, branches and sees pictures, and leaves nothing on the server nor after a reload", async ({
  person: _,
  watched: page,
  emulator,
  server,
}) => {
  await open(page);
  await page.getByRole("link", { name: /temporary chat/ }).click();
  await expect(page.getByText("It is kept in this tab only")).toBeVisible();
  await expectAccessible(page);
  await attach(page, [await screenshot("map.png", 90, 60)]);
  await expect(tiles(page)).toHaveText([/map\.png/]);
  await askAndRead(page, `My word is ${SECRET}. [[say:Understood.]]`);
  await askAndRead(page, "And now? [[say:Second.]]");
  const asked = (await emulator.stats()).last.findLast(({ title }) => !title);
  expect(asked).toMatchObject({ roles: ["system", "user", "assistant", "user"] });
  expect(asked?.images).toHaveLength(1);
  await answers(page).last().hover();
  await button(answers(page).last(), "Retry").click();
  await answered(page);
  await expect(button(answers(page).last(), "Previous version")).toBeVisible();

  await ask(page, "Long [[pace:900,4,0]]");
  await expect(answers(page).last()).toContainText("FIRSTWORD");
  await page.keyboard.press("Escape");
  await expect(answers(page).last()).toContainText("Stopped");
  await expect.poll(async () => (await emulator.stats()).active).toBe(0);
  await expect(page).toHaveURL(/\/temporary$/);
  await expect(threadLinks(page)).toHaveCount(0);
  expect(holding(server.data, SECRET)).toEqual([]);

  await composer(page).fill(SECRET);
  await page.reload();
  await expect(composer(page)).toBeFocused();
  await expect(questions(page)).toHaveCount(0);
  await expect(composer(page)).toHaveValue("");
});

test("an answer of a temporary chat that was stopped goes on by Continue, and what waits follows it", async ({
  person: _,
  watched: page,
  emulator,
}) => {
  await open(page, "/temporary");
  await ask(page, "Long. [[pace:300,8,0]]");
  await expect(answers(page)).toContainText("answer begins here");
  await page.keyboard.press("Escape");
  await expect(answers(page)).toContainText("Stopped");
  const calls = async () => (await emulator.stats()).active;
  await expect.poll(calls).toBe(0);
  await button(answers(page), "Continue").click();
  await expect(composer(page)).toBeFocused();
  // Only a call that has begun can be hurried.
  await expect.poll(calls).toBe(1);
  await ask(page, "And then? [[say:Second.]]");
  await emulator.hurry();
  await expect(answers(page)).toContainText(["ENDOFANSWER", "Second."]);
  await expect(answers(page).first()).not.toContainText("Stopped");
  await answered(page);
});

test("a temporary chat that is discarded in the middle of an answer ends the upstream, and sends nothing that waited", async ({
  person: _,
  watched: page,
  emulator,
}) => {
  await open(page, "/temporary");
  await ask(page, "Long. [[pace:900,4,0]]");
  await expect(answers(page)).toContainText("FIRSTWORD");
  await ask(page, "Waits. [[say:Second.]]");
  const { seen } = await emulator.stats();
  await button(page, "Discard").click();
  await expect(questions(page)).toHaveCount(0);
  await expect.poll(async () => (await emulator.stats()).active).toBe(0);
  expect((await emulator.stats()).seen).toBe(seen);
  await askAndRead(page, "Anew [[say:Third.]]");
  await expect(answers(page)).toHaveText([/Third\./]);
});

test("of a temporary chat that goes well, is refused and breaks off nothing is in the server's log, however much that says", async ({
  browser,
  emulator,
}) => {
  const own = await startServer({ ...withModel(emulator.url), LEEWARD_LOG: "debug" });
  const device = await anotherDevice(browser, own.url, await newAccount(own.url));
  const page = await device.newPage();
  await page.goto("/temporary");
  await expect(composer(page)).toBeFocused();
  await askAndRead(page, `My word is ${SECRET}. [[say:${SECRET} it is.]]`);
  for (const fault of ["context-full", "cut-without-done", "malformed-sse"]) {
    await ask(page, `${SECRET} [[fault:${fault}]] [[say:${SECRET} ${SECRET} ${SECRET}]]`);
    await expect(answers(page).last().getByRole("alert")).toBeVisible();
  }
  // It does say something: that these answers failed, and why.
  await expect.poll(() => own.said()).toContain("context-full");
  expect(own.said()).not.toContain(SECRET);
  expect(holding(own.data, SECRET)).toEqual([]);
  await device.close();
  await own.remove();
});

/** The server's files that contain the text. */
const holding = (folder: string, text: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && readFileSync(join(entry.parentPath, entry.name)).includes(text))
    .map((entry) => entry.name);
