import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Locator, Page } from "@playwright/test";
import sharp from "sharp";
import { attach } from "./support/attaching";
import { askAndRead, button, open } from "./support/chat";
import { expect, test } from "./support/fixtures";
import { photo, screenshot } from "./support/pictures";

test("somebody looks closely: wheel, keys, double click and dragging; arrows pan what is near and lead on when not", async ({
  person: _,
  watched: page,
}) => {
  await send(page);
  await button(page, "Show first.jpg in full").click();
  const viewer = page.getByRole("dialog", { name: "Picture 1 of 2: first.jpg" });
  await expect(button(viewer, "Close")).toBeFocused();
  const fitted = await boxOf(viewer);

  await page.keyboard.press("+");
  await expect.poll(async () => (await boxOf(viewer)).width).toBeCloseTo(fitted.width * 1.5, 0);
  await page.keyboard.press("+");
  await expect.poll(async () => (await boxOf(viewer)).width).toBeCloseTo(fitted.width * 2.25, 0);
  const centred = await boxOf(viewer);
  await page.keyboard.press("ArrowRight");
  await expect.poll(async () => (await boxOf(viewer)).x).toBeLessThan(centred.x - 10);
  await expect(viewer).toBeVisible();
  await page.keyboard.press("-");
  await page.keyboard.press("-");
  await expect.poll(() => boxOf(viewer)).toEqual(fitted);

  const middle = { x: fitted.x + fitted.width / 2, y: fitted.y + fitted.height / 2 };
  await page.mouse.move(middle.x, middle.y);
  await page.mouse.wheel(0, -600);
  await expect.poll(async () => (await boxOf(viewer)).width).toBeGreaterThan(fitted.width * 2);
  const near = await boxOf(viewer);
  await page.mouse.down();
  await page.mouse.move(middle.x + 80, middle.y + 40, { steps: 4 });
  await page.mouse.up();
  await expect.poll(async () => Math.round((await boxOf(viewer)).x - near.x)).toBe(80);
  await button(viewer, "Fit to the window").click();
  await expect.poll(() => boxOf(viewer)).toEqual(fitted);
  await page.mouse.dblclick(middle.x, middle.y);
  await expect.poll(async () => (await boxOf(viewer)).width).toBeGreaterThan(fitted.width);
  await page.keyboard.press("0");
  await expect.poll(() => boxOf(viewer)).toEqual(fitted);

  await page.keyboard.press("ArrowRight");
  await expect(page.getByRole("dialog", { name: "Picture 2 of 2: second.png" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toBeHidden();
});

test("a picture gets words: asked of the model, then one's own; they stand for it wherever it is", async ({
  person: _,
  watched: page,
}) => {
  await send(page);
  await button(page, "Show first.jpg in full").click();
  await button(page, "Describe this picture").click();
  await expect(page.getByText(/^A picture of 1540 × 1176 pixels/)).toBeVisible();
  await expect(page.getByText("(by the model)")).toBeVisible();

  await button(page, "Edit the caption").click();
  const words = page.getByRole("textbox", { name: "Words for the picture" });
  await words.fill("The harbour at noon");
  await words.press("Enter");
  await expect(page.getByRole("img", { name: "The harbour at noon" })).toBeVisible();
  await page.keyboard.press("Escape");
  await page.reload();
  await button(page, "Show The harbour at noon in full").click();
  await expect(page.getByRole("img", { name: "The harbour at noon" })).toBeVisible();
});

test("a picture that had to become another kind is saved under the ending of what it is", async ({
  person: _,
  watched: page,
}) => {
  const telephone = {
    name: "IMG_1.heic",
    mimeType: "image/heic",
    buffer: await readFile(join(import.meta.dirname, "support/telephone.heic")),
  };
  for (const path of ["/", "/temporary"]) {
    await open(page, path);
    await attach(page, [telephone]);
    await button(page, "Show IMG_1.heic in full").waitFor();
    await askAndRead(page, "[[say:A picture.]]");
    await button(page, "Show IMG_1.heic in full").click();
    const download = page.waitForEvent("download");
    await page.getByRole("link", { name: "Download" }).click();
    const file = await download;
    const { format } = await sharp(await readFile(await file.path())).metadata();
    expect([file.suggestedFilename(), format]).toEqual(["IMG_1.jpg", "jpeg"]);
    await page.keyboard.press("Escape");
  }
});

/** Where the picture is on the screen, and how large. */
async function boxOf(viewer: Locator): Promise<{ x: number; y: number; width: number; height: number }> {
  const box = await viewer.getByRole("img").boundingBox();
  if (!box) throw new Error("there is no picture");
  return box;
}

/** A conversation whose first message has two pictures. */
async function send(page: Page): Promise<void> {
  await open(page);
  await attach(page, [await photo("first.jpg", 2400, 1800), await screenshot("second.png", 300, 200)]);
  await expect(page.getByRole("button", { name: /^Show .* in full$/ })).toHaveCount(2);
  await askAndRead(page, "[[say:Two pictures.]]");
}
