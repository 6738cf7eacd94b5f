import { tiles } from "./support/attaching";
import { button, composer } from "./support/chat";
import { expect, test } from "./support/fixtures";
import { screenshot, turnedPhoto } from "./support/pictures";
import { manifestOf, share, workerReady } from "./support/share-sheet";
import { expectSignInPage, signIn } from "./support/sign-in";

const MISSED = "What you shared did not get here. Please share it once more.";

test("pictures that another app's share sheet hands over stand in a new chat, prepared like any other", async ({
  person: _,
  watched: page,
}) => {
  await page.goto("/");
  const manifest = await manifestOf(page);
  expect(manifest).toMatchObject({ name: "Leeward", display: "standalone" });
  for (const { src, sizes } of manifest.icons) {
    const icon = await page.request.get(src);
    expect([icon.status(), sizes]).toEqual([200, expect.stringMatching(/^(192x192|512x512)$/)]);
  }

  await workerReady(page);
  await share(page, "What does it say?", [await turnedPhoto("letter.jpg")]);
  await expect(tiles(page)).toHaveText([/letter\.jpg.*759 tokens · 600 × 900/]);
  await expect(page).toHaveURL("/");
  await expect(composer(page)).toHaveValue("What does it say?");

  // It is taken once.
  await button(page, "Remove letter.jpg").tap();
  await composer(page).fill("");
  await page.reload();
  await expect(composer(page)).toHaveValue("");
  await expect(tiles(page)).toHaveCount(0);
  expect(await page.evaluate(() => caches.keys())).toEqual([]);
});

test("what was shared leaves the browser's cache when it stands in the draft, and a reload brings it once", async ({
  person: _,
  watched: page,
}) => {
  // Nothing gets to the server before the page is left.
  let held = true;
  await page.route("**/api/images?*", (route) => (held ? undefined : route.fallback()));
  await page.goto("/");
  await workerReady(page);
  await share(page, "Both?", [await screenshot("a.png", 300, 200), await screenshot("b.png", 200, 300)]);
  await expect(tiles(page)).toHaveText([/a\.png/, /b\.png/]);
  await expect.poll(() => page.evaluate(() => caches.keys())).toEqual([]);
  held = false;
  await page.reload();
  await expect(tiles(page)).toHaveText([/a\.png.*300 × 200/, /b\.png.*200 × 300/]);
  await expect(composer(page)).toHaveValue("Both?");
});

test("what is shared while nobody is signed in waits for who signs in, and one does not push out the other", async ({
  person,
  watched: page,
}) => {
  await page.goto("/");
  await workerReady(page);
  // As when the session has expired.
  await page.context().clearCookies();
  await page.goto("/");
  await expectSignInPage(page);
  await share(page, "One", [await screenshot("one.png", 300, 200)]);
  await expectSignInPage(page);
  await share(page, "Two", [await screenshot("two.png", 200, 300)]);
  await expectSignInPage(page);
  await signIn(page, person);
  await expect(tiles(page)).toHaveText([/one\.png/, /two\.png/]);
  await expect(composer(page)).toHaveValue("One\n\nTwo");
});

test("what no worker took is not lost in silence, and once shared again it is there", async ({
  person: _,
  watched: page,
}) => {
  await page.goto("/");
  await workerReady(page);
  // As after the browser's data was deleted, which leaves the icon on the telephone.
  await page.evaluate(async () =>
    (await navigator.serviceWorker.getRegistration("/share-target"))?.unregister(),
  );
  await share(page, "Hello", [await screenshot("a.png", 300, 200)]);
  await expect(page.getByText(MISSED)).toBeVisible();
  await expect(page).toHaveURL("/");
  await expect(tiles(page)).toHaveCount(0);
  await workerReady(page);
  await share(page, "Hello", [await screenshot("a.png", 300, 200)]);
  await expect(tiles(page)).toHaveText([/a\.png.*300 × 200/]);
  await expect(page.getByText(MISSED)).toHaveCount(0);
});

test("a browser without room says that what was shared did not get through", async ({
  person: _,
  watched: page,
  context,
}) => {
  await page.goto("/");
  await workerReady(page);
  const devtools = await context.newCDPSession(page);
  const origin = new URL(page.url()).origin;
  await devtools.send("Storage.overrideQuotaForOrigin", { origin, quotaSize: 1 });
  await share(page, "Hello", [await turnedPhoto("letter.jpg")]);
  await expect(page.getByText(MISSED)).toBeVisible();
  await expect(page).toHaveURL("/");
});

test("the share sheet's address leads to a new chat, whoever asks for it", async ({
  person: _,
  watched: page,
}) => {
  await page.goto("/share-target");
  await expect(page).toHaveURL("/");
});
