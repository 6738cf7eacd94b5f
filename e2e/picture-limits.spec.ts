import { attach, tiles } from "./support/attaching";
import { askAndRead, button, composer, open } from "./support/chat";
import { test as base, expect, withModel } from "./support/fixtures";
import { photo } from "./support/pictures";
import { type Server, startServer } from "./support/server";

const test = base.extend<object, { server: Server }>({
  server: [
    async ({ emulator }, use) => {
      const server = await startServer({
        ...withModel(emulator.url),
        IONOS_MODELS: "few/pictures, no/pictures",
        LEEWARD_MOST_IMAGES: "4, few/pictures=2, no/pictures=0",
      });
      await use(server);
      await server.remove();
    },
    { scope: "worker", timeout: 60_000 },
  ],
});

test("the chosen model says how many pictures fit; choosing one that takes fewer says so and loses nothing", async ({
  person: _,
  watched: page,
}) => {
  const settings = page.getByRole("dialog", { name: "How it is answered" });
  const choose = async (model: string, hint: string) => {
    await button(page, "How this conversation is answered").click();
    await settings.getByRole("combobox", { name: "Model" }).selectOption(model);
    await expect(settings.getByText(hint)).toBeVisible();
    await button(settings, "Save").click();
    await expect(settings).toBeHidden();
  };
  const files = await Promise.all([1, 2, 3].map((number) => photo(`${number}.jpg`, 300, 200)));
  await open(page);
  await composer(page).fill("[[say:Seen.]]");
  await attach(page, files);
  await expect(tiles(page).getByText("tokens")).toHaveCount(3);

  await choose("few/pictures", "Takes at most 2 pictures in one message.");
  const complaint = page.getByText(
    "The chosen model takes at most 2 pictures in one message. Take 1 out, or choose another model.",
  );
  await expect(complaint).toBeVisible();
  await button(page, "Send").click();
  await expect(tiles(page)).toHaveCount(3);
  await expect(page).toHaveURL("/");
  await expect(composer(page)).toHaveValue("[[say:Seen.]]");

  await button(page, "Remove 3.jpg").click();
  await expect(complaint).toBeHidden();
  await askAndRead(page, "[[say:Seen.]]");
  await expect(page.getByRole("button", { name: /^Show .* in full$/ })).toHaveCount(2);

  // Another visit knows the thread's model as well.
  await page.reload();
  await attach(page, files);
  await expect(tiles(page)).toHaveCount(2);
  await expect(page.getByText("At most 2 pictures fit into one message: 1 was left out.")).toBeVisible();
  await choose("no/pictures", "Takes no pictures.");
  await expect(
    page.getByText("The chosen model takes no pictures. Take 2 out, or choose another model."),
  ).toBeVisible();
  await choose("", "Takes at most 4 pictures in one message.");
  await expect(page.getByText("The chosen model takes")).toBeHidden();
  await attach(page, files);
  await expect(tiles(page)).toHaveCount(4);
});
