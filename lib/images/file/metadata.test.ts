import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { removedFrom } from "../removed";
import { quarters } from "../testing/pictures";
import { readHeader } from "./header";
import { isDisplayP3 } from "./metadata";

/** Made of four colours by libheif's own encoder: Display P3, with a camera's EXIF. */
const telephone = new Uint8Array(readFileSync("e2e/support/telephone.heic"));

describe("a telephone's HEIC", () => {
  test("88 is known by its header, and for what it carries", () => {
    expect(readHeader(telephone)).toEqual({ type: "image/heic", width: 320, height: 240 });
    expect(removedFrom(telephone, "image/heic")).toEqual(["location", "camera", "profile"]);
  });

  test("counts its colours by Display P3", async () => {
    expect(isDisplayP3(telephone)).toBe(true);
    const avif = (profile: string) => quarters(16, 16).avif({ effort: 0 }).withIccProfile(profile).toBuffer();
    expect(isDisplayP3(await avif("p3"))).toBe(true);
    expect(isDisplayP3(await avif("srgb"))).toBe(false);
    expect(isDisplayP3(telephone.subarray(0, 200))).toBe(false);
  });
});
