import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { attach, tiles } from "./support/attaching";
import { askAndRead, button, composer, open } from "./support/chat";
import { openByKeyboard, openByMouse, sentPixels, stroke } from "./support/editor";
import { expect, test } from "./support/fixtures";
import { tabTo } from "./support/keyboard";
import { quarters, turnedPhoto } from "./support/pictures";

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

test("small print is blacked out exactly by keyboard: near, field by field, to the pixel", async ({
  person: _,
  watched: page,
}) => {
  await open(page);
  await attach(page, [await quarters("print.png", 800, 600)]);
  const editor = await openByKeyboard(page, "print.png");
  const said = editor.getByRole("status").last();
  await page.keyboard.press("-");
  await expect(said).toHaveText(/^Zoom \d+%: all of the picture\.$/);
  for (let step = 0; step < 5; step++) await page.keyboard.press("+");
  await expect(said).toHaveText(/^Zoom \d{3}%: \d{2,3} × \d{2,3} pixels at \d+, \d+\.$/);

  // The hand moves what is seen; a field begins in its middle.
  await page.keyboard.press("h");
  await expect(button(editor, "Move the picture")).toHaveAttribute("aria-pressed", "true");
  for (let step = 0; step < 30; step++) await page.keyboard.press("ArrowLeft");
  for (let step = 0; step < 30; step++) await page.keyboard.press("ArrowUp");
  await expect(said).toHaveText(/pixels at 0, 0\.$/);
  await page.keyboard.press("b");
  const field = editor.getByRole("application", { name: /^Black field/ });
  await expect(field).toBeFocused();
  for (let step = 0; step < 60; step++) await page.keyboard.press("Shift+Alt+ArrowLeft");
  await page.keyboard.press("Alt+ArrowRight");

  // Moved out of what is seen, the picture follows.
  for (let step = 0; step < 40; step++) await page.keyboard.press("ArrowRight");
  await expect(field).toBeInViewport({ ratio: 1 });
  const name = (await field.getAttribute("aria-label")) ?? "";
  const [width = 0, height = 0, left = 0, top = 0] = (name.match(/\d+/g) ?? []).map(Number);
  expect(width).toBeLessThan(60);
  expect(left).toBeGreaterThan(100);
  await page.keyboard.press("Enter");
  await expect(said).toHaveText(`Blacked out ${width} × ${height} pixels.`);
  await page.keyboard.press("0");
  await expect(said).toHaveText(/all of the picture\.$/);
  await tabTo(page, button(page, "Done"), "Shift+Tab");
  await page.keyboard.press("Enter");
  await expect(editor).toBeHidden();
  await button(page, "Show print.png in full").waitFor();
  await askAndRead(page, "[[say:A letter.]] What is it?");

  const { part } = await sentPixels(page);
  expect(await part(left, top, width, height)).toEqual({ least: 0, most: 0 });
  for (const [x, y, wide, high] of [
    [left - 1, top, 1, height],
    [left + width, top, 1, height],
    [left, top - 1, width, 1],
    [left, top + height, width, 1],
  ] as const) {
    expect((await part(x, y, wide, high)).most).toBeGreaterThan(100);
  }
});

test("the wheel zooms where the mouse is, and what is drawn there is a few pixels", async ({
  person: _,
  watched: page,
}) => {
  await open(page);
  await attach(page, [await quarters("print.png", 800, 600)]);
  await tiles(page).getByText("tokens").waitFor();
  const editor = await openByMouse(page, "print.png");
  await button(editor, "Black out").click();
  await button(editor, "Discard").click();
  const picture = editor.getByRole("img", { name: /^The picture, / });
  const box = async () => {
    const found = await picture.boundingBox();
    if (!found) throw new Error("there is no picture");
    return found;
  };
  const fitted = await box();
  // Whole pixels, as a wheel says its place.
  const at = { x: Math.round(fitted.x + fitted.width / 4), y: Math.round(fitted.y + fitted.height / 4) };
  const under = (of: typeof fitted) => [((at.x - of.x) * 800) / of.width, ((at.y - of.y) * 800) / of.width];
  await page.mouse.move(at.x, at.y);
  await page.mouse.wheel(0, -1200);
  await expect.poll(async () => (await box()).width).toBeGreaterThan(fitted.width * 4);
  const near = await box();
  const scale = near.width / 800;
  // What was under the mouse is there still.
  for (const [axis, place] of under(near).entries()) expect(place).toBeCloseTo(under(fitted)[axis] ?? 0, 1);

  const to = { x: at.x + 6 * scale, y: at.y + 3 * scale };
  await page.mouse.down();
  await page.mouse.move(to.x, to.y, { steps: 4 });
  await page.mouse.up();
  const said = editor.getByRole("status").last();
  await expect(said).toHaveText("Blacked out 6 × 3 pixels.");

  // The middle button moves it and draws nothing.
  await page.mouse.down({ button: "middle" });
  await page.mouse.move(to.x + 50, to.y + 20, { steps: 3 });
  await page.mouse.up({ button: "middle" });
  expect((await box()).x).toBeCloseTo(near.x + 50, 0);
  await expect(said).toHaveText("Blacked out 6 × 3 pixels.");
  await button(editor, "Fit to the window").click();
  await expect.poll(async () => (await box()).width).toBe(fitted.width);
});

