import type { MainColour } from "../colours.ts";
import type { ImageFacts } from "../images.ts";
import type { Language } from "./language.ts";
import type { Question } from "./question.ts";
import { connectText } from "./words.ts";

/** What was measured in each picture of the question; nothing about what it shows. */
export function imageAnswer({ language, turn }: Question, images: ImageFacts[]): string {
  const tables = images.map((image, index) => {
    const title = language === "de" ? `### Bild ${index + 1}\n\n` : `### Picture ${index + 1}\n\n`;
    return `${images.length > 1 ? title : ""}${factTable(language, image)}`;
  });
  return [opening(language, images.length), ...tables, connectText(language, turn)].join("\n\n");
}

function opening(language: Language, count: number): string {
  if (language === "de") {
    const what = count === 1 ? "Ihr Bild ist" : `Ihre ${count} Bilder sind`;
    return `**Es ist kein Modell verbunden.** ${what} angekommen, aber was zu sehen ist, kann die Demo nicht sagen. Messen kann sie:`;
  }
  const what = count === 1 ? "Your picture has" : `Your ${count} pictures have`;
  return `**No model is connected.** ${what} arrived, but the demo cannot tell what there is to see. What it can do is measure:`;
}

function factTable(language: Language, image: ImageFacts): string {
  const rows = language === "de" ? germanRows(image) : englishRows(image);
  const head = language === "de" ? "| Gemessen | Wert |" : "| Measured | Value |";
  return [head, "| :--- | :--- |", ...rows.map(([name, value]) => `| ${name} | ${value} |`)].join("\n");
}

function englishRows(image: ImageFacts): [string, string][] {
  const { width, height, grid } = image;
  const shape = { wide: "landscape", tall: "portrait", square: "square" }[shapeOf(image)];
  const light = { dark: "dark", medium: "medium", bright: "bright" }[lightOf(image)];
  const focus = { soft: "low, little fine detail", medium: "medium", crisp: "high, much fine detail" }[
    focusOf(image)
  ];
  return [
    ["Size", `${width} × ${height} pixels, ${shape}, ${sizeOf("en", image)}`],
    ["Tokens", `**${grid.tokens}** (${grid.cols} × ${grid.rows} patches)`],
    ["Main colours", coloursOf("en", image.colours)],
    ["Brightness", `${percent(image.brightness)}, ${light}`],
    ["Sharpness", focus],
  ];
}

function germanRows(image: ImageFacts): [string, string][] {
  const { width, height, grid } = image;
  const shape = { wide: "Querformat", tall: "Hochformat", square: "quadratisch" }[shapeOf(image)];
  const light = { dark: "dunkel", medium: "mittel", bright: "hell" }[lightOf(image)];
  const focus = { soft: "gering, wenig feine Details", medium: "mittel", crisp: "hoch, viele feine Details" }[
    focusOf(image)
  ];
  return [
    ["Größe", `${width} × ${height} Pixel, ${shape}, ${sizeOf("de", image)}`],
    ["Tokens", `**${grid.tokens}** (${grid.cols} × ${grid.rows} Felder)`],
    ["Hauptfarben", coloursOf("de", image.colours)],
    ["Helligkeit", `${percent(image.brightness)}, ${light}`],
    ["Schärfe", focus],
  ];
}

function coloursOf(language: Language, colours: MainColour[]): string {
  return colours.map((colour) => `${colour[language]} \`${colour.hex}\` ${percent(colour.share)}`).join(", ");
}

function sizeOf(language: Language, { bytes, format }: ImageFacts): string {
  const kilobytes = (bytes / 1024).toLocaleString(language, {
    maximumFractionDigits: bytes < 10_240 ? 1 : 0,
  });
  return `${format.toUpperCase()}, ${kilobytes} KB`;
}

function shapeOf({ width, height }: ImageFacts): "wide" | "tall" | "square" {
  if (width === height) return "square";
  return width > height ? "wide" : "tall";
}

function lightOf({ brightness }: ImageFacts): "dark" | "medium" | "bright" {
  if (brightness < 0.33) return "dark";
  return brightness > 0.66 ? "bright" : "medium";
}

function focusOf({ sharpness }: ImageFacts): "soft" | "medium" | "crisp" {
  if (sharpness < 1) return "soft";
  return sharpness > 4 ? "crisp" : "medium";
}

/** The number and its sign are not parted by the end of a line. */
function percent(share: number): string {
  return `${Math.round(share * 100)}\u00a0%`;
}
