import { attach } from "./support/attaching";
import { askAndRead, composer, open } from "./support/chat";
import { expect, test } from "./support/fixtures";
import { photo, screenshot } from "./support/pictures";

test("somebody leaves one picture out and has another put into words; the model gets what was chosen", async ({
  person: _,
  watched: page,
  emulator,
}) => {
  const lastImages = async () => (await emulator.stats()).last.findLast(({ title }) => !title)?.images;
  await open(page);
  await attach(page, [await photo("harbour.jpg", 1600, 1200), await screenshot("bill.png", 800, 600)]);
  await expect(page.getByRole("button", { name: /^Show .* in full$/ })).toHaveCount(2);
  // The message being written counts as well.
  const meter = page.getByRole("button", { name: /^Context: / });
  await expect(meter).toHaveAccessibleName(/Context: 3,012 of 128,000 tokens/);
  await askAndRead(page, "[[say:Two pictures.]]");
  await expect(meter).toHaveAccessibleName(/Context: 3,\d{3} of 128,000 tokens/);

  // At the picture in the conversation.
  const choice = page.getByRole("button", { name: "What is sent again of harbour.jpg" });
  await expect(choice).toHaveText("2,352 tokens");
  await choice.click();
  await page.getByRole("menuitemradio", { name: /^Nothing/ }).click();
  await expect(page.getByRole("menuitemradio")).toHaveCount(0);
  await expect(choice).toBeFocused();
  await expect(choice).toHaveText("Left out");
  await expect(meter).toHaveAccessibleName(/Context: [78]\d\d of 128,000 tokens/);

  // In the panel that the meter opens.
  await meter.click();
  const panel = page.getByRole("dialog", { name: "What goes with the next question" });
  await expect(panel.getByRole("heading", { name: "2 pictures in the conversation" })).toBeVisible();
  const bill = panel.getByRole("group", { name: "What is sent again of bill.png" });
  await expect(bill.getByRole("radio", { name: "Picture" })).toBeChecked();
  await bill.getByText("Words").click();
  await expect(panel.getByText(/^In words, about \d+$/)).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(meter).toBeFocused();

  await askAndRead(page, "[[say:None.]] And now?");
  expect(await lastImages()).toEqual([]);

  // It is kept, and can be taken back.
  await page.reload();
  await expect(composer(page)).toBeVisible();
  await expect(choice).toHaveText("Left out");
  await choice.click();
  await page.getByRole("menuitemradio", { name: /^The picture/ }).click();
  await expect(choice).toHaveText("2,352 tokens");
  await askAndRead(page, "[[say:One.]] And now?");
  expect(await lastImages()).toMatchObject([{ width: 1540 }]);
});
