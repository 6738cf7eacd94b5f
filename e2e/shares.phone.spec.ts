import { expectAccessible } from "./support/axe";
import { button, savedThread, sendQuestion } from "./support/chat";
import { expect, test } from "./support/fixtures";
import { dialog, stranger } from "./support/sharing";

const WIDE = [
  "[[say:# A table, and code that is wider than a telephone",
  "| Harbour | Depth in metres at low water | Berths for visitors | What they ask for a night |",
  "|---|---|---|---|",
  "| Travemünde | 4.5 | 120 | 24 € |",
  "",
  "```ts",
  `const harbours = [${Array.from({ length: 30 }, (_, berth) => `"berth ${berth}"`).join(", ")}];`,
  "```]]",
].join("\n");

test("somebody shares with a finger, looks at the page on the telephone, and takes the link back", async ({
  person: _,
  watched: page,
  browser,
  server,
}) => {
  const { threadId } = await sendQuestion(page.request, `Which harbour is deepest? ${WIDE}`);
  await expect.poll(async () => (await savedThread(page.request, threadId)).running).toBe(false);
  await page.goto(`/t/${threadId}`);
  await button(page, "Open conversations").tap();
  await page
    .getByRole("button", { name: /^Options for/ })
    .first()
    .tap();
  await page.getByRole("menuitem", { name: "Share…" }).tap();
  await expect(dialog(page).getByRole("textbox", { name: "Title" })).toBeVisible();
  await dialog(page).getByRole("textbox", { name: "Title" }).fill("Deep harbours");
  await dialog(page).getByRole("button", { name: "None", exact: true }).tap();
  await dialog(page)
    .getByRole("checkbox", { name: /^2, AI/ })
    .tap();
  await expectAccessible(page);
  await dialog(page).getByRole("tab", { name: "Preview" }).tap();
  const preview = page.frameLocator('iframe[title="Preview: what others will see"]:not([aria-hidden])');
  await expect(preview.getByRole("heading", { name: "A table, and code" })).toBeVisible();
  await expect(preview.getByText("Which harbour is deepest?")).toHaveCount(0);
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  await button(page, "Create link").tap();
  await expect(page.getByRole("heading", { name: "This is your link" })).toBeVisible();
  const url = await page.getByRole("textbox", { name: "Link" }).inputValue();

  const visitor = await stranger(browser, server.url);
  await visitor.setViewportSize({ width: 390, height: 844 });
  await visitor.goto(url);
  await expect(visitor.getByRole("heading", { level: 1 })).toHaveText("Deep harbours");
  await expect(visitor.getByRole("columnheader", { name: "Harbour" })).toBeVisible();
  await expect(visitor.getByText("Which harbour is deepest?")).toHaveCount(0);
  // What is wide scrolls in its own frame, and the page does not.
  expect(await visitor.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  const code = visitor.getByRole("region", { name: "Code, TypeScript" });
  expect(await code.evaluate(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)).toBe(true);
  await expectAccessible(visitor);

  await page.getByRole("link", { name: "Shared links" }).tap();
  const row = page.getByRole("listitem").filter({ hasText: "Deep harbours" });
  await expect(row).toContainText("opened once");
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  await row.getByRole("button", { name: "Revoke" }).tap();
  await page.getByRole("dialog").getByRole("button", { name: "Revoke" }).tap();
  await expect(row).toHaveCount(0);
  expect((await visitor.reload())?.status()).toBe(404);
  await visitor.context().close();
});
