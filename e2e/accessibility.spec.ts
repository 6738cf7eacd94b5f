import type { Page } from "@playwright/test";
import { attach } from "./support/attaching";
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
import { expect, test } from "./support/fixtures";
import { tabTo } from "./support/keyboard";
import { newAccount } from "./support/person";
import { photo, screenshot, textFile } from "./support/pictures";
import { sidewaysScrollers } from "./support/reflow";
import { signIn, trouble } from "./support/sign-in";

const MARKDOWN = `## Depths

Some **bold**, \`code\`, [a link](https://example.org/) and a picture ![of a boat](https://example.org/boat.png).

| Place | Metres |
| --- | ---: |
| Kiel | 11.2 |

\`\`\`ts
// A comment
export const depth: number = 11.2;
\`\`\`

> quoted

1. first
2. second`;

test.describe("axe finds nothing serious", () => {
  for (const path of ["/sign-in", "/register", "/nowhere"]) {
    test(`on ${path}`, async ({ page, server }) => {
      // Without anybody, signing in leads to registering.
      await newAccount(server.url);
      await page.goto(path);
      await expect(page).toHaveURL(path);
      await expectAccessible(page);
    });
  }

  test("on a refused sign-in", async ({ page, server }) => {
    await newAccount(server.url);
    await page.goto("/sign-in");
    await signIn(page, { email: "nobody@example.org", password: "not the password" });
    await expect(trouble(page)).toContainText("do not match");
    await expectAccessible(page);
  });

  test("on the empty state and on a conversation that is not there", async ({ person: _, page }) => {
    await open(page);
    await expectAccessible(page);
    await page.goto(`/t/${crypto.randomUUID()}`);
    await expect(page.getByRole("heading", { name: "This conversation is not here" })).toBeVisible();
    await expectAccessible(page);
  });

  test("on pictures before they are sent, good and bad, and in full", async ({ person: _, page }) => {
    await open(page);
    await attach(page, [await photo("good.jpg", 400, 300), textFile("bad.png", "image/png", "no")]);
    await button(page, "Show good.jpg in full").waitFor();
    await expect(page.getByRole("alert").filter({ hasText: "bad.png" })).toBeVisible();
    await expectAccessible(page);
    await button(page, "Show good.jpg in full").click();
    await expect(page.getByRole("dialog", { name: /good\.jpg/ })).toBeVisible();
    await expectAccessible(page);
  });

  test("on a conversation with pictures, code, a table, a stopped and a failed answer", async ({
    person: _,
    page,
  }) => {
    await manyThings(page);
    await answers(page).first().getByRole("button", { name: "Tokens" }).click();
    await expectAccessible(page);
    await page.reload();
    await expect(answers(page)).toHaveCount(3);
    await expectAccessible(page);
  });

  test("while an answer is awaited and while it is written", async ({ person: _, page, emulator }) => {
    await open(page);
    await ask(page, "[[pace:200,10,3000]]");
    await button(page, "Stop").waitFor();
    await expectAccessible(page);
    await expect(answers(page)).toContainText("FIRSTWORD");
    await expectAccessible(page);
    await emulator.hurry();
  });

  test("on the account menu and the question before signing out everywhere", async ({ person: _, page }) => {
    await open(page);
    await accountMenu(page).click();
    await expect(page.getByRole("menu")).toBeVisible();
    await expectAccessible(page);
    await page.getByRole("menuitem", { name: "Sign out everywhere" }).click();
    await expect(page.getByRole("dialog")).toBeVisible();
    await expectAccessible(page);
  });

  test("on a conversation's menu, renaming, and the toast of deleting", async ({ person: _, page }) => {
    await open(page);
    await askAndRead(page, "[[say:Yes.]] Is it deep?");
    const options = page.getByRole("button", { name: /^Options for/ });
    await options.click();
    await expect(page.getByRole("menuitem", { name: "Rename" })).toBeVisible();
    await expectAccessible(page);
    await page.getByRole("menuitem", { name: "Rename" }).click();
    await expect(page.getByRole("textbox", { name: "New title" })).toBeFocused();
    await expectAccessible(page);
    await page.keyboard.press("Escape");
    await options.click();
    await page.getByRole("menuitem", { name: "Delete" }).click();
    // While it has the focus it stays.
    await button(page, "Undo").focus();
    await expectAccessible(page);
    await expect(button(page, "Undo")).toBeVisible();
  });

  test("on a phone, with the drawer closed and open", async ({ person: _, page }) => {
    await page.setViewportSize({ width: 390, height: 844 });
    await open(page);
    await askAndRead(page, `[[say:${MARKDOWN}]] How deep?`);
    await expectAccessible(page);
    await button(page, "Open conversations").click();
    await expect(page.getByRole("dialog", { name: "Conversations" })).toBeVisible();
    await expectAccessible(page);
  });
});

