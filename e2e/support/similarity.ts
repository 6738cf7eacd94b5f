import sharp from "sharp";

/** Edge in pixels of the squares that are compared. */
const SQUARE = 8;
/** The index's own constants, for 8 bits a channel: they keep flat squares from being divided by nothing. */
const C1 = (0.01 * 255) ** 2;
const C2 = (0.03 * 255) ** 2;

/**
 * Mean structural similarity of two pictures of the same size, 1 for the same; of each of the three colours apart, and
 * the least of them, so that a wrong colour is as wrong as a wrong shape.
 */
export async function similarity(one: Buffer, other: Buffer): Promise<number> {
  const [a, b] = await Promise.all([one, other].map(pixelsOf));
  if (!a || !b || a.width !== b.width || a.height !== b.height) return 0;
  return Math.min(...[0, 1, 2].map((channel) => similarityOf(a, b, channel)));
}

interface Pixels {
  data: Buffer;
  width: number;
  height: number;
}

async function pixelsOf(picture: Buffer): Promise<Pixels> {
  const pipeline = sharp(picture).flatten({ background: "#fff" }).toColourspace("srgb");
  const { data, info } = await pipeline.removeAlpha().raw().toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}

function similarityOf(a: Pixels, b: Pixels, channel: number): number {
  let sum = 0;
  let squares = 0;
  for (let top = 0; top + SQUARE <= a.height; top += SQUARE) {
    for (let left = 0; left + SQUARE <= a.width; left += SQUARE) {
      sum += ofSquare(a, b, (top * a.width + left) * 3 + channel);
      squares++;
    }
  }
  return sum / squares;
}

function ofSquare(a: Pixels, b: Pixels, start: number): number {
  let [sumA, sumB, sumAA, sumBB, sumAB] = [0, 0, 0, 0, 0];
  for (let y = 0; y < SQUARE; y++) {
    for (let x = 0; x < SQUARE; x++) {
      const at = start + (y * a.width + x) * 3;
      const [p = 0, q = 0] = [a.data[at], b.data[at]];
      sumA += p;
      sumB += q;
      sumAA += p * p;
      sumBB += q * q;
      sumAB += p * q;
    }
  }
  const n = SQUARE * SQUARE;
  const [meanA, meanB] = [sumA / n, sumB / n];
  const [spreadA, spreadB] = [sumAA / n - meanA ** 2, sumBB / n - meanB ** 2];
  const together = sumAB / n - meanA * meanB;
  const likeness = (2 * meanA * meanB + C1) * (2 * together + C2);
  return likeness / ((meanA ** 2 + meanB ** 2 + C1) * (spreadA + spreadB + C2));
}
