import { describe, expect, it } from "vitest";
import { photoJpeg } from "./encoding";

const encoder = (sizes: Record<number, number>) => {
  const asked: number[] = [];
  const encoded = async (quality: number) => {
    asked.push(quality);
    return new Uint8Array(sizes[quality] ?? 0);
  };
  return { asked, encoded };
};

describe("a photograph", () => {
  it("is encoded once where it is small enough", async () => {
    const { asked, encoded } = encoder({ 85: 290_000 });
    expect(await photoJpeg(encoded)).toHaveLength(290_000);
    expect(asked).toEqual([85]);
  });

  it("that is too large is tried with less, as little less as will do, and never with little", async () => {
    const rich = encoder({ 85: 390_000, 80: 315_000 });
    expect(await photoJpeg(rich.encoded)).toHaveLength(315_000);
    expect(rich.asked).toEqual([85, 80]);
    const noise = encoder({ 85: 900_000, 80: 800_000, 75: 700_000 });
    expect(await photoJpeg(noise.encoded)).toHaveLength(700_000);
    expect(noise.asked).toEqual([85, 80, 75]);
  });
});
