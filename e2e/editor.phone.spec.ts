import { attach, tiles } from "./support/attaching";
import { answered, button } from "./support/chat";
import { slowly } from "./support/fingers";
import { expect, test } from "./support/fixtures";
import { quarters } from "./support/pictures";
import { sidewaysScrollers } from "./support/reflow";

test("somebody blacks out with a finger, sends it, and pinches and swipes through the pictures", async ({
  person: _,
  watched: page,
}) => {
  await page.goto("/");
  await attach(page, [await quarters("card.png", 800, 600), await quarters("other.png", 300, 400)]);
  await expect(tiles(page)).toHaveText([/card\.png.*tokens/, /other\.png.*tokens/]);
  await page.getByRole("button", { name: "More about card.png" }).tap();
  await page.getByRole("menuitem", { name: "Edit" }).tap();
  const editor = page.getByRole("dialog", { name: "Edit card.png" });
  await button(editor, "Black out").tap();
  expect(await sidewaysScrollers(page)).toEqual([]);

  const box = await editor.getByRole("img", { name: /^The picture, / }).boundingBox();
  if (!box) throw new Error("there is no picture");
  const touch = await page.context().newCDPSession(page);
  const at = (x: number, y: number, id = 0) => ({ x: box.x + box.width * x, y: box.y + box.height * y, id });
  await slowly(touch, [[at(0.1, 0.1)], [at(0.3, 0.2)], [at(0.6, 0.5)]]);
  await expect(editor.getByRole("status").last()).toHaveText(/^Blacked out/);
  await button(editor, "Done").tap();
  await expect(tiles(page)).toHaveText([/card\.png.*tokens/, /other\.png.*tokens/]);
  await button(page, "Send").tap();
  await answered(page);

  await button(page, "Show card.png in full").tap();
  const picture = page.getByRole("dialog").getByRole("img");
  const width = async () => (await picture.boundingBox())?.width ?? 0;
  const fitted = await width();
  const fingers = (apart: number) => [
    { x: 200 - apart, y: 400, id: 0 },
    { x: 200 + apart, y: 400, id: 1 },
  ];
  await slowly(touch, [fingers(40), fingers(80), fingers(120)]);
  await expect.poll(width).toBeGreaterThan(fitted * 2);
  await button(page, "Fit to the window").tap();
  await expect.poll(width).toBe(fitted);

  const swipe = (x: number) => [{ x, y: 400, id: 0 }];
  await touch.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: swipe(320) });
  await touch.send("Input.dispatchTouchEvent", { type: "touchMove", touchPoints: swipe(200) });
  await touch.send("Input.dispatchTouchEvent", { type: "touchMove", touchPoints: swipe(120) });
  await touch.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
  await expect(page.getByRole("dialog", { name: "Picture 2 of 2: other.png" })).toBeVisible();
});

test("somebody pinches the picture large in the editor and blacks out small print exactly", async ({
  person: _,
  watched: page,
}) => {
  await page.goto("/");
  await attach(page, [await quarters("card.png", 800, 600)]);
  await tiles(page).getByText("tokens").waitFor();
  await page.getByRole("button", { name: "More about card.png" }).tap();
  await page.getByRole("menuitem", { name: "Edit" }).tap();
  const editor = page.getByRole("dialog", { name: "Edit card.png" });
  const said = editor.getByRole("status").last();
  await button(editor, "Black out").tap();
  await button(editor, "Discard").tap();
  await expect(said).toHaveText("Discarded.");

  const picture = editor.getByRole("img", { name: /^The picture, / });
  const box = async () => {
    const found = await picture.boundingBox();
    if (!found) throw new Error("there is no picture");
    return found;
  };
  const fitted = (await box()).width;
  const touch = await page.context().newCDPSession(page);
  const fingers = (apart: number) => [
    { x: 200 - apart, y: 380, id: 0 },
    { x: 200 + apart, y: 380, id: 1 },
  ];
  await slowly(touch, [fingers(30), fingers(90), fingers(150)]);
  await expect.poll(async () => (await box()).width).toBeGreaterThan(fitted * 3);
  // Two fingers drew nothing.
  await expect(editor.getByRole("application")).toBeHidden();
  await expect(button(editor, "Undo")).toHaveAttribute("aria-disabled", "true");

  // The hand moves it, and draws nothing either.
  await button(editor, "Move the picture").tap();
  const before = await box();
  const finger = (x: number, y: number) => [{ x, y, id: 0 }];
  await slowly(touch, [finger(200, 380), finger(180, 390), finger(160, 400)]);
  await expect.poll(async () => Math.round((await box()).x)).toBe(Math.round(before.x - 40));
  await button(editor, "Black out").tap();
  await button(editor, "Discard").tap();

  // From the pixel at 400, 300, which both hand and fingers left on the screen, 20 by 10 pixels.
  const { x, y, width } = await box();
  const at = (px: number, py: number) => finger(x + (px * width) / 800, y + (py * width) / 800);
  await slowly(touch, [at(400.5, 300.5), at(410, 305), at(419.5, 309.5)]);
  await expect(said).toHaveText(/^Blacked out (19|20) × (9|10) pixels/);
  expect(await sidewaysScrollers(page)).toEqual([]);
});
