import { attach, tiles } from "./support/attaching";
import { answers, button, composer } from "./support/chat";
import { expect, test } from "./support/fixtures";
import { photo, textFile, turnedPhoto } from "./support/pictures";

test("somebody photographs a letter on a telephone, looks at what is sent of it, and asks", async ({
  person: _,
  watched: page,
}) => {
  await page.goto("/");
  await button(page, "Add from elsewhere").tap();
  const camera = page.waitForEvent("filechooser");
  await page.getByRole("menuitem", { name: "Take a photo" }).tap();
  const chooser = await camera;
  expect(await chooser.element().getAttribute("capture")).toBe("environment");
  await chooser.setFiles([await turnedPhoto("letter.jpg")]);
  await expect(tiles(page)).toHaveText([/letter\.jpg.*759 tokens · 600 × 900/]);

  await button(page, "More about letter.jpg").tap();
  await page.getByRole("menuitem", { name: "What the model sees" }).tap();
  const inspector = page.getByRole("dialog", { name: "What the model sees of letter.jpg" });
  await expect(inspector.getByText("Location")).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  await inspector.getByRole("button", { name: "Close" }).tap();
  await composer(page).fill("[[say:A letter.]]");
  await button(page, "Send").tap();
  await expect(answers(page).last()).toContainText("A letter.");
});

test("what was refused, and what was just added, does not hide below the edge of the list", async ({
  person: _,
  watched: page,
}) => {
  await page.goto("/");
  const files = await Promise.all([1, 2, 3, 4].map((number) => photo(`${number}.jpg`, 300, 200)));
  await attach(page, [
    ...files,
    textFile("drawing.svg", "image/svg+xml", "<svg xmlns='http://www.w3.org/2000/svg'/>"),
  ]);
  await expect(tiles(page).getByText("tokens")).toHaveCount(4);
  await expect(tiles(page).getByRole("alert")).toBeInViewport();
  await attach(page, [await photo("new.jpg", 300, 200)]);
  await expect(tiles(page).filter({ hasText: "new.jpg" })).toBeInViewport();
});

test("five pictures of a message stand beside each other, each with its own menu", async ({
  person: _,
  watched: page,
}) => {
  await page.goto("/");
  const sizes = [
    [300, 200],
    [200, 600],
    [900, 100],
    [64, 64],
    [400, 300],
  ] as const;
  await attach(page, await Promise.all(sizes.map(([w, h], at) => photo(`${at}.jpg`, w, h))));
  await expect(tiles(page).getByText("tokens")).toHaveCount(5);
  await button(page, "Send").tap();
  const shown = page.getByRole("button", { name: /^Show \d\.jpg in full$/ });
  await expect(shown).toHaveCount(5);
  await expect(page.getByRole("button", { name: /^What is sent again of/ })).toHaveCount(5);
  const boxes = await Promise.all((await shown.all()).map((each) => each.boundingBox()));
  expect(new Set(boxes.map((box) => `${box?.width} ${box?.height}`)).size).toBe(1);
  expect(new Set(boxes.map((box) => box?.x)).size).toBe(2);
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
});

test("a sentence of the composer has a line of its own, and nothing is pushed aside", async ({
  person: _,
  watched: page,
}) => {
  await page.goto("/");
  const before = await button(page, "Send").boundingBox();
  await attach(page, await Promise.all(Array.from({ length: 11 }, (_, at) => photo(`${at}.jpg`, 30, 30))));
  const said = page.getByText("At most 10 pictures fit into one message: 1 was left out.");
  await expect(said).toBeInViewport({ ratio: 1 });
  const [line, send] = [await said.boundingBox(), await button(page, "Send").boundingBox()];
  expect(line?.height).toBeLessThan(50);
  expect((line?.y ?? 0) + (line?.height ?? 0)).toBeLessThanOrEqual(send?.y ?? 0);
  expect(send?.x).toBe(before?.x);
});

test("on the narrowest screens no number of a picture is cut off", async ({ person: _, watched: page }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  await page.goto("/");
  await attach(page, [await photo("large.jpg", 2400, 1800)]);
  await expect(tiles(page)).toHaveText(/2,352 tokens · 1540 × 1176 · \d+ kB/);
  const numbers = tiles(page).getByText("tokens").locator("xpath=ancestor::p");
  const cut = await numbers.evaluate((line) => line.scrollWidth - line.clientWidth);
  expect(cut).toBe(0);
});

test("why an upload failed has the tile's width, and Retry stands below it", async ({ person: _, page }) => {
  await page.route("**/api/images", (route) => route.abort());
  await page.goto("/");
  await attach(page, [await photo("harbour.jpg", 300, 200)]);
  const why = tiles(page).getByRole("alert");
  await expect(why).toContainText("could not be uploaded");
  const [tile, words] = [await tiles(page).boundingBox(), await why.boundingBox()];
  const retry = await button(page, "Retry harbour.jpg").boundingBox();
  if (!tile || !words || !retry) throw new Error("something is not shown");
  expect(words.width).toBeGreaterThan(tile.width * 0.8);
  expect(retry.y).toBeGreaterThanOrEqual(words.y + words.height);
});
