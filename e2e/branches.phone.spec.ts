import { answered, answers, button, composer, questions } from "./support/chat";
import { expect, test } from "./support/fixtures";

test("versions are walked, and questions edited, with a finger", async ({ person: _, watched: page }) => {
  await page.goto("/");
  await composer(page).fill("One [[say:First.]]");
  await button(page, "Send").tap();
  await expect(answers(page)).toHaveText([/First\./]);
  await answered(page);
  await button(questions(page), "Edit").tap();
  await page.getByRole("textbox", { name: "Edit the question" }).fill("Two [[say:Second.]]");
  await button(questions(page), "Send").tap();
  await expect(answers(page)).toHaveText([/Second\./]);
  await answered(page);
  const previous = button(questions(page), "Previous version");
  const box = await previous.boundingBox();
  expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(44);
  await previous.tap();
  await expect(answers(page)).toHaveText([/First\./]);
});
