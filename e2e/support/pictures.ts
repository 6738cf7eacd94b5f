import { readFileSync } from "node:fs";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import sharp from "sharp";

/** A file as Playwright hands it to a file dialog. */
export interface PictureFile {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

const RED = { r: 200, g: 30, b: 30 };
const BLUE = { r: 30, g: 30, b: 200 };

/** A photograph as cameras make them: soft shapes with grain. Sizes in pixels. */
export async function photo(name: string, width: number, height: number, quality = 90): Promise<PictureFile> {
  const buffer = await (await grain(width, height)).jpeg({ quality }).toBuffer();
  return { name, mimeType: "image/jpeg", buffer };
}

/** A screenshot: flat and sharp, without loss. */
export async function screenshot(name: string, width: number, height: number): Promise<PictureFile> {
  const bar = await flat(Math.ceil(width / 2), Math.ceil(height / 3), BLUE)
    .png()
    .toBuffer();
  const buffer = await flat(width, height, { r: 250, g: 250, b: 250 })
    .composite([{ input: bar, left: 0, top: 0 }])
    .png()
    .toBuffer();
  return { name, mimeType: "image/png", buffer };
}

/**
 * A telephone's photograph that was held upright: stored lying (900 x 600), to be turned by its EXIF, with the
 * place where it was taken. Upright it measures 600 x 900, red above and blue below.
 */
export async function turnedPhoto(name: string): Promise<PictureFile> {
  const right = await flat(450, 600, BLUE).png().toBuffer();
  const buffer = await flat(900, 600, RED)
    .composite([{ input: right, left: 450, top: 0 }])
    .jpeg({ quality: 92 })
    .withMetadata({ orientation: 6 })
    .withExifMerge({
      IFD0: { Make: "Camera of a test", Model: "Secret model" },
      IFD3: {
        GPSLatitudeRef: "N",
        GPSLatitude: "54/1 19/1 20/1",
        GPSLongitudeRef: "E",
        GPSLongitude: "10/1 8/1 5/1",
      },
    })
    .toBuffer();
  return { name, mimeType: "image/jpeg", buffer };
}

/** A telephone's picture of a few bytes, all of whose sizes claim that one. */
export function giantHeic(name: string, width: number, height: number): PictureFile {
  const buffer = readFileSync(join(import.meta.dirname, "telephone.heic"));
  for (let at = buffer.indexOf("ispe"); at >= 0; at = buffer.indexOf("ispe", at + 1)) {
    // Version and flags, width, height.
    buffer.writeUInt32BE(width, at + 8);
    buffer.writeUInt32BE(height, at + 12);
  }
  return { name, mimeType: "image/heic", buffer };
}

/** A photograph whose second half never arrived. */
export async function truncated(name: string): Promise<PictureFile> {
  const whole = await photo(name, 800, 600);
  return { ...whole, buffer: whole.buffer.subarray(0, whole.buffer.length / 2) };
}

/** A PNG of a few bytes whose header claims that size. */
export async function giant(name: string, width: number, height: number): Promise<PictureFile> {
  const { buffer } = await screenshot(name, 8, 8);
  // IHDR: length and type at 8, width at 16, height at 20, checksum of type and data at 29.
  buffer.writeUInt32BE(width, 16);
  buffer.writeUInt32BE(height, 20);
  buffer.writeUInt32BE(crc32(buffer.subarray(12, 29)), 29);
  return { name, mimeType: "image/png", buffer };
}

/** The PNG with a note in it, as programs leave their name and the author's. */
export function withText(picture: PictureFile, keyword: string, text: string): PictureFile {
  const typeAndData = Buffer.from(`tEXt${keyword}\0${text}`, "latin1");
  const chunk = Buffer.alloc(typeAndData.length + 8);
  chunk.writeUInt32BE(typeAndData.length - 4, 0);
  typeAndData.copy(chunk, 4);
  chunk.writeUInt32BE(crc32(typeAndData), typeAndData.length + 4);
  // After the header, which ends at 33.
  const buffer = Buffer.concat([picture.buffer.subarray(0, 33), chunk, picture.buffer.subarray(33)]);
  return { ...picture, buffer };
}

export const textFile = (name: string, mimeType: string, text: string): PictureFile => {
  return { name, mimeType, buffer: Buffer.from(text) };
};

/** Mean colour of a part of a picture, as stored, without turning it: [red, green, blue]. */
export async function colourOf(
  picture: Buffer,
  part: { left: number; top: number; width: number; height: number },
): Promise<number[]> {
  const { channels } = await sharp(await sharp(picture).extract(part).png().toBuffer()).stats();
  return channels.slice(0, 3).map(({ mean }) => Math.round(mean));
}

const flat = (width: number, height: number, background: typeof RED) =>
  sharp({ create: { width, height, channels: 3, background } });

async function grain(width: number, height: number) {
  const small = { width: Math.ceil(width / 12), height: Math.ceil(height / 12), channels: 3 as const };
  let state = 7;
  const pixels = Buffer.alloc(small.width * small.height * 3).map(() => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return 40 + ((state >> 16) % 180);
  });
  return sharp(pixels, { raw: small }).resize(width, height, { fit: "fill", kernel: "cubic" });
}

/** Four fields without loss, none of them dark in all colours: red, green, blue, yellow. */
export async function quarters(name: string, width: number, height: number): Promise<PictureFile> {
  const [w, h] = [Math.ceil(width / 2), Math.ceil(height / 2)];
  const fields = [
    { at: [0, 0], colour: { r: 220, g: 60, b: 60 } },
    { at: [w, 0], colour: { r: 60, g: 220, b: 60 } },
    { at: [0, h], colour: { r: 60, g: 60, b: 220 } },
    { at: [w, h], colour: { r: 220, g: 220, b: 60 } },
  ] as const;
  const parts = await Promise.all(
    fields.map(async ({ at: [left, top], colour }) => {
      const size = { width: Math.min(w, width - left), height: Math.min(h, height - top) };
      return { input: await flat(size.width, size.height, colour).png().toBuffer(), left, top };
    }),
  );
  const buffer = await flat(width, height, RED).composite(parts).png().toBuffer();
  return { name, mimeType: "image/png", buffer };
}