/** Pixels of the pictures in the newest question that went upstream. */
async function lastPictures(emulator: {
  stats(): Promise<{ last: { title?: boolean; images?: object[] }[] }>;
}) {
  const { last } = await emulator.stats();
  return last.findLast(({ title }) => !title)?.images ?? [];
}

test("nothing that was made is lost by going back, nor by leaving the question: not a field, not a word", async ({
  person: _,
  watched: page,
}) => {
  await open(page);
  await attach(page, [await quarters("card.png", 800, 600)]);
  await tiles(page).getByText("tokens").waitFor();
  const editor = await openByMouse(page, "card.png");
  const question = editor.getByRole("alertdialog", { name: "Leave without your changes?" });
  await button(editor, "Text").click();
  await page.keyboard.type("Mine");
  await button(editor, "Cancel").click();
  await expect(question).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(question).toBeHidden();
  await expect(editor.getByRole("textbox", { name: "Text on the picture" })).toHaveValue("Mine");

  // As a telephone's back gesture does.
  await editor.evaluate((dialog: HTMLDialogElement) => dialog.requestClose());
  await expect(question).toBeVisible();
  await button(question, "Keep editing").click();
  await button(editor, "Apply").click();
  await editor.evaluate((dialog: HTMLDialogElement) => dialog.requestClose());
  await expect(question).toBeVisible();
  await button(question, "Discard changes").click();
  await expect(editor).toBeHidden();

  // Where nothing was made, nothing is asked.
  await openByMouse(page, "card.png");
  await editor.evaluate((dialog: HTMLDialogElement) => dialog.requestClose());
  await expect(editor).toBeHidden();
});

test("what was chosen, and what was taken out of it, is told of an edited picture too, after a reload and another edit", async ({
  person: _,
  watched: page,
}) => {
  await open(page);
  await attach(page, [await turnedPhoto("place.jpg")]);
  await tiles(page).getByText("tokens").waitFor();
  const right = async (name: string) => {
    const editor = await openByMouse(page, name);
    await button(editor, "Right").click();
    await button(editor, "Done").click();
    await expect(editor).toBeHidden();
    await button(page, "Show place.png in full").waitFor();
  };
  await right("place.jpg");
  await expect(tiles(page)).toHaveText(/900 × 600/);
  await page.reload();
  await right("place.png");
  await expect(tiles(page)).toHaveText(/600 × 900/);

  await page.getByRole("button", { name: "More about place.png" }).click();
  await page.getByRole("menuitem", { name: "What the model sees" }).click();
  const inspector = page.getByRole("dialog", { name: "What the model sees of place.png" });
  await expect(inspector.getByRole("row", { name: "Format JPEG PNG" })).toBeVisible();
  await expect(inspector.getByRole("listitem")).toHaveText([
    "Location",
    "Camera",
    "Colour profile (applied)",
  ]);
});

test("a picture of a temporary conversation that this browser cannot decode is edited all the same", async ({
  person: _,
  watched: page,
}) => {
  await open(page, "/temporary");
  const buffer = await readFile(join(import.meta.dirname, "support/telephone.heic"));
  await attach(page, [{ name: "IMG_1.heic", mimeType: "image/heic", buffer }]);
  await tiles(page).getByText("tokens").waitFor();
  const editor = await openByMouse(page, "IMG_1.heic");
  await button(editor, "Right").click();
  await button(editor, "Done").click();
  await expect(tiles(page)).toHaveText(/IMG_1\.png.*240 × 320/);
});
