import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import sharp from "sharp";
import { attach, drop, paste, tiles } from "./support/attaching";
import { answered, answers, askAndRead, button, composer, open, threadLinks } from "./support/chat";
import { expect, test } from "./support/fixtures";
import { shifts, watchShifts } from "./support/layout-shifts";
import { newAccount, SESSION_COOKIE } from "./support/person";
import { heldPreviews, picturesOfThread, previewBytes, watchWork } from "./support/picture-watch";
import {
  colourOf,
  giant,
  giantHeic,
  photo,
  screenshot,
  textFile,
  truncated,
  turnedPhoto,
  withText,
} from "./support/pictures";

test.describe("ways in", () => {
  test("somebody attaches a picture, sees its size and tokens, and asks about it", async ({
    person: _,
    watched: page,
    emulator,
  }) => {
    await open(page);
    await attach(page, [await photo("harbour.jpg", 800, 600)]);
    await expect(tiles(page)).toHaveText([/harbour\.jpg.*660 tokens · 800 × 600/]);
    await expect(button(page, "Show harbour.jpg in full")).toBeVisible();

    await askAndRead(page, "[[say:A harbour.]] What is it?");
    await expect(tiles(page)).toHaveCount(0);
    await expect(button(page, "Show harbour.jpg in full")).toBeVisible();
    await expect(answers(page).last()).toContainText("A harbour.");
    expect(await lastPictures(emulator)).toMatchObject([{ width: 800, height: 600 }]);
  });

  test("somebody pastes a picture, and text with a picture of it stays text", async ({
    person: _,
    watched: page,
  }) => {
    await open(page);
    await composer(page).focus();
    const picture = await screenshot("clip.png", 64, 64);
    await paste(page, [picture], "what a spreadsheet copies along");
    await expect(tiles(page)).toHaveCount(0);

    await paste(page, [picture]);
    await expect(tiles(page)).toHaveText([/clip\.png.*12 tokens · 64 × 64/]);
    await expect(composer(page)).toBeFocused();
  });

  test("somebody copies a picture elsewhere and presses Ctrl+V", async ({
    person: _,
    watched: page,
    context,
  }) => {
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    await open(page);
    await composer(page).focus();
    const { buffer } = await screenshot("clip.png", 512, 512);
    await page.evaluate(async (base64) => {
      const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
      const blob = new Blob([bytes], { type: "image/png" });
      await navigator.clipboard.write([new ClipboardItem({ "image/png": blob })]);
    }, buffer.toString("base64"));
    await page.keyboard.press("ControlOrMeta+V");
    await expect(tiles(page)).toHaveText([/380 tokens · 512 × 512/]);
  });

  test("somebody drops pictures anywhere in the window", async ({ person: _, watched: page }) => {
    await open(page);
    const files = [await photo("one.jpg", 1920, 1080), await screenshot("two.png", 64, 64)];
    const overlay = page.getByText("Drop pictures and documents anywhere");
    await drop(page.getByRole("navigation", { name: "Conversations" }), files, async () => {
      await expect(overlay).toBeVisible();
    });
    await expect(overlay).toBeHidden();
    // What the model sees of it: drawn onto its grid of 55 x 31 patches.
    await expect(tiles(page)).toHaveText([/one\.jpg.*1,736 tokens · 1540 × 868/, /two\.png.*12 tokens/]);
  });

  test("what is dragged from the page itself is no picture to be added", async ({
    person: _,
    watched: page,
  }) => {
    await open(page);
    await askAndRead(page, "[[say:Herring.]] Fish");
    const overlay = page.getByText("Drop pictures and documents anywhere");
    await threadLinks(page).first().hover();
    await page.mouse.down();
    const box = await composer(page).boundingBox();
    await page.mouse.move((box?.x ?? 0) + 40, (box?.y ?? 0) + 20, { steps: 5 });
    await expect(overlay).toBeHidden();
    await page.mouse.up();
    // As in any other field.
    await expect(composer(page)).toHaveValue(/\/t\/[0-9a-f-]{36}$/);
  });

  test("several pictures go in their order, without those taken out again", async ({
    person: _,
    watched: page,
    emulator,
  }) => {
    await open(page);
    const sizes = [100, 200, 300];
    await attach(page, await Promise.all(sizes.map((size) => screenshot(`${size}.png`, size, 50))));
    await expect(page.getByRole("button", { name: /^Show .* in full$/ })).toHaveCount(3);
    await button(page, "Remove 200.png").click();
    await expect(tiles(page)).toHaveText([/100\.png/, /300\.png/]);
    await expect(composer(page)).toBeFocused();
    await askAndRead(page, "[[say:Two.]]");
    expect(await lastPictures(emulator)).toMatchObject([{ width: 100 }, { width: 300 }]);
  });

  test("a message may be a picture alone", async ({ person: _, watched: page, emulator }) => {
    await open(page);
    await expect(button(page, "Send")).toBeDisabled();
    await attach(page, [await photo("alone.jpg", 512, 512)]);
    await button(page, "Show alone.jpg in full").waitFor();
    await button(page, "Send").click();
    await answered(page);
    await expect(page).toHaveURL(/\/t\//);
    expect(await lastPictures(emulator)).toMatchObject([{ width: 512, height: 512 }]);
  });

  test("at most ten pictures fit into a message; the rest are counted", async ({
    person: _,
    watched: page,
    emulator,
  }) => {
    await open(page);
    const files = await Promise.all(
      Array.from({ length: 12 }, (_, n) => screenshot(`p${n}.png`, 30 + n, 30)),
    );
    await attach(page, files);
    await expect(page.getByText("At most 10 pictures fit into one message: 2 were left out.")).toBeVisible();
    await expect(page.getByRole("button", { name: /^Show .* in full$/ })).toHaveCount(10);
    await askAndRead(page, "[[say:Ten.]]");
    expect((await lastPictures(emulator)).length).toBe(10);
  });
});

test.describe("what the model sees", () => {
  test("threat 88: a turned photograph is shown and sent upright, without metadata, byte for byte", async ({
    person: _,
    watched: page,
    emulator,
  }) => {
    await heldPreviews(page);
    const file = await turnedPhoto("telephone.jpg");
    expect((await sharp(file.buffer).metadata()).orientation).toBe(6);
    expect(file.buffer.includes("Camera of a test")).toBe(true);
    await open(page);
    await attach(page, [file]);
    await expect(tiles(page)).toHaveText([/759 tokens · 600 × 900/]);
    const ready = button(page, "Show telephone.jpg in full");
    const preview = await previewBytes(page, ready.locator("img"));
    await askAndRead(page, "[[say:Upright.]]");

    const [id = ""] = await picturesOfThread(page);
    const served = await (await page.request.get(`/api/images/${id}`)).body();
    expect(served.equals(preview)).toBe(true);
    expect(await lastPictures(emulator)).toEqual([{ width: 600, height: 900, bytes: preview.length }]);

    const { width, height, orientation, exif, xmp, iptc } = await sharp(served).metadata();
    expect({ width, height, orientation, exif, xmp, iptc }).toEqual({ width: 600, height: 900 });
    expect(served.includes("Camera of a test")).toBe(false);
    const [red = 0, , blue = 0] = await colourOf(served, { left: 50, top: 50, width: 500, height: 300 });
    expect(red).toBeGreaterThan(blue + 100);
    const below = await colourOf(served, { left: 50, top: 550, width: 500, height: 300 });
    expect(below[2]).toBeGreaterThan((below[0] ?? 0) + 100);
  });

  test("threat 88: what a program wrote into a PNG is gone on the server too", async ({
    person: _,
    page,
  }) => {
    const { buffer } = withText(await screenshot("x.png", 40, 40), "Author", "Somebody secret");
    const upload = await page.request.post("/api/images", {
      data: buffer,
      headers: { "content-type": "image/png", "x-file-name": "x.png" },
    });
    const served = await (await page.request.get(`/api/images/${(await upload.json()).id}`)).body();
    expect(served.includes("secret")).toBe(false);
    expect(await sharp(served).metadata()).toMatchObject({ width: 40, height: 40, format: "png" });
  });

  test("a photograph of twelve megapixels is made small in the browser, in a worker", async ({
    person: _,
    watched: page,
    emulator,
  }) => {
    const work = await watchWork(page);
    const file = await photo("twelve.jpg", 4000, 3000, 95);
    expect(file.buffer.length).toBeGreaterThan(1_500_000);
    await open(page);
    const upload = page.waitForRequest((request) => request.url().endsWith("/api/images"));
    await attach(page, [file]);
    const sent = Number((await (await upload).allHeaders())["content-length"]);
    await expect(tiles(page)).toHaveText([/2,352 tokens · 1540 × 1176/]);
    await button(page, "Show twelve.jpg in full").waitFor();
    expect(sent).toBeGreaterThan(10_000);
    expect(sent).toBeLessThan(1_000_000);
    expect(await work()).toEqual({ workers: 1, decodedInPage: 0, uploads: 1 });

    await askAndRead(page, "[[say:Large.]]");
    expect(await lastPictures(emulator)).toEqual([{ width: 1540, height: 1176, bytes: sent }]);
  });

  test("an answer's tokens say how many the pictures took", async ({ person: _, watched: page }) => {
    await open(page);
    await attach(page, [await photo("a.jpg", 800, 600), await photo("b.jpg", 512, 512)]);
    await expect(page.getByRole("button", { name: /^Show .* in full$/ })).toHaveCount(2);
    await askAndRead(page, "[[say:Both.]]");
    await button(page, "Tokens").click();
    await expect(page.getByRole("term").filter({ hasText: "of which pictures" })).toBeVisible();
    await expect(page.getByRole("definition").filter({ hasText: /^1,040 tokens$/ })).toBeVisible();
  });
});

test.describe("what is no picture, or a broken one", () => {
  test("a broken picture is named with the reason, and the rest is sent", async ({
    person: _,
    watched: page,
    emulator,
  }) => {
    await open(page);
    await attach(page, [await truncated("half.jpg"), await screenshot("whole.png", 64, 64)]);
    await expect(page.getByRole("alert").filter({ hasText: "“half.jpg” is damaged" })).toBeVisible();
    await button(page, "Show whole.png in full").waitFor();
    await askAndRead(page, "[[say:One of two.]]");
    await expect(answers(page).last()).toContainText("One of two.");
    expect(await lastPictures(emulator)).toMatchObject([{ width: 64, height: 64 }]);
  });

  const HOSTILE = [
    { name: "nothing.png", reason: /is empty/, file: () => textFile("nothing.png", "image/png", "") },
    {
      name: "script.svg",
      reason: /in a format that cannot be read/,
      file: () => textFile("script.svg", "image/svg+xml", SVG),
    },
    {
      name: "svg.png",
      reason: /in a format that cannot be read/,
      file: () => textFile("svg.png", "image/png", SVG),
    },
    {
      name: "page.jpg",
      reason: /is not a picture/,
      file: () => textFile("page.jpg", "image/jpeg", "<!doctype html><script>alert(1)</script>"),
    },
    {
      name: "giant.png",
      reason: /has too many pixels/,
      file: () => giant("giant.png", 30_000, 30_000),
    },
    {
      name: "giant.heic",
      reason: /has too many pixels/,
      file: async () => giantHeic("giant.heic", 30_000, 30_000),
    },
  ];
  for (const { name, reason, file } of HOSTILE) {
    test(`threats 84, 85, 94: ${name} is refused by name and reason, and nothing is uploaded`, async ({
      person: _,
      watched: page,
    }) => {
      const work = await watchWork(page);
      await open(page);
      await attach(page, [await file()]);
      const refusal = page.getByRole("alert").filter({ hasText: `“${name}”` });
      await expect(refusal).toHaveText(reason);
      await expect(refusal).toBeInViewport({ ratio: 1 });
      // Nothing that can be sent, and typing goes on.
      await expect(button(page, "Send")).toBeDisabled();
      expect(await work()).toEqual({ workers: 1, decodedInPage: 0, uploads: 0 });
      await page.getByRole("button", { name: `Remove ${name}` }).click();
      await expect(tiles(page)).toHaveCount(0);
    });

    test(`threats 84, 85: the server refuses ${name} too`, async ({ person: _, page }) => {
      const { buffer, mimeType } = await file();
      const answer = await page.request.post("/api/images", {
        data: buffer,
        headers: { "content-type": mimeType, "x-file-name": name },
      });
      expect(answer.status()).toBe(400);
      expect((await answer.json()).error).toMatchObject({ code: "image-refused", name });
    });
  }

  test("threat 85: a picture with another format's ending is taken for what it is", async ({
    person: _,
    watched: page,
  }) => {
    const { buffer } = await screenshot("x.png", 100, 50);
    await open(page);
    await attach(page, [{ name: "really-png.jpg", mimeType: "image/jpeg", buffer }]);
    await button(page, "Show really-png.jpg in full").waitFor();
    await askAndRead(page, "[[say:Taken.]]");
    const [id = ""] = await picturesOfThread(page);
    const served = await page.request.get(`/api/images/${id}`);
    expect(served.headers()["content-type"]).toBe("image/png");
  });

  test("threat 85: a JPEG that is a page as well loses the page, and is served as nothing but a picture", async ({
    person: _,
    page,
  }) => {
    const { buffer } = await photo("x.jpg", 100, 100);
    const upload = await page.request.post("/api/images", {
      data: Buffer.concat([buffer, Buffer.from("<html><script>alert(1)</script>")]),
      headers: { "content-type": "text/html", "x-file-name": "x.html" },
    });
    expect(upload.status()).toBe(201);
    const served = await page.request.get(`/api/images/${(await upload.json()).id}`);
    expect((await served.body()).includes("<script>")).toBe(false);
    expect(served.headers()).toMatchObject({
      "content-type": "image/jpeg",
      "x-content-type-options": "nosniff",
      "cache-control": "private, no-store",
    });
    expect(served.headers()["content-security-policy"]).toMatch(/^default-src 'none';.* sandbox$/);
  });

  test("an upload that failed is tried again by a press, and then sent", async ({
    person: _,
    page,
    emulator,
  }) => {
    await page.route("**/api/images", (route) => route.abort(), { times: 1 });
    await open(page);
    await attach(page, [await screenshot("again.png", 64, 64)]);
    await expect(
      page.getByRole("alert").filter({ hasText: "“again.png” could not be uploaded" }),
    ).toBeVisible();
    await button(page, "Retry again.png").click();
    await expect(tiles(page)).toHaveText([/again\.png.*12 tokens · 64 × 64/]);
    await button(page, "Show again.png in full").waitFor();
    await askAndRead(page, "[[say:There.]]");
    expect(await lastPictures(emulator)).toMatchObject([{ width: 64 }]);
  });
});

test.describe("in the conversation", () => {
  test("pictures have their place before their bytes are there, and nothing moves", async ({
    person: _,
    watched: page,
  }) => {
    await watchShifts(page);
    await sendPictures(page);
    let letThrough = () => {};
    const held = new Promise<void>((go) => {
      letThrough = go;
    });
    await page.route("**/api/images/*", async (route) => {
      await held;
      await route.continue();
    });
    await page.reload({ waitUntil: "commit" });
    const pictures = page.getByRole("article").first().getByRole("button").locator("img");
    await expect(button(page, "Send")).toBeVisible();
    await expect(pictures).toHaveCount(3);
    const boxes = () =>
      pictures.evaluateAll((all) => all.map((img) => JSON.stringify(img.getBoundingClientRect())));
    // What has been parsed is laid out, and the end is in its place, with the next frame.
    await page.evaluate(() => new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(go))));
    const empty = await boxes();
    letThrough();
    await expect
      .poll(() =>
        pictures.evaluateAll((all) => all.every((img) => (img as HTMLImageElement).naturalWidth > 0)),
      )
      .toBe(true);
    expect(await boxes()).toEqual(empty);
    expect(await shifts(page)).toEqual([]);
  });

  test("a picture opens in full, arrows lead to the others, Esc goes back, and it can be kept", async ({
    person: _,
    watched: page,
  }) => {
    await sendPictures(page);
    await page.reload();
    const second = button(page, "Show second.png in full");
    await second.click();
    const viewer = page.getByRole("dialog", { name: "Picture 2 of 3: second.png" });
    await expect(viewer).toBeVisible();
    await expect(viewer.getByText("300 × 200 pixels · 96 tokens")).toBeVisible();
    await page.keyboard.press("ArrowRight");
    await expect(page.getByRole("dialog", { name: "Picture 3 of 3: third.png" })).toBeVisible();
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowLeft");
    await button(page, "Previous picture").click();
    await expect(page.getByRole("dialog", { name: "Picture 1 of 3: first.jpg" })).toBeVisible();

    const download = page.waitForEvent("download");
    await page.getByRole("link", { name: "Download" }).click();
    const file = await download;
    expect(file.suggestedFilename()).toBe("first.jpg");
    expect(await sharp(await readFile(await file.path())).metadata()).toMatchObject({
      width: 800,
      height: 600,
    });

    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toBeHidden();
    await expect(second).toBeFocused();
  });

  test("threats 3, 8: neither others nor the signed-out see a picture", async ({
    person: _,
    page,
    server,
    playwright,
  }) => {
    await sendPictures(page);
    const [id = ""] = await picturesOfThread(page);
    expect((await page.request.get(`/api/images/${id}`)).status()).toBe(200);
    const other = await newAccount(server.url);
    for (const [cookie, status] of [
      [`${SESSION_COOKIE}=${other.session}`, 404],
      ["", 401],
    ] as const) {
      const stranger = await playwright.request.newContext({ extraHTTPHeaders: { cookie } });
      const answer = await stranger.get(`${server.url}/api/images/${id}`);
      expect(answer.status()).toBe(status);
      expect(answer.headers()["content-type"]).toMatch(/json/);
      await stranger.dispose();
    }
  });
});

const SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><script>alert(1)</script></svg>';

/** A conversation whose first message has three pictures. */
async function sendPictures(page: Page): Promise<void> {
  await open(page);
  await attach(page, [
    await photo("first.jpg", 800, 600),
    await screenshot("second.png", 300, 200),
    await screenshot("third.png", 200, 300),
  ]);
  await expect(page.getByRole("button", { name: /^Show .* in full$/ })).toHaveCount(3);
  await askAndRead(page, "[[say:Three pictures.]]");
}

/** Pixels and bytes of the pictures in the newest question that went upstream. */
async function lastPictures(emulator: {
  stats(): Promise<{ last: { title?: boolean; images?: object[] }[] }>;
}) {
  const { last } = await emulator.stats();
  return last.findLast(({ title }) => !title)?.images ?? [];
}
