import type { Page } from "@playwright/test";
import sharp from "sharp";
import { expect } from "./fixtures";
import { picturesOfThread } from "./picture-watch";

export async function openByKeyboard(page: Page, name: string) {
  await page.getByRole("button", { name: `More about ${name}` }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("menuitem", { name: "What the model sees" })).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  const editor = page.getByRole("dialog", { name: `Edit ${name}` });
  await expect(editor.getByRole("toolbar", { name: "Tools" })).toBeVisible();
  return editor;
}

export async function openByMouse(page: Page, name: string) {
  await page.getByRole("button", { name: `More about ${name}` }).click();
  await page.getByRole("menuitem", { name: "Edit" }).click();
  const editor = page.getByRole("dialog", { name: `Edit ${name}` });
  await expect(editor.getByRole("toolbar", { name: "Tools" })).toBeVisible();
  return editor;
}

/** Drags over the picture, from and to shares of its width and height. */
export async function stroke(
  page: Page,
  fromX: number,
  fromY: number,
  toX: number,
  toY: number,
): Promise<void> {
  const box = await page.getByRole("img", { name: /^The picture, / }).boundingBox();
  if (!box) throw new Error("there is no picture");
  await page.mouse.move(box.x + box.width * fromX, box.y + box.height * fromY);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.5, box.y + box.height * 0.5, { steps: 3 });
  await page.mouse.move(box.x + box.width * toX, box.y + box.height * toY, { steps: 3 });
  await page.mouse.up();
}

/** The picture in the thread, as the server has it: the very bytes that went to the model. */
export async function sentPixels(page: Page) {
  const [id] = await picturesOfThread(page);
  const bytes = await (await page.request.get(`/api/images/${id}`)).body();
  const { width, height } = await sharp(bytes).metadata();
  /** The darkest and the lightest value of any channel in a part of it. */
  const part = async (left: number, top: number, wide: number, high: number) => {
    const cut = await sharp(bytes)
      .removeAlpha()
      .extract({ left, top, width: wide, height: high })
      .png()
      .toBuffer();
    const { channels } = await sharp(cut).stats();
    return {
      least: Math.min(...channels.map(({ min }) => min)),
      most: Math.max(...channels.map(({ max }) => max)),
    };
  };
  return { width, height, part };
}