test.describe("by keyboard alone", () => {
  test("somebody skips to the conversation, asks, stops, and uses an answer's actions", async ({
    person: _,
    watched: page,
    context,
  }) => {
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    await open(page);
    const skip = page.getByRole("link", { name: "Skip to the conversation" });
    await tabTo(page, skip, "Shift+Tab");
    await expect(skip).toBeInViewport();
    await page.keyboard.press("Enter");
    await tabTo(page, composer(page));

    await page.keyboard.type("[[pace:400,10,0]]");
    await page.keyboard.press("Enter");
    await expect(answers(page)).toContainText("FIRSTWORD");
    await page.keyboard.press("Escape");
    await expect(answers(page).getByText("Stopped", { exact: true })).toBeVisible();
    await expect(composer(page)).toBeFocused();

    await page.keyboard.type("[[say:Eleven metres.]]");
    await page.keyboard.press("Enter");
    await expect(answers(page)).toHaveCount(2);
    await answered(page);
    await tabTo(page, button(answers(page).last(), "Tokens"), "Shift+Tab");
    await page.keyboard.press("Enter");
    await expect(answers(page).last().getByText("Output", { exact: true })).toBeVisible();
    await tabTo(page, button(answers(page).last(), "Retry"), "Shift+Tab");
    await tabTo(page, button(answers(page).last(), "Copy"), "Shift+Tab");
    await page.keyboard.press("Enter");
    await expect(button(answers(page).last(), "Copied")).toBeFocused();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe("Eleven metres.");
  });

  test("somebody renames a conversation, deletes it, and takes that back", async ({
    person: _,
    watched: page,
  }) => {
    await open(page);
    await askAndRead(page, "[[say:Yes.]]");
    const options = page.getByRole("button", { name: /^Options for/ });
    await tabTo(page, options, "Shift+Tab");
    await page.keyboard.press("Enter");
    await expect(page.getByRole("menuitem", { name: "Rename" })).toBeFocused();
    await page.keyboard.press("Escape");
    await expect(options).toBeFocused();
    await page.keyboard.press("ArrowDown");
    await expect(page.getByRole("menuitem", { name: "Rename" })).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(page.getByRole("textbox", { name: "New title" })).toBeFocused();
    await page.keyboard.type("Harbour depths");
    await page.keyboard.press("Enter");
    await expect(threadLinks(page)).toHaveText(["Harbour depths"]);
    await expect(threadLinks(page)).toBeFocused();

    await tabTo(page, options);
    await page.keyboard.press("Enter");
    await page.keyboard.press("End");
    await expect(page.getByRole("menuitem", { name: "Delete" })).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(threadLinks(page)).toHaveCount(0);
    await expect(page).toHaveURL(/\/$/);
    await tabTo(page, button(page, "Undo"), "Shift+Tab");
    await page.keyboard.press("Enter");
    await expect(threadLinks(page)).toHaveText(["Harbour depths"]);
  });

  test("somebody adds pictures, looks at them in full, and comes back to where they were", async ({
    person: _,
    watched: page,
  }) => {
    await open(page);
    await tabTo(page, button(page, "Add pictures or documents"));
    const dialog = page.waitForEvent("filechooser");
    await page.keyboard.press("Enter");
    await (await dialog).setFiles([
      await screenshot("one.png", 300, 200),
      await screenshot("two.png", 90, 60),
    ]);
    await expect(page.getByRole("button", { name: /^Show .* in full$/ })).toHaveCount(2);
    await tabTo(page, composer(page), "Shift+Tab");
    await page.keyboard.press("Enter");
    await expect(answers(page)).toHaveCount(1);
    await answered(page);

    const second = button(questions(page), "Show two.png in full");
    await tabTo(page, second, "Shift+Tab");
    await page.keyboard.press("Enter");
    await expect(page.getByRole("dialog", { name: "Picture 2 of 2: two.png" })).toBeVisible();
    await page.keyboard.press("ArrowLeft");
    await expect(page.getByRole("dialog", { name: "Picture 1 of 2: one.png" })).toBeVisible();
    await tabTo(page, button(page, "Zoom in"), "Shift+Tab");
    await page.keyboard.press("Enter");
    await tabTo(page, button(page, "Fit to the window"), "Shift+Tab");
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toBeHidden();
    await expect(second).toBeFocused();
  });
});

