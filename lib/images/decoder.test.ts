import { existsSync } from "node:fs";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { decoding } from "./decoder";
import { quarters } from "./testing/pictures";

/** Older ones have known holes: libwebp's CVE-2023-4863 and its kind (threats.md, standards). */
const OLDEST_SHARP = [0, 35, 4];
const OLDEST_LIBRARIES = { webp: [1, 3, 2], vips: [8, 15, 0], heif: [1, 18, 0], png: [1, 6, 43] };

const numbers = (version = "0") => version.split(".").map((part) => Number.parseInt(part, 10) || 0);

function isAtLeast(version: string | undefined, floor: number[]): boolean {
  const found = numbers(version);
  const at = floor.findIndex((number, index) => (found[index] ?? 0) !== number);
  return at < 0 || (found[at] ?? 0) > (floor[at] ?? 0);
}

describe("threat 87: the decoder", () => {
  test("87 is not older than the last known hole, nor is what it brings along", () => {
    expect(isAtLeast(sharp.versions.sharp, OLDEST_SHARP)).toBe(true);
    const old = Object.entries(OLDEST_LIBRARIES).filter(
      ([library, floor]) => !isAtLeast((sharp.versions as Record<string, string>)[library], floor),
    );
    expect(old).toEqual([]);
  });

  test.each(["gif", "jpeg", "png", "webp", "tiff", "avif"] as const)("87 reads %s", async (format) => {
    const bytes = await quarters(16, 16).toFormat(format).toBuffer();
    expect((await decoding(bytes).metadata()).width).toBe(16);
  });

  test.each([
    ["SVG", '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'],
    ["PDF", "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj trailer<</Root 1 0 R>>"],
    ["PPM", "P3\n1 1\n255\n255 0 0\n"],
    ["Radiance", "#?RADIANCE\nFORMAT=32-bit_rle_rgbe\n\n-Y 1 +X 1\n\x80\x80\x80\x80"],
    ["VIPS", "\x08\xf2\xa6\xb6\0\0\0\x01\0\0\0\x01\0\0\0\x03"],
  ])("87 has no loader for %s", async (_name, content) => {
    await expect(decoding(Buffer.from(content, "latin1")).metadata()).rejects.toThrow();
  });

  test("87 opens no file by its name, though it is there", async () => {
    expect(existsSync("docs/leeward.png")).toBe(true);
    await expect(sharp("docs/leeward.png").metadata()).rejects.toThrow(/unsupported/i);
  });
});
