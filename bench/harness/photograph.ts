import sharp, { type Sharp } from "sharp";

/** Radii of the shapes, pixels of the picture: from what a lens just resolves to half of the view. */
const RADII = { least: 8, most: 1500 };
/** Shapes, from the farthest to the nearest; so many cover everything three times. */
const SHAPES = 24_000;
/** Octaves of the texture on all surfaces, the coarsest cell in pixels, and how strong each is, of 255. */
const TEXTURE = { octaves: 8, coarsest: 512, strength: 3 };
/** A sensor's grain in daylight: the standard deviation, of 255. */
const GRAIN = 2.5;

/**
 * Pixels that have the statistics of a photograph, the same each time. "Dead leaves" (Lee, Mumford and Huang, 2001):
 * shapes of all sizes, whose number falls with the third power of their radius, cover one another, which gives the
 * spectrum of natural pictures, 1/f in amplitude, together with their edges and even surfaces. On them a fine texture
 * with the same spectrum (as much contrast in each octave), a lens's softness, and a sensor's grain. White noise would
 * cost an encoder far more than any photograph, and plain blur far less.
 */
export async function photograph(width: number, height: number): Promise<Sharp> {
  const random = randomFrom(7);
  const leaves = await sharp(Buffer.from(leavesSvg(width, height, random)), { unlimited: true })
    .blur(0.9)
    .removeAlpha()
    .raw()
    .toBuffer();
  const texture = await textureOf(width, height, random);
  for (let pixel = 0; pixel < width * height; pixel++) {
    // Two uniform numbers make nearly enough of a bell for grain.
    const lighter = (texture[pixel] ?? 128) - 128 + (random() + random() - 1) * GRAIN * 2.45;
    for (let channel = 0; channel < 3; channel++) {
      const at = pixel * 3 + channel;
      leaves[at] = Math.max(0, Math.min(255, (leaves[at] ?? 0) + lighter));
    }
  }
  return sharp(leaves, { raw: { width, height, channels: 3 } });
}

function leavesSvg(width: number, height: number, random: () => number): string {
  const shapes: string[] = [];
  for (let shape = 0; shape < SHAPES; shape++) {
    const radius = radiusOf(random());
    const [x, y] = [random() * width, random() * height];
    const [light, warm, fresh] = [25 + 190 * random() * random(), 50 * random() - 15, 30 * random() - 15];
    const colour = [light + warm, light + fresh, light - warm].map((value) =>
      Math.round(Math.max(0, Math.min(255, value))),
    );
    const flat = 0.4 + 0.6 * random();
    const turn = Math.round(180 * random());
    shapes.push(
      `<ellipse rx="${radius.toFixed(1)}" ry="${(radius * flat).toFixed(1)}" fill="rgb(${colour})" ` +
        `transform="translate(${x.toFixed(1)} ${y.toFixed(1)}) rotate(${turn})"/>`,
    );
  }
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">` +
    `<rect width="100%" height="100%" fill="#667"/>${shapes.join("")}</svg>`
  );
}

/** Of a density that falls with the third power, by its inverted distribution. */
function radiusOf(chance: number): number {
  const [least, most] = [RADII.least ** -2, RADII.most ** -2];
  return (least - chance * (least - most)) ** -0.5;
}

/** Grey, 128 in the mean: noise in each octave, made as large as the picture. */
async function textureOf(width: number, height: number, random: () => number): Promise<Uint8Array> {
  const sum = new Float32Array(width * height).fill(128);
  for (let octave = 0; octave < TEXTURE.octaves; octave++) {
    const cell = TEXTURE.coarsest / 2 ** octave;
    const size = { width: Math.ceil(width / cell), height: Math.ceil(height / cell), channels: 1 as const };
    const noise = Buffer.alloc(size.width * size.height).map(() => 255 * random());
    const grown = await sharp(noise, { raw: size })
      .resize(width, height, { fit: "fill", kernel: "cubic" })
      .raw()
      .toBuffer();
    // Uniform noise deviates by 74.
    for (let at = 0; at < sum.length; at++)
      sum[at] = (sum[at] ?? 0) + ((grown[at] ?? 128) - 128) * (TEXTURE.strength / 74);
  }
  return Uint8Array.from(sum);
}

/** Numbers from 0 to 1, the same each time. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
