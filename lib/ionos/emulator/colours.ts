/** A colour with names for both languages of the demo. */
export type NamedColour = { en: string; de: string; rgb: Rgb };
export type Rgb = readonly [number, number, number];

/** A colour that is really in the picture: mean value of its pixels and their share, 0 to 1. */
export type MainColour = { en: string; de: string; hex: string; share: number };

const NAMES: NamedColour[] = [
  { en: "black", de: "Schwarz", rgb: [12, 12, 12] },
  { en: "dark grey", de: "Dunkelgrau", rgb: [64, 64, 64] },
  { en: "grey", de: "Grau", rgb: [128, 128, 128] },
  { en: "light grey", de: "Hellgrau", rgb: [196, 196, 196] },
  { en: "white", de: "Weiß", rgb: [250, 250, 250] },
  { en: "red", de: "Rot", rgb: [215, 35, 35] },
  { en: "dark red", de: "Dunkelrot", rgb: [120, 20, 25] },
  { en: "pink", de: "Rosa", rgb: [240, 160, 185] },
  { en: "dusty pink", de: "Altrosa", rgb: [190, 140, 130] },
  { en: "peach", de: "Pfirsich", rgb: [250, 195, 165] },
  { en: "taupe", de: "Taupe", rgb: [140, 115, 105] },
  { en: "magenta", de: "Magenta", rgb: [205, 45, 150] },
  { en: "orange", de: "Orange", rgb: [240, 140, 35] },
  { en: "brown", de: "Braun", rgb: [120, 75, 40] },
  { en: "dark brown", de: "Dunkelbraun", rgb: [65, 42, 28] },
  { en: "beige", de: "Beige", rgb: [225, 205, 170] },
  { en: "yellow", de: "Gelb", rgb: [245, 220, 55] },
  { en: "gold", de: "Gold", rgb: [200, 160, 60] },
  { en: "olive", de: "Oliv", rgb: [115, 115, 50] },
  { en: "light green", de: "Hellgrün", rgb: [155, 215, 130] },
  { en: "green", de: "Grün", rgb: [60, 155, 65] },
  { en: "dark green", de: "Dunkelgrün", rgb: [25, 75, 40] },
  { en: "turquoise", de: "Türkis", rgb: [50, 180, 170] },
  { en: "light blue", de: "Hellblau", rgb: [150, 200, 235] },
  { en: "blue", de: "Blau", rgb: [40, 100, 210] },
  { en: "steel blue", de: "Stahlblau", rgb: [85, 125, 160] },
  { en: "dark blue", de: "Dunkelblau", rgb: [20, 35, 95] },
  { en: "violet", de: "Violett", rgb: [120, 65, 180] },
  { en: "lilac", de: "Flieder", rgb: [190, 165, 220] },
];
const NAMES_LAB = NAMES.map((name) => ({ name, lab: oklab(name.rgb) }));

/**
 * The up to four main colours of raw RGB pixels (3 bytes each), largest share first: every pixel goes to the
 * nearest named colour, and what is reported is the mean of the pixels that went there.
 */
export function mainColours(pixels: Uint8Array): MainColour[] {
  const groups = new Map<NamedColour, { count: number; sum: [number, number, number] }>();
  for (let at = 0; at + 2 < pixels.length; at += 3) {
    const rgb: Rgb = [pixels[at] ?? 0, pixels[at + 1] ?? 0, pixels[at + 2] ?? 0];
    const name = nearestName(rgb);
    const group = groups.get(name) ?? { count: 0, sum: [0, 0, 0] };
    group.count += 1;
    for (const channel of [0, 1, 2] as const) group.sum[channel] += rgb[channel];
    groups.set(name, group);
  }
  const total = Math.max(1, Math.floor(pixels.length / 3));
  return [...groups]
    .map(([{ en, de }, { count, sum }]) => ({ en, de, hex: hexOf(sum, count), share: count / total }))
    .sort((a, b) => b.share - a.share)
    .filter((colour, index) => index === 0 || colour.share >= 0.04)
    .slice(0, 4);
}

function nearestName(rgb: Rgb): NamedColour {
  const lab = oklab(rgb);
  let best = NAMES_LAB[0];
  for (const candidate of NAMES_LAB) {
    if (!best || distance(candidate.lab, lab) < distance(best.lab, lab)) best = candidate;
  }
  return (best as { name: NamedColour }).name;
}

function distance(a: Rgb, b: Rgb): number {
  // Half of the weight for lightness: what a colour is called depends more on its hue.
  return (a[0] - b[0]) ** 2 / 2 + (a[1] - b[1]) ** 2 + (a[2] - b[2]) ** 2;
}

function hexOf(sum: Rgb, count: number): string {
  return `#${sum
    .map((value) =>
      Math.round(value / count)
        .toString(16)
        .padStart(2, "0"),
    )
    .join("")}`;
}

/** OKLab, in which near colours look alike (Björn Ottosson, bottosson.github.io/posts/oklab). */
function oklab(rgb: Rgb): Rgb {
  const [r, g, b] = rgb.map(linear) as unknown as Rgb;
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

function linear(value: number): number {
  const share = value / 255;
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
}
