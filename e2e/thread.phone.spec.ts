import type { Locator, Page } from "@playwright/test";
import { attach, tiles } from "./support/attaching";
import { answered, answers, button, composer, questions, threadLinks } from "./support/chat";
import { expect, test } from "./support/fixtures";
import { photo, screenshot } from "./support/pictures";
import { sidewaysScrollers } from "./support/reflow";

// A phone: 412 x 839 pixels, fingers.

/** The least that a finger can press, in pixels each way. */
const TARGET = 44;

const drawer = (page: Page): Locator => page.getByRole("dialog", { name: "Conversations" });

test("somebody asks: Enter breaks the line, the button sends, and the composer stays in sight", async ({
  person: _,
  watched: page,
}) => {
  await openByTouch(page);
  // The keyboard does not come up by itself.
  await expect(composer(page)).not.toBeFocused();
  await composer(page).tap();
  await page.keyboard.type("First line");
  await page.keyboard.press("Enter");
  await page.keyboard.type("[[pace:700,2000,0]]");
  await expect(composer(page)).toHaveValue("First line\n[[pace:700,2000,0]]");
  await expect(questions(page)).toHaveCount(0);

  await button(page, "Send").tap();
  await answered(page);
  await expect(questions(page)).toHaveText(/First line\n/, { useInnerText: true });
  await expect(answers(page)).toContainText("ENDOFANSWER");
  await expect(composer(page)).toBeInViewport({ ratio: 1 });
  await expect(button(page, "Send")).toBeInViewport({ ratio: 1 });
  await swipeDown(page);
  await expect(questions(page)).toBeInViewport();
  await expect(composer(page)).toBeInViewport({ ratio: 1 });
  expect(await sidewaysScrollers(page)).toEqual([]);
  await button(page, "To the end").tap();
  await expect(answers(page).getByText("ENDOFANSWER")).toBeInViewport();

  // As when the keyboard takes its half of the window.
  await page.setViewportSize({ width: 412, height: 420 });
  await expect(composer(page)).toBeInViewport({ ratio: 1 });
  await expect(button(page, "Send")).toBeInViewport({ ratio: 1 });
});

test("somebody changes the last of what waits: its buttons are in sight", async ({
  person: _,
  watched: page,
}) => {
  await openByTouch(page);
  await composer(page).fill("One [[pace:900,4,0]]");
  await button(page, "Send").tap();
  await expect(answers(page)).toContainText("FIRSTWORD");
  const rows = page.getByRole("region", { name: "Waiting to be sent" }).getByRole("listitem");
  for (const [index, text] of ["Two", "Three", "Four", "Five", "Six"].entries()) {
    await composer(page).fill(`${text} [[say:${text}.]]`);
    await button(page, "Send when the answer is there").tap();
    await expect(rows).toHaveCount(index + 1);
  }
  await button(rows.last(), "Edit the waiting message").tap();
  const field = page.getByRole("textbox", { name: "Waiting message" });
  await expect(button(page, "Save")).toBeInViewport({ ratio: 1 });
  await field.fill("Six, thought over");
  await button(page, "Save").tap();
  await expect(rows.last()).toContainText("Six, thought over");
});

test("somebody opens the drawer, goes to another conversation, and begins a new one", async ({
  person: _,
  watched: page,
}) => {
  await openByTouch(page);
  await askByTouch(page, "[[say:Yes.]] Are herring fish?");
  await page.getByRole("banner").getByRole("link", { name: "New chat" }).tap();
  await expect(page.getByRole("heading", { name: "What shall we look at?" })).toBeVisible();
  await askByTouch(page, "[[say:No.]] Are whales fish?");

  await button(page, "Open conversations").tap();
  await expect(drawer(page)).toBeVisible();
  await expect(threadLinks(page)).toHaveText([/whales/i, /herring/i]);
  await threadLinks(page).last().tap();
  await expect(drawer(page)).toBeHidden();
  await expect(questions(page)).toContainText("herring");

  await button(page, "Open conversations").tap();
  await drawer(page).getByRole("link", { name: "New chat" }).tap();
  await expect(drawer(page)).toBeHidden();
  await expect(page.getByRole("heading", { name: "What shall we look at?" })).toBeVisible();

  await button(page, "Open conversations").tap();
  await page.touchscreen.tap(400, 400);
  await expect(drawer(page)).toBeHidden();
});

