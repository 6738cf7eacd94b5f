import type { Page } from "@playwright/test";
import sharp from "sharp";
import { attach, tiles } from "./support/attaching";
import { askAndRead, button, composer, open } from "./support/chat";
import { expect, test } from "./support/fixtures";
import { tabTo } from "./support/keyboard";
import { picturesOfThread } from "./support/picture-watch";
import { quarters } from "./support/pictures";

test("somebody crops, turns, blacks out and marks a picture by keyboard alone; that picture is sent", async ({
  person: _,
  watched: page,
  emulator,
}) => {
  await open(page);
  await attach(page, [await quarters("letter.png", 800, 600)]);
  const editor = await openByKeyboard(page, "letter.png");
  const said = editor.getByRole("status").last();

  // The black field stands in the middle, 200 x 150; to the left edge, wider, all keys.
  await page.keyboard.press("b");
  const field = editor.getByRole("application", { name: /^Black field/ });
  await expect(field).toBeFocused();
  await expect(field).toHaveAccessibleName("Black field: 200 × 150 pixels at 300, 225");
  for (let step = 0; step < 25; step++) await page.keyboard.press("ArrowLeft");
  for (let step = 0; step < 20; step++) await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Shift+ArrowRight");
  await page.keyboard.press("Alt+Shift+ArrowRight");
  await expect(said).toHaveText("217 × 150 pixels at 0, 0");
  await page.keyboard.press("Enter");
  await expect(said).toHaveText("Blacked out 217 × 150 pixels.");

  await page.keyboard.press("r");
  await expect(said).toHaveText("Turned to the right, now 600 × 800 pixels.");
  await page.keyboard.press("Control+z");
  await expect(said).toHaveText("Undone: turn.");
  await page.keyboard.press("Control+Shift+z");
  await expect(said).toHaveText("Redone: turn.");

  await page.keyboard.press("c");
  for (let step = 0; step < 12; step++) await page.keyboard.press("Shift+ArrowUp");
  await page.keyboard.press("Enter");
  await expect(said).toHaveText("Cropped to 600 × 608 pixels.");

  await page.keyboard.press("t");
  await page.keyboard.type("brace");
  await page.keyboard.press("Enter");
  await expect(said).toHaveText("Text placed.");
  await page.keyboard.press("a");
  await page.keyboard.press("Enter");
  await page.keyboard.press("d");
  await page.keyboard.press("Space");
  for (let step = 0; step < 5; step++) await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(said).toHaveText("Line drawn.");

  await tabTo(page, button(page, "Done"), "Shift+Tab");
  await page.keyboard.press("Enter");
  await expect(editor).toBeHidden();
  await expect(composer(page)).toBeFocused();
  await expect(tiles(page)).toHaveText([/letter\.png.*600 × 608/]);
  // The edited one has arrived.
  await button(page, "Show letter.png in full").waitFor();
  await askAndRead(page, "[[say:A letter.]] What is it?");
  expect(await lastPictures(emulator)).toMatchObject([{ width: 600, height: 608 }]);
  // Upper left, turned to the right: the upper right of what was sent, black to the last pixel.
  const { part } = await sentPixels(page);
  expect(await part(600 - 150, 0, 150, 217)).toEqual({ least: 0, most: 0 });
});

test("threat 88: what was blacked out by mouse is in nothing that leaves; leaving without Done changes nothing", async ({
  person: _,
  watched: page,
}) => {
  await open(page);
  // Far larger than is sent: smoothing must not carry a hidden pixel over the edge.
  await attach(page, [await quarters("card.png", 2400, 1800)]);
  await tiles(page).getByText("tokens").waitFor();
  const uploaded: string[] = [];
  page.on("request", (request) => {
    if (request.method() === "DELETE") uploaded.push(request.url());
  });

  const editor = await openByMouse(page, "card.png");
  await button(editor, "Black out").click();
  await stroke(page, 0.25, 0.25, 0.75, 0.75);
  await expect(editor.getByRole("status").last()).toHaveText(/^Blacked out/);
  await page.keyboard.press("Escape");
  await expect(editor.getByText("Leave without your changes?")).toBeVisible();
  await button(editor, "Discard changes").click();
  await expect(editor).toBeHidden();
  await expect(tiles(page)).toHaveText([/card\.png.*1540 × 1176/]);
  expect(uploaded).toEqual([]);

  const again = await openByMouse(page, "card.png");
  await button(again, "Black out").click();
  await stroke(page, 0.25, 0.25, 0.75, 0.75);
  await button(again, "Crop").click();
  await stroke(page, 0.1, 0.1, 0.9, 0.9);
  await button(again, "Done").click();
  await expect(tiles(page)).toHaveText([/card\.png.*1540/]);
  // The picture that was uploaded first is taken back.
  await expect.poll(() => uploaded.length).toBe(1);
  await button(page, "Show card.png in full").waitFor();
  await askAndRead(page, "[[say:Black.]] What is there?");

  const { width, height, part } = await sentPixels(page);
  // A pixel of scaling aside: inside it is black, and outside no colour of the hidden middle is left.
  const [left, top] = [Math.ceil(width * 0.1875) + 2, Math.ceil(height * 0.1875) + 2];
  const inside = await part(left, top, Math.floor(width * 0.625) - 4, Math.floor(height * 0.625) - 4);
  expect(inside).toEqual({ least: 0, most: 0 });
  expect((await part(4, 4, 40, 40)).most).toBeGreaterThan(100);
});

async function openByKeyboard(page: Page, name: string) {
  await page.getByRole("button", { name: `More about ${name}` }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("menuitem", { name: "What the model sees" })).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  const editor = page.getByRole("dialog", { name: `Edit ${name}` });
  await expect(editor.getByRole("toolbar", { name: "Tools" })).toBeVisible();
  return editor;
}

async function openByMouse(page: Page, name: string) {
  await page.getByRole("button", { name: `More about ${name}` }).click();
  await page.getByRole("menuitem", { name: "Edit" }).click();
  const editor = page.getByRole("dialog", { name: `Edit ${name}` });
  await expect(editor.getByRole("toolbar", { name: "Tools" })).toBeVisible();
  return editor;
}

/** Drags over the picture, from and to shares of its width and height. */
async function stroke(page: Page, fromX: number, fromY: number, toX: number, toY: number): Promise<void> {
  const box = await page.getByRole("img", { name: /^The picture, / }).boundingBox();
  if (!box) throw new Error("there is no picture");
  await page.mouse.move(box.x + box.width * fromX, box.y + box.height * fromY);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.5, box.y + box.height * 0.5, { steps: 3 });
  await page.mouse.move(box.x + box.width * toX, box.y + box.height * toY, { steps: 3 });
  await page.mouse.up();
}

/** The picture in the thread, as the server has it: the very bytes that went to the model. */
async function sentPixels(page: Page) {
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

/** Pixels of the pictures in the newest question that went upstream. */
async function lastPictures(emulator: {
  stats(): Promise<{ last: { title?: boolean; images?: object[] }[] }>;
}) {
  const { last } = await emulator.stats();
  return last.findLast(({ title }) => !title)?.images ?? [];
}
