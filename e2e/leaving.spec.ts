import { makeAdministrator } from "./support/administrator";
import { expectAccessible } from "./support/axe";
import { open, savedThread, sendQuestion } from "./support/chat";
import { expect, test, withModel } from "./support/fixtures";
import { newAccount } from "./support/person";
import { photo } from "./support/pictures";
import { startServer } from "./support/server";
import { share, stranger, uploaded } from "./support/sharing";
import { anotherDevice, chooseInAccountMenu, expectSignInPage, signIn, trouble } from "./support/sign-in";

// A person deletes their account, and with it everything that is theirs.

test("an account is deleted with its password: every device is signed out, and what was shared is gone", async ({
  person,
  watched: page,
  browser,
  server,
}) => {
  // Somebody stays: without anybody the next to come would register.
  makeAdministrator(server.data, (await newAccount(server.url)).id);
  const imageId = await uploaded(page.request, await photo("harbour.jpg", 320, 240));
  const threadId = crypto.randomUUID();
  await sendQuestion(page.request, "Look [[say:A **boat**.]]", threadId, [imageId]);
  await expect.poll(async () => (await savedThread(page.request, threadId)).running).toBe(false);
  const choices = { messages: [1, 2], pictures: ["1.0"], redactions: [], name: false, dates: false };
  const { path } = await share(page.request, threadId, { choices });
  const visitor = await stranger(browser, server.url);
  await visitor.goto(path);
  const image = (await visitor.getByRole("img", { name: "Picture 1" }).getAttribute("src")) ?? "";
  expect((await visitor.request.get(image)).status()).toBe(200);
  const elsewhere = await anotherDevice(browser, server.url, person);

  await open(page, `/t/${threadId}`);
  await chooseInAccountMenu(page, "Your data");
  await page.getByRole("button", { name: "Delete my account…" }).click();
  const dialog = page.getByRole("dialog", { name: "Delete your account for good?" });
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await expect(dialog).toBeHidden();

  await page.getByRole("button", { name: "Delete my account…" }).click();
  await dialog.getByRole("textbox", { name: "Password", exact: true }).fill(person.password);
  await page.keyboard.press("Enter");
  await expectSignInPage(page);
  await expect(page.getByText("Your account has been deleted")).toBeVisible();
  expect((await elsewhere.request.get("/api/threads")).status()).toBe(401);
  for (const gone of [path, image]) expect((await visitor.request.get(gone)).status()).toBe(404);
  const again = await visitor.context().newPage();
  await again.goto("/sign-in");
  await signIn(again, person);
  await expect(trouble(again)).toContainText("do not match an account");
  await Promise.all([elsewhere.close(), visitor.context().close()]);
});

test("the only one to administer names who does from now on, and is refused with a wrong password", async ({
  browser,
  emulator,
}) => {
  const server = await startServer(withModel(emulator.url));
  const [chief, ada] = [await newAccount(server.url, "Chief"), await newAccount(server.url)];
  const context = await anotherDevice(browser, server.url, chief);
  const page = await context.newPage();
  await page.goto("/your-data");
  await page.getByRole("button", { name: "Delete my account…" }).click();
  const dialog = page.getByRole("dialog", { name: "Delete your account for good?" });
  const password = dialog.getByRole("textbox", { name: "Password", exact: true });
  const confirm = dialog.getByRole("button", { name: "Delete for good" });
  await password.fill("not this one");
  await confirm.click();
  await expect(dialog.getByRole("alert")).toHaveText("That is not the password. Try again.");
  await password.fill(chief.password);
  await confirm.click();
  await expect(dialog.getByRole("alert")).toContainText("Nobody else administers this installation.");
  await dialog.getByRole("textbox", { name: "E-mail of who administers from now on" }).fill(ada.email);
  await expectAccessible(page);
  await confirm.click();
  await expectSignInPage(page);
  const successor = await anotherDevice(browser, server.url, ada);
  expect((await successor.request.get("/api/admin/shares")).status()).toBe(200);
  await Promise.all([context.close(), successor.close()]);
  await server.remove();
});
