import { attach } from "./support/attaching";
import { answers, button, composer } from "./support/chat";
import { expect, test } from "./support/fixtures";
import { photo, screenshot } from "./support/pictures";

test("somebody leaves a picture out with a finger, sees what goes on in the panel, and it is kept", async ({
  person: _,
  watched: page,
}) => {
  await page.goto("/");
  await attach(page, [await photo("harbour.jpg", 1600, 1200), await screenshot("bill.png", 800, 600)]);
  await expect(page.getByRole("button", { name: /^Show .* in full$/ })).toHaveCount(2);
  const meter = page.getByRole("button", { name: /^Context: / });
  await expect(meter).toHaveAccessibleName(/Context: 3,012 of 128,000 tokens/);
  await composer(page).fill("[[say:Two pictures.]]");
  await button(page, "Send").tap();
  await expect(answers(page)).toContainText("Two pictures.");

  const choice = page.getByRole("button", { name: "What is sent again of harbour.jpg" });
  await expect(choice).toHaveText("2,352 tokens");
  await choice.tap();
  await page.getByRole("menuitemradio", { name: /^Nothing/ }).tap();
  await expect(choice).toHaveText("Left out");
  await expect(meter).toHaveAccessibleName(/Context: [78]\d\d of 128,000 tokens/);

  await meter.tap();
  const panel = page.getByRole("dialog", { name: "What goes with the next question" });
  const bill = panel.getByRole("group", { name: "What is sent again of bill.png" });
  await expect(bill.getByRole("radio", { name: "Picture" })).toBeChecked();
  await expect(panel).toBeInViewport({ ratio: 1 });

  await page.reload();
  await expect(choice).toHaveText("Left out");
});