test("somebody renames and deletes in the drawer", async ({ person: _, watched: page }) => {
  await openByTouch(page);
  await askByTouch(page, "[[say:Yes.]] Are herring fish?");
  await button(page, "Open conversations").tap();
  const options = drawer(page).getByRole("button", { name: /^Options for/ });
  await options.tap();
  await page.getByRole("menuitem", { name: "Rename" }).tap();
  await page.getByRole("textbox", { name: "New title" }).fill("Fish");
  await page.keyboard.press("Enter");
  await expect(threadLinks(page)).toHaveText(["Fish"]);
  await options.tap();
  await page.getByRole("menuitem", { name: "Delete" }).tap();
  await expect(threadLinks(page)).toHaveCount(0);
  await button(page, "Undo").tap();
  await button(page, "Open conversations").tap();
  await expect(threadLinks(page)).toHaveText(["Fish"]);
});

test("somebody sends a picture and looks at it in full", async ({ person: _, watched: page, emulator }) => {
  await openByTouch(page);
  await attach(page, [await photo("telephone.jpg", 3000, 4000)]);
  await expect(tiles(page)).toHaveText([/telephone\.jpg/]);
  await button(page, "Show telephone.jpg in full").waitFor();
  expect(await sidewaysScrollers(page)).toEqual([]);
  await button(page, "Send").tap();
  await expect(answers(page)).toHaveCount(1);
  await answered(page);
  const { last } = await emulator.stats();
  expect(last.findLast(({ title }) => !title)?.images).toMatchObject([{ width: 1176, height: 1540 }]);

  await button(questions(page), "Show telephone.jpg in full").tap();
  const viewer = page.getByRole("dialog", { name: /telephone\.jpg/ });
  await expect(viewer).toBeVisible();
  expect(await tooSmall(viewer)).toEqual([]);
  expect(await sidewaysScrollers(page)).toEqual([]);
  await button(viewer, "Close").tap();
  await expect(viewer).toBeHidden();
});

test("whatever is pressed is large enough for a finger", async ({ person: _, page }) => {
  await openByTouch(page);
  expect(await tooSmall(page.getByRole("banner"))).toEqual([]);
  expect(await tooSmall(page.getByRole("main"))).toEqual([]);
  await attach(page, [await screenshot("one.png", 90, 60)]);
  await button(page, "Show one.png in full").waitFor();
  expect(await tooSmall(page.getByRole("main"))).toEqual([]);
  await askByTouch(page, "[[say:A list.\n\n```sh\nnpm start\n```]] What now?");
  // Every button; links within a sentence are as high as their line.
  expect(await tooSmall(page.getByRole("main"), "button")).toEqual([]);

  await button(page, "Open conversations").tap();
  await expect(drawer(page)).toBeVisible();
  expect(await tooSmall(drawer(page), "button, a, input")).toEqual([]);
  await drawer(page)
    .getByRole("button", { name: /^Account/ })
    .tap();
  expect(await tooSmall(page.getByRole("menu"))).toEqual([]);
});

test("a wide table, long words and long lines stay in their place", async ({ person: _, watched: page }) => {
  await openByTouch(page);
  const wide = Array.from({ length: 12 }, (_, n) => `column${n}`).join(" | ");
  const word = "Donaudampfschifffahrtsgesellschaft".repeat(6);
  const table = `| ${wide} |\n|${" --- |".repeat(12)}\n| ${wide} |`;
  await askByTouch(page, `${word} [[say:${table}\n\n${word}\n\n\`\`\`\n${word}\n\`\`\`]]`);
  expect(await sidewaysScrollers(page)).toEqual([]);
});

/** Opens the chat and waits until it has come to life; nothing takes the focus here that would tell. */
async function openByTouch(page: Page): Promise<void> {
  await page.goto("/");
  await page.waitForFunction(() =>
    Object.keys(document.querySelector("textarea") ?? {}).some((key) => key.startsWith("__reactProps")),
  );
}

/** A finger drawn over the text, which goes up to the beginning. */
async function swipeDown(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send("Input.synthesizeScrollGesture", { x: 200, y: 300, yDistance: 9000, speed: 20_000 });
  await session.detach();
}

async function askByTouch(page: Page, text: string): Promise<void> {
  await composer(page).fill(text);
  await button(page, "Send").tap();
  await expect(answers(page)).toHaveCount(1);
  await answered(page);
}

/** What can be seen and pressed in there, and is smaller than a finger. */
async function tooSmall(place: Locator, what = "button, a"): Promise<string[]> {
  await expect(place.locator(what).first()).toBeVisible();
  return place.locator(what).evaluateAll((elements, least) => {
    const visible = elements.filter((element) => element.checkVisibility({ visibilityProperty: true }));
    return visible.flatMap((element) => {
      const box = element.getBoundingClientRect();
      // What is on its way measures a hair less.
      const [width, height] = [Math.round(box.width), Math.round(box.height)];
      const name = element.getAttribute("aria-label") ?? element.textContent;
      return width >= least && height >= least ? [] : [`${name}: ${width} x ${height}`];
    });
  }, TARGET);
}
