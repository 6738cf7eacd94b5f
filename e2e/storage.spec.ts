import { attach, tiles } from "./support/attaching";
import { newBucket } from "./support/bucket";
import { answers, askAndRead, button, composer, open } from "./support/chat";
import { expect, test, withModel } from "./support/fixtures";
import { newAccount, SESSION_COOKIE } from "./support/person";
import { photo, screenshot } from "./support/pictures";
import { startServer } from "./support/server";

// Where pictures are kept has no room, or is away: somebody is told what and why, and nothing they have is lost.

test("a bucket that is away is said beside the picture; text and picture wait, and go when it is there again", async ({
  page,
  emulator,
}) => {
  const bucket = await newBucket();
  const server = await startServer({ ...withModel(emulator.url), ...bucket.settings });
  try {
    const { session } = await newAccount(server.url);
    await page.context().addCookies([{ name: SESSION_COOKIE, value: session, url: server.url }]);
    await open(page, server.url);
    await attach(page, [await screenshot("before.png", 300, 200)]);
    await button(page, "Show before.png in full").waitFor();
    await bucket.stop();
    await composer(page).fill("[[say:Both are there.]]");
    await attach(page, [await screenshot("away.png", 200, 300)]);
    await expect(tiles(page).filter({ hasText: "away.png" }).getByRole("alert")).toHaveText(
      "away.png: The server cannot store anything right now. Try again later, and tell whoever runs Leeward.",
    );
    await expect(composer(page)).toHaveValue("[[say:Both are there.]]");

    await bucket.start();
    await button(page, "Retry away.png").click();
    await button(page, "Show away.png in full").waitFor();
    await expect(tiles(page)).toHaveText([/before\.png/, /away\.png/]);
    await askAndRead(page, "[[say:Both are there.]]");
    await expect(answers(page)).toContainText("Both are there.");
    const calls = (await emulator.stats()).last;
    expect(calls.some(({ images }) => images?.length === 2)).toBe(true);
  } finally {
    await server.remove();
    await bucket.remove();
  }
});

test("a person's room is full: the picture says how full, the others stay, and with room again it is taken", async ({
  page,
  emulator,
}) => {
  const large = await photo("large.jpg", 1200, 900);
  const server = await startServer({
    ...withModel(emulator.url),
    LEEWARD_STORAGE_PER_PERSON: String(large.buffer.length + 20_000),
  });
  try {
    const { session } = await newAccount(server.url);
    await page.context().addCookies([{ name: SESSION_COOKIE, value: session, url: server.url }]);
    await open(page, server.url);
    await composer(page).fill("Words");
    await attach(page, [await screenshot("small.png", 300, 200), large]);
    await button(page, "Show large.jpg in full").waitFor();
    await attach(page, [await photo("more.jpg", 1000, 1000)]);
    await expect(tiles(page).filter({ hasText: "more.jpg" }).getByRole("alert")).toHaveText(
      /^“more\.jpg” does not fit any more: your pictures and documents take 0\.\d+ MB of the 0\.\d+ MB you have here\./,
    );
    await expect(composer(page)).toHaveValue("Words");
    await button(page, "Remove large.jpg").click();
    await button(page, "Retry more.jpg").click();
    await button(page, "Show more.jpg in full").waitFor();
    await expect(tiles(page)).toHaveText([/small\.png/, /more\.jpg/]);
  } finally {
    await server.remove();
  }
});
