import { expectAccessible } from "./support/axe";
import { answers, open, savedThread, sendQuestion, threadLinks } from "./support/chat";
import { expect, test } from "./support/fixtures";
import { newAccount } from "./support/person";
import { photo } from "./support/pictures";
import { signedIn } from "./support/shared-talk";
import { share, uploaded } from "./support/sharing";

// What a person took along elsewhere is theirs here.

const importSection = "Bring conversations here";

test("an export of another account comes in: conversations, pictures, and shares that are not public", async ({
  person: _,
  watched: page,
  server,
}) => {
  const { session } = await newAccount(server.url);
  const before = await signedIn(server.url, session);
  const imageId = await uploaded(before, await photo("harbour.jpg", 320, 240));
  const threadId = crypto.randomUUID();
  await sendQuestion(before, "At sea [[say:A **boat**.]]", threadId, [imageId]);
  await expect.poll(async () => (await savedThread(before, threadId)).running).toBe(false);
  const { path } = await share(before, threadId);
  const zip = await (await before.get("/api/export")).body();
  await before.dispose();

  await open(page);
  await page.goto("/your-data");
  const section = page.getByRole("region", { name: importSection });
  await section
    .getByLabel("File to import")
    .setInputFiles({ name: "leeward.zip", mimeType: "application/zip", buffer: zip });
  await expect(section.getByText("1 conversation came in")).toBeVisible();
  await expect(section.getByText("2 messages, 1 picture, 0 documents.")).toBeVisible();
  await expect(section.getByText("It is not public")).toBeVisible();
  await expect(section.getByText("left out")).toBeHidden();
  await expectAccessible(page);
  await expect(threadLinks(page)).toHaveCount(1);

  await section.getByRole("list", { name: "What came in" }).getByRole("link").click();
  await expect(answers(page).getByText("boat")).toBeVisible();
  const picture = page.getByRole("button", { name: "Show harbour.jpg in full" }).locator("img");
  await expect(picture).toHaveJSProperty("complete", true);
  await expect(picture).not.toHaveJSProperty("naturalWidth", 0);

  await page.goto("/shares");
  const row = page.getByRole("listitem").filter({ hasText: "A shared talk" });
  await expect(row.getByText("Ended")).toBeVisible();
  await expect(row.getByRole("link", { name: "Open" })).toBeHidden();
  await row.getByRole("button", { name: "Update" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Update" }).click();
  await expect(page.getByRole("heading", { name: "This is your link" })).toBeVisible();
  const link = await page.getByRole("textbox", { name: "Link" }).inputValue();
  expect(link).not.toContain(path);
  const stranger = await signedIn(server.url, "");
  expect(await (await stranger.get(new URL(link).pathname)).text()).toContain("<strong>boat</strong>");
  await stranger.dispose();
});

test("what is no export is refused with a sentence, and what is missing is told", async ({
  person: _,
  watched: page,
}) => {
  await open(page);
  await page.goto("/your-data");
  const section = page.getByRole("region", { name: importSection });
  const choose = (name: string, text: string) =>
    section
      .getByLabel("File to import")
      .setInputFiles({ name, mimeType: "application/json", buffer: Buffer.from(text) });
  await choose("letter.json", "Dear Sir or Madam");
  await expect(section.getByRole("alert")).toHaveText(
    "There are no conversations in this file that can be read here.",
  );
  await choose("broken.zip", "PK\u0003\u0004broken");
  await expect(section.getByRole("alert")).toContainText("damaged or not whole");

  const parts = [
    { type: "image", file: "pictures/x.jpg", name: "x.jpg" },
    { type: "text", text: "words" },
  ];
  const message = { id: "a", parentId: null, role: "user", status: "complete", createdAt: null, parts };
  const thread = {
    format: "leeward-thread",
    version: 1,
    id: "t",
    title: "One",
    settings: {},
    openMessageId: null,
    messages: [message],
  };
  await choose("one.json", JSON.stringify(thread));
  await expect(section.getByText("1 conversation came in")).toBeVisible();
  await section.getByText("1 thing was left out").click();
  await expect(section.getByText("Picture “x.jpg”: its file is not there")).toBeVisible();
  await expect(section.getByRole("button", { name: "Import another file" })).toBeVisible();
});
