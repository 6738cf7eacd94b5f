import { tiles } from "./support/attaching";
import { answers, button, composer } from "./support/chat";
import { expect, test } from "./support/fixtures";
import { turnedPhoto } from "./support/pictures";

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