test.describe("by ear", () => {
  test("threat 83: an answer is announced when it begins and said once when it is there", async ({
    person: _,
    watched: page,
    emulator,
  }) => {
    await hearEverything(page);
    await open(page);
    await forgetHeard(page);
    await askAndRead(page, "[[say:Eleven **metres**.]]");
    await expect.poll(() => heard(page)).toEqual(["Answering", "Eleven metres."]);

    await ask(page, "[[pace:200,50,0]]");
    await expect(answers(page).last()).toContainText("FIRSTWORD");
    // Written, but not read out word by word, and not hidden either.
    expect(
      await answers(page)
        .last()
        .evaluate((turn) => turn.closest("[aria-live], [aria-hidden=true]")),
    ).toBeNull();
    await emulator.hurry();
    await answered(page);
    await expect
      .poll(() => heard(page))
      .toEqual([
        "Answering",
        "Eleven metres.",
        "Answering",
        expect.stringMatching(/^Answer ready, \d+ words$/),
      ]);
    await expect(composer(page)).toBeFocused();
  });

  test("turns have headings in a named region, and a failure is an alert", async ({ person: _, page }) => {
    await open(page);
    await askAndRead(page, "[[fault:server-error]] How deep is it?");
    const region = page.getByRole("main").getByRole("region").first();
    await expect(region).toHaveAccessibleName(/\S/);
    await expect(region.getByRole("heading", { level: 2 })).toHaveText(["You said", "Answer"]);
    await expect(answers(page).getByRole("alert")).toBeVisible();
  });
});

test.describe("by other eyes", () => {
  test("at 320 pixels nothing has to be scrolled sideways but code and tables", async ({
    person: _,
    page,
  }) => {
    await page.setViewportSize({ width: 320, height: 640 });
    for (const path of ["/sign-in", "/register", "/", "/nowhere"]) {
      await page.goto(path);
      expect(await sidewaysScrollers(page)).toEqual([]);
    }
    await manyThings(page);
    await answers(page).first().getByRole("button", { name: "Tokens" }).click();
    expect(await sidewaysScrollers(page)).toEqual([]);
    await button(page, "Open conversations").click();
    await expect(page.getByRole("dialog", { name: "Conversations" })).toBeVisible();
    expect(await sidewaysScrollers(page)).toEqual([]);
  });

  test("who wants no motion gets none", async ({ person: _, page, emulator }) => {
    await open(page);
    await ask(page, "[[pace:100,10,4000]]");
    await button(page, "Stop").waitFor();
    expect(await moving(page)).toBeGreaterThan(0);
    await page.emulateMedia({ reducedMotion: "reduce" });
    await expect.poll(() => moving(page)).toBe(0);
    await accountMenu(page).click();
    await expect(page.getByRole("menu")).toBeVisible();
    expect(await moving(page)).toBe(0);
    await emulator.hurry();
  });
});

const accountMenu = (page: Page) => page.getByRole("button", { name: /^Account/ });

/** A conversation with one of everything. */
async function manyThings(page: Page): Promise<void> {
  await open(page);
  await attach(page, [await photo("harbour.jpg", 800, 600), await screenshot("chart.png", 500, 300)]);
  await expect(page.getByRole("button", { name: /^Show .* in full$/ })).toHaveCount(2);
  await askAndRead(page, `How deep is it here? [[say:${MARKDOWN}]]`);
  await ask(page, "[[pace:400,10,0]] And there?");
  await expect(answers(page).last()).toContainText("FIRSTWORD");
  await page.keyboard.press("Escape");
  await expect(answers(page).last().getByText("Stopped", { exact: true })).toBeVisible();
  await askAndRead(page, "[[fault:unauthorized]] And over there?");
  await expect(answers(page).last().getByRole("alert")).toBeVisible();
}

/** Notes whatever a status region says, as a screen reader would. Before the page is opened. */
async function hearEverything(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const said: string[] = [];
    Object.assign(window, { said });
    new MutationObserver((changes) => {
      const regions = changes.map(({ target }) => target.parentElement?.closest("[role=status]") ?? target);
      for (const region of new Set(regions)) {
        const text =
          region instanceof Element && region.matches("[role=status]") && region.textContent?.trim();
        if (text) said.push(text);
      }
    }).observe(document, { subtree: true, childList: true, characterData: true });
  });
}

const heard = (page: Page): Promise<string[]> =>
  page.evaluate(() => (window as unknown as { said: string[] }).said);

/** What was on the page from the beginning is not announced. */
const forgetHeard = (page: Page): Promise<void> =>
  page.evaluate(() => void (window as unknown as { said: string[] }).said.splice(0));

/** How many things move, in more than the blink of an eye. */
const moving = (page: Page): Promise<number> =>
  page.evaluate(
    () =>
      document.getAnimations().filter(({ effect, playState }) => {
        const duration = effect?.getComputedTiming().duration;
        return playState === "running" && typeof duration === "number" && duration > 1;
      }).length,
  );
