import { makeAdministrator } from "./support/administrator";
import { expectAccessible } from "./support/axe";
import { answers, askAndRead, button, open } from "./support/chat";
import { expect, test } from "./support/fixtures";
import { newAccount, SESSION_COOKIE } from "./support/person";

test("somebody sets how a new conversation is answered, then how all are, and sees with each answer what made it", async ({
  person: _,
  watched: page,
  emulator,
}) => {
  const dialog = page.getByRole("dialog", { name: "How it is answered" });
  const asked = async () => (await emulator.stats()).last.findLast(({ title }) => !title);
  await open(page);
  await button(page, "How this conversation is answered").click();
  const temperature = dialog.getByRole("spinbutton", { name: "Temperature" });
  await expect(temperature).toHaveAttribute("placeholder", "0.7");
  await expect(dialog.getByRole("spinbutton", { name: "Longest answer" })).toHaveAttribute(
    "placeholder",
    "1,000",
  );
  await expectAccessible(page);
  await dialog.getByRole("textbox", { name: "Instructions" }).fill("Answer like a sailor.");
  await temperature.fill("0.2");
  await button(dialog, "Save").click();
  await expect(dialog).toBeHidden();
  await expect(button(page, "How this conversation is answered")).toBeFocused();
  await askAndRead(page, "One [[say:Ahoy.]]");
  expect((await asked())?.roles).toEqual(["system", "user"]);

  await button(answers(page), "Tokens").click();
  const details = answers(page).getByRole("definition");
  await expect(details.filter({ hasText: "Answer like a sailor." })).toBeVisible();
  await expect(details.filter({ hasText: /^0\.2$/ })).toBeVisible();
  await expect(details.filter({ hasText: "1,000 tokens" })).toBeVisible();

  await button(page, "How this conversation is answered").click();
  await expect(temperature).toHaveValue("0.2");
  await dialog.getByText("My conversations", { exact: true }).click();
  await expect(temperature).toHaveValue("");
  await dialog.getByRole("spinbutton", { name: "Longest answer" }).fill("500");
  await button(dialog, "Save").click();
  await expect(dialog).toBeHidden();
  await page.goto("/");
  await button(page, "How this conversation is answered").click();
  await expect(dialog.getByRole("spinbutton", { name: "Longest answer" })).toHaveAttribute(
    "placeholder",
    "500",
  );
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
});

test("an administrator sets how everybody is answered; somebody else sees it as what is usual, and is answered so", async ({
  person,
  server,
  watched: page,
  browser,
  emulator,
}) => {
  makeAdministrator(server.data, person.id);
  const dialog = page.getByRole("dialog", { name: "How it is answered" });
  await open(page);
  await button(page, "How this conversation is answered").click();
  await dialog.getByText("Everybody’s", { exact: true }).click();
  await expectAccessible(page);
  await dialog.getByRole("textbox", { name: "Instructions" }).fill("Answer like a harbour pilot.");
  await dialog.getByRole("spinbutton", { name: "Temperature" }).fill("0.35");
  await button(dialog, "Save").click();
  await expect(dialog).toBeHidden();

  const somebody = await newAccount(server.url);
  const context = await browser.newContext({ baseURL: server.url });
  await context.addCookies([
    { name: SESSION_COOKIE, value: somebody.session, url: server.url, httpOnly: true },
  ]);
  const other = await context.newPage();
  await open(other);
  await button(other, "How this conversation is answered").click();
  const theirs = other.getByRole("dialog", { name: "How it is answered" });
  await expect(theirs.getByRole("spinbutton", { name: "Temperature" })).toHaveAttribute(
    "placeholder",
    "0.35",
  );
  await expect(theirs.getByRole("textbox", { name: "Instructions" })).toHaveAttribute(
    "placeholder",
    "Answer like a harbour pilot.",
  );
  await expect(theirs.getByText("My conversations", { exact: true })).toBeVisible();
  await expect(theirs.getByText("Everybody’s", { exact: true })).toHaveCount(0);
  await other.keyboard.press("Escape");
  await askAndRead(other, "One [[say:Ahoy.]]");
  const asked = (await emulator.stats()).last.findLast(({ title }) => !title);
  expect(asked?.params).toMatchObject({ temperature: 0.35 });
  await context.close();

  await button(page, "How this conversation is answered").click();
  await dialog.getByText("Everybody’s", { exact: true }).click();
  await expect(dialog.getByRole("spinbutton", { name: "Temperature" })).toHaveValue("0.35");
  await dialog.getByRole("spinbutton", { name: "Temperature" }).fill("");
  await dialog.getByRole("textbox", { name: "Instructions" }).fill("");
  await button(dialog, "Save").click();
  await expect(dialog).toBeHidden();
});
