import { attach, tiles } from "./support/attaching";
import { answered, button } from "./support/chat";
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
  await touch.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: [at(0.1, 0.1)] });
  await touch.send("Input.dispatchTouchEvent", { type: "touchMove", touchPoints: [at(0.3, 0.2)] });
  await touch.send("Input.dispatchTouchEvent", { type: "touchMove", touchPoints: [at(0.6, 0.5)] });
  await touch.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
  await expect(editor.getByRole("status").last()).toHaveText(/^Blacked out/);
  // Not tapped: right after a drag that it was told of, the browser makes no click of a tap.
  await button(editor, "Done").click();
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
  await touch.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: fingers(40) });
  await touch.send("Input.dispatchTouchEvent", { type: "touchMove", touchPoints: fingers(80) });
  await touch.send("Input.dispatchTouchEvent", { type: "touchMove", touchPoints: fingers(120) });
  await touch.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
  await expect.poll(width).toBeGreaterThan(fitted * 2);
  await button(page, "Fit to the window").click();
  await expect.poll(width).toBe(fitted);

  const swipe = (x: number) => [{ x, y: 400, id: 0 }];
  await touch.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: swipe(320) });
  await touch.send("Input.dispatchTouchEvent", { type: "touchMove", touchPoints: swipe(200) });
  await touch.send("Input.dispatchTouchEvent", { type: "touchMove", touchPoints: swipe(120) });
  await touch.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
  await expect(page.getByRole("dialog", { name: "Picture 2 of 2: other.png" })).toBeVisible();
});
