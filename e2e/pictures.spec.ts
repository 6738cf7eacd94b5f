import type { Page } from "@playwright/test";
import sharp from "sharp";
import { attach, copied, drop, tiles } from "./support/attaching";
import { askAndRead, button, composer, open } from "./support/chat";
import { expect, test, withModel } from "./support/fixtures";
import { everyFormat } from "./support/formats";
import { elsewhere, onOtherNetwork } from "./support/other-network";
import { newAccount, SESSION_COOKIE } from "./support/person";
import { picturesOfThread } from "./support/picture-watch";
import { photo, screenshot, turnedPhoto } from "./support/pictures";
import { type Server, startServer } from "./support/server";
import { similarity } from "./support/similarity";

test("what the model gets of every format is what another program sees in it", async ({
  person: _,
  watched: page,
}) => {
  // Fourteen pictures take their time on a busy machine.
  test.setTimeout(400_000);
  const files = await everyFormat();
  const unlike: Record<string, number> = {};
  for (const some of [files.slice(0, 7), files.slice(7)]) {
    await open(page);
    await attach(page, some);
    await expect(shown(page)).toHaveCount(some.length, { timeout: 180_000 });
    await askAndRead(page, "[[say:Seen.]]");
    const ids = await picturesOfThread(page);
    for (const [at, { name, seen, least = 0.95 }] of some.entries()) {
      const sent = await (await page.request.get(`/api/images/${ids[at]}`)).body();
      const { width = 0, height = 0, orientation, exif, icc } = await sharp(sent).metadata();
      expect({ name, orientation, exif, icc }).toEqual({ name });
      const alike = await similarity(
        sent,
        await sharp(seen).resize(width, height, { fit: "fill" }).png().toBuffer(),
      );
      if (!(alike > least)) unlike[name] = alike;
    }
  }
  expect(unlike).toEqual({});
});

test("somebody looks, by keyboard, at what the model gets of a photograph, and what was taken out", async ({
  person: _,
  watched: page,
}) => {
  await open(page);
  await attach(page, [await turnedPhoto("telephone.jpg")]);
  const more = button(page, "More about telephone.jpg");
  await more.focus();
  await page.keyboard.press("Enter");
  await page.getByRole("menuitem", { name: "What the model sees" }).press("Enter");

  const inspector = page.getByRole("dialog", { name: "What the model sees of telephone.jpg" });
  await expect(inspector.getByRole("row", { name: /^Pixels/ })).toHaveText(/600 × 900.*600 × 900/);
  await expect(inspector.getByRole("row", { name: /^File/ })).toHaveText(/kB.*kB/);
  await expect(inspector.getByRole("row", { name: /^Format/ })).toHaveText(/JPEG.*JPEG/);
  await expect(inspector).toContainText("759 tokens");
  await expect(inspector).toContainText("33 rows of 22 patches of 28 × 28 pixels");
  for (const removed of ["Location", "Camera"]) {
    await expect(inspector.getByRole("listitem").filter({ hasText: removed })).toBeVisible();
  }
  await expect(inspector.getByRole("img", { name: "telephone.jpg" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(inspector).toBeHidden();
  await expect(more).toBeFocused();
});

test("pictures are put in order by keyboard and by hand, and sent in it", async ({
  person: _,
  watched: page,
  emulator,
}) => {
  await open(page);
  const sizes = [100, 200, 300];
  await attach(page, await Promise.all(sizes.map((size) => screenshot(`${size}.png`, size, 50))));
  await expect(shown(page)).toHaveCount(3);
  const more = button(page, "More about 300.png");
  await more.focus();
  await page.keyboard.press("Enter");
  await page.getByRole("menuitem", { name: "Move forward" }).press("Enter");
  await expect(tiles(page)).toHaveText([/100\.png/, /300\.png/, /200\.png/]);
  await expect(page.getByText("300.png is now number 2 of 3")).toBeAttached();
  await expect(more).toBeFocused();

  await tiles(page)
    .filter({ hasText: "200.png" })
    .dragTo(tiles(page).filter({ hasText: "100.png" }));
  await expect(tiles(page)).toHaveText([/200\.png/, /100\.png/, /300\.png/]);
  await askAndRead(page, "[[say:In order.]]");
  const { last } = await emulator.stats();
  const images = last.findLast(({ title }) => !title)?.images as { width: number }[];
  expect(images.map(({ width }) => width)).toEqual([200, 100, 300]);
});

test.describe("from elsewhere", () => {
  let server: Server;
  test.beforeAll(async ({ emulator }) => {
    server = await startServer({ ...withModel(emulator.url), ...onOtherNetwork });
  });
  test.afterAll(() => server.remove());

  test("threats 51, 52: pictures are fetched by address, and nothing from inside is", async ({
    page,
    context,
  }) => {
    const { session } = await newAccount(server.url);
    await context.addCookies([{ name: SESSION_COOKIE, value: session, url: server.url, httpOnly: true }]);
    const { buffer } = await photo("x.jpg", 800, 600);
    const there = await elsewhere((request, response) => {
      if (request.url === "/inside") response.writeHead(302, { location: "http://169.254.169.254/" }).end();
      else response.writeHead(200, { "content-type": "image/jpeg" }).end(buffer);
    });
    const at = (path: string, host = "pictures.test") => `http://${host}:${there.port}${path}`;
    await page.goto(server.url);

    await fetchFrom(page, at("/harbour.jpg"));
    await expect(tiles(page)).toHaveText([/harbour\.jpg.*660 tokens · 800 × 600/]);
    for (const address of [at("/inside"), at("/a.png", "localhost"), at("/b.png", "0x7f.1")]) {
      await fetchFrom(page, address);
    }
    for (const name of ["inside", "a.png", "b.png"]) {
      await expect(
        page.getByRole("alert").filter({ hasText: `“${name}” lies in a private network` }),
      ).toBeVisible();
      await button(page, `Remove ${name}`).click();
    }

    // Copied from a page: the picture there, and one inside the copied HTML itself.
    const { buffer: dot } = await screenshot("dot.png", 64, 64);
    const inside = `<img alt="dot.png" src="data:image/png;base64,${dot.toString("base64")}">`;
    await copied(page, `<img src="${at("/copied.jpg")}">${inside}`);
    await expect(tiles(page)).toHaveText([/harbour/, /dot\.png.*12 tokens/, /copied\.jpg.*660 tokens/]);
    // With words around it, only what is in the clipboard itself.
    await copied(page, `<p>Words <img src="${at("/unasked.jpg")}"></p>`);
    // Dragged out of a page.
    await drop(page.locator("body"), [], async () => {}, {
      "text/uri-list": at("/link"),
      "text/html": `<a href="${at("/link")}"><img src="${at("/dragged.jpg")}"></a>`,
    });
    await expect(tiles(page)).toHaveText([/harbour/, /dot/, /copied/, /dragged\.jpg.*660 tokens/]);
    await expect(shown(page)).toHaveCount(4);
    there.close();
  });

  async function fetchFrom(page: Page, address: string): Promise<void> {
    await button(page, "Add from elsewhere").click();
    await page.getByRole("menuitem", { name: "Picture from an address" }).click();
    await page.getByRole("textbox", { name: "Address of the picture" }).fill(address);
    await page.keyboard.press("Enter");
    await expect(composer(page)).toBeFocused();
  }
});

/** Pictures that are on the server. */
const shown = (page: Page) => page.getByRole("button", { name: /^Show .* in full$/ });
