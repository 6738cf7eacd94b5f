import type { CDPSession } from "@playwright/test";
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

type Fingers = { x: number; y: number; id: number }[];

/**
 * Fingers that move from place to place and rest before they are lifted. Lifted in full speed, they set something
 * rolling in the browser's own idea of gestures, and the tap that follows only stops that.
 */
async function slowly(touch: CDPSession, places: Fingers[]): Promise<void> {
  const [first = [], ...others] = places;
  const last = places.at(-1) ?? first;
  // When each is said to happen, so that nothing has to be waited for.
  let timestamp = Date.now() / 1000 - 2;
  const send = (type: "touchStart" | "touchMove" | "touchEnd", touchPoints: Fingers) => {
    timestamp += 0.2;
    return touch.send("Input.dispatchTouchEvent", { type, touchPoints, timestamp });
  };
  await send("touchStart", first);
  for (const fingers of [...others, last, last]) await send("touchMove", fingers);
  await send("touchEnd", []);
}
