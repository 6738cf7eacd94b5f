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
  // Beside the versions of an answer its menu stands far to the right, and fits all the same.
  await button(answers(page), "Retry").tap();
  await answered(page);
  await button(answers(page), "More for this message").tap();
  const menu = page.getByRole("menu", { name: "More for this message" });
  await expect(menu).toBeVisible();
  const [shown, window] = [await menu.boundingBox(), page.viewportSize()];
  expect(shown?.x).toBeGreaterThanOrEqual(0);
  expect((shown?.x ?? 0) + (shown?.width ?? 0)).toBeLessThanOrEqual(window?.width ?? 0);
  await page.getByRole("menuitem", { name: "Delete" }).tap();
  await expect(page.getByRole("dialog", { name: "Delete this answer?" })).toBeVisible();
});

test.describe("in German, whose words are longer", () => {
  test.use({ locale: "de-DE" });

  test("an answer that broke off has all its buttons within the screen", async ({
    person: _,
    watched: page,
  }) => {
    await page.goto("/");
    await page
      .getByRole("textbox", { name: "Nachricht" })
      .fill(`[[fault:cut-without-done]] [[say:Eins zwei drei vier.]]`);
    await button(page, "Senden").tap();
    const answer = page.getByRole("article").last();
    await expect(answer.getByRole("alert")).toContainText("Was schon da war, bleibt erhalten.");
    await expect(button(answer, "Fortsetzen")).toBeVisible();
    const width = page.viewportSize()?.width ?? 0;
    const rights = await answer
      .getByRole("button")
      .evaluateAll((buttons) =>
        buttons.map((each) => [
          each.getAttribute("aria-label") ?? each.textContent,
          each.getBoundingClientRect().right,
        ]),
      );
    expect(rights.length).toBeGreaterThanOrEqual(5);
    expect(rights.filter(([, right]) => Number(right) > width)).toEqual([]);
  });
});
