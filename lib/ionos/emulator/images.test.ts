import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { imageGrid } from "../../images/tokens.ts";
import { startForTest } from "./testing.ts";

let emulator: Awaited<ReturnType<typeof startForTest>>;
beforeAll(async () => {
  emulator = await startForTest({ maxImages: 3 });
});
afterAll(() => emulator.close());

const made = (width: number, height: number, background: string) =>
  sharp({ create: { width, height, channels: 3, background } });
const part = (url: string) => ({ type: "image_url", image_url: { url, detail: "auto" } });
const dataUrl = (bytes: Buffer, type = "image/png") => `data:${type};base64,${bytes.toString("base64")}`;
const question = (text: string, ...urls: string[]) => [
  { role: "user", content: [{ type: "text", text }, ...urls.map(part)] },
];

test.each([
  [64, 64],
  [800, 600],
  [1541, 200],
])("a picture of %i x %i costs what the formula says", async (width, height) => {
  const url = dataUrl(await made(width, height, "red").png().toBuffer());
  const { json: without } = await emulator.ask(question("What is it?"));
  const { json } = await emulator.ask(question("What is it?", url));
  expect(json.usage.prompt_tokens - without.usage.prompt_tokens).toBe(imageGrid(width, height).tokens);
});

describe("the answer about a picture", () => {
  test("tells what was measured, in English", async () => {
    const blue = await made(56, 28, "#2864d2").png().toBuffer();
    const bytes = await made(56, 56, "#ffffff")
      .composite([{ input: blue, top: 0, left: 0 }])
      .jpeg()
      .toBuffer();
    const { json } = await emulator.ask(question("What is in this picture?", dataUrl(bytes, "image/jpeg")));
    const text = json.choices[0]?.message.content ?? "";
    expect(text).toContain("No model is connected");
    expect(text).toContain("56 × 56 pixels, square, JPEG");
    expect(text).toContain("**6** (2 × 2 patches)");
    expect(text).toMatch(/blue `#2[0-9a-f]6[0-9a-f]d[0-9a-f]` 50\s%/);
    expect(text).toMatch(/white `#f[a-f]f[a-f]f[a-f]` 50\s%/);
  });

  test("is German for a German question, and names every picture", async () => {
    const tall = dataUrl(await made(20, 90, "#101010").webp().toBuffer(), "image/webp");
    const wide = dataUrl(await made(90, 20, "#f0f0f0").png().toBuffer());
    const { json } = await emulator.ask(question("Was ist auf den Bildern zu sehen?", tall, wide));
    const text = json.choices[0]?.message.content ?? "";
    expect(text).toContain("Es ist kein Modell verbunden");
    expect(text).toMatch(/### Bild 1[\s\S]*Hochformat, WEBP[\s\S]*Schwarz[\s\S]*dunkel/);
    expect(text).toMatch(/### Bild 2[\s\S]*Querformat, PNG[\s\S]*Weiß[\s\S]*hell/);
  });

  test("flattens transparency on white", async () => {
    const clear = sharp({ create: { width: 40, height: 40, channels: 4, background: "#ff000000" } });
    const { json } = await emulator.ask(question("What is it?", dataUrl(await clear.png().toBuffer())));
    expect(json.choices[0]?.message.content).toContain("white `#ffffff` 100\u00a0%");
  });

  test("leaves EXIF orientation as it is, like the server", async () => {
    const turned = await made(60, 30, "red").jpeg().withMetadata({ orientation: 6 }).toBuffer();
    const { json } = await emulator.ask(question("What is it?", dataUrl(turned, "image/jpeg")));
    expect(json.choices[0]?.message.content).toContain("60 × 30 pixels, landscape");
  });
});

test("the statistics know size and bytes", async () => {
  const bytes = await made(30, 40, "green").png().toBuffer();
  await emulator.ask(question("What is it?", dataUrl(bytes)));
  const { last } = await emulator.stats();
  expect(last.at(-1)?.images).toEqual([{ width: 30, height: 40, bytes: bytes.length }]);
});

describe("a picture is refused", () => {
  test.each<[string, () => Promise<Buffer> | Buffer]>([
    ["text", () => Buffer.from("not a picture")],
    ["SVG", () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')],
    ["nothing", () => Buffer.alloc(0)],
    ["half a file", async () => (await made(300, 300, "red").jpeg().toBuffer()).subarray(0, 700)],
    [
      "too many pixels",
      async () =>
        Buffer.from(await made(1, 1, "red").png().toBuffer())
          .fill(0x7f, 17, 20)
          .fill(0x7f, 21, 24),
    ],
  ])("that is %s", async (_, bytes) => {
    const { status, json } = await emulator.ask(question("What is it?", dataUrl(await bytes())));
    expect(status).toBe(400);
    expect(json.error.message).toMatch(/^cannot identify image file <_io\.BytesIO object at 0x7f[0-9a-f]+>$/);
  });

  test("that is far too narrow", async () => {
    const url = dataUrl(await made(4000, 1, "red").png().toBuffer());
    const { status } = await emulator.ask(question("What is it?", url));
    expect(status).toBe(400);
  });

  test("that lies on another server: there is no network here", async () => {
    const body = { model: "mistralai/Mistral-Small-24B-Instruct", max_tokens: 10 };
    const messages = question("What is it?", "https://www.ionos.com/favicon.ico?v2");
    const response = await emulator.post({ body: { ...body, messages } });
    expect(response.status).toBe(500);
    expect(await response.text()).toBe("Internal Server Error");
  });

  test("as one too many", async () => {
    const url = dataUrl(await made(9, 9, "red").png().toBuffer());
    const { status, json } = await emulator.ask(question("What?", url, url, url, url));
    expect(status).toBe(400);
    expect(json.error.message).toBe("At most 3 image(s) may be provided in one prompt.");
  });
});
