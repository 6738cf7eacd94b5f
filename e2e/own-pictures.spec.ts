import { attach } from "./support/attaching";
import { askAndRead, button, composer, open, questions } from "./support/chat";
import { expect, test } from "./support/fixtures";
import { newAccount, SESSION_COOKIE } from "./support/person";
import { screenshot } from "./support/pictures";

test("somebody finds a picture again and goes to its message, on another branch too; one that was not sent is deleted", async ({
  person: _,
  page,
}) => {
  await page.goto("/pictures");
  await expect(page.getByRole("heading", { name: "Pictures", level: 1 })).toBeVisible();
  await expect(page.getByText("No pictures yet")).toBeVisible();

  await page.getByRole("link", { name: "Start a chat" }).click();
  await expect(composer(page)).toBeVisible();
  await attach(page, [await screenshot("chart.png", 400, 300)]);
  await button(page, "Show chart.png in full").waitFor();
  await askAndRead(page, "[[say:Herring.]] Herring catch by month");
  await askAndRead(page, "[[pace:400,4000,0]]");

  await attach(page, [await screenshot("left.png", 200, 200)]);
  await button(page, "Show left.png in full").waitFor();
  await page.getByRole("link", { name: "Pictures", exact: true }).click();
  const found = page.getByRole("main").getByRole("list").getByRole("listitem");
  await expect(found).toHaveCount(2);
  await expect(found.first()).toContainText("Not sent");
  await button(page, "Delete left.png").click();
  await button(page, "Delete").click();
  await expect(found).toHaveCount(1);

  await page.getByRole("link", { name: /^chart\.png, in “/ }).click();
  await expect(page).toHaveURL(/\/t\//);
  await expect(questions(page).first()).toBeInViewport();
  await expect(questions(page).first()).toBeFocused();

  // Asked in another way, the picture taken out: its message stands on the former branch now.
  await questions(page).first().hover();
  await button(questions(page).first(), "Edit").click();
  await button(page, "Remove chart.png").click();
  await page.getByRole("textbox", { name: "Edit the question" }).fill("[[say:None.]] No chart");
  await button(questions(page).first(), "Send").click();
  await expect(questions(page)).toHaveCount(1);
  await expect(questions(page)).toContainText("No chart");
  await page.getByRole("link", { name: "Pictures", exact: true }).click();
  await page.getByRole("link", { name: /^chart\.png, in “/ }).click();
  await expect(button(page, "Show chart.png in full")).toBeInViewport();
  await expect(questions(page).first()).toContainText("Herring catch by month");
});

test("pictures are deleted by keyboard, one after the other, or kept, and the keys stay where one is", async ({
  person: _,
  watched: page,
}) => {
  await open(page);
  await attach(
    page,
    await Promise.all(["a.png", "b.png", "c.png"].map((name, at) => screenshot(name, 200 + at, 90))),
  );
  await expect(page.getByRole("button", { name: /^Show .* in full$/ })).toHaveCount(3);
  await page.goto("/pictures");
  const cards = page.getByRole("main").getByRole("listitem");
  const first = cards.first().getByRole("button", { name: /^Delete / });
  await first.focus();
  await page.keyboard.press("Enter");
  await expect(button(page, "Delete")).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(first).toBeFocused();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(first).toBeFocused();

  await page.keyboard.press("Enter");
  await page.keyboard.press("Enter");
  await expect(cards).toHaveCount(2);
  await expect(first).toBeFocused();
});

test("threats 3, 8: nobody else finds it, nor the signed-out", async ({
  person: _,
  page,
  server,
  playwright,
}) => {
  await open(page);
  await attach(page, [await screenshot("chart.png", 400, 300)]);
  await button(page, "Show chart.png in full").waitFor();
  const own = await (await page.request.get("/api/images")).json();
  expect(own.pictures).toMatchObject([{ name: "chart.png", place: null }]);
  const other = await newAccount(server.url);
  const stranger = await playwright.request.newContext({
    extraHTTPHeaders: { cookie: `${SESSION_COOKIE}=${other.session}` },
  });
  expect(await (await stranger.get(`${server.url}/api/images`)).json()).toEqual({
    pictures: [],
    nextCursor: null,
  });
  await stranger.dispose();
  const nobody = await playwright.request.newContext();
  expect((await nobody.get(`${server.url}/api/images`)).status()).toBe(401);
  await nobody.dispose();
});
