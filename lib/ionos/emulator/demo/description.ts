import type { ImageFacts } from "../images.ts";
import { allImages, type Prompt } from "../prompt.ts";
import { type ChatRequest, textOf } from "../request.ts";
import { languageOf } from "./language.ts";

/** Whether the instructions ask for words that can stand for a picture. */
export function isDescriptionRequest({ messages: [system] }: ChatRequest): boolean {
  return system?.role === "system" && /^describe the picture\b/i.test(textOf(system));
}

/** What was measured: a line, and a paragraph. Nothing about what it shows, which nobody here can see. */
export function descriptionFor(prompt: Prompt): string {
  const german = languageOf(prompt.request.messages.slice(1).map(textOf).join(" ")) === "de";
  const [image] = allImages(prompt);
  if (!image) return german ? "Kein Bild." : "No picture.";
  const colours = image.colours.map((colour) => colour[german ? "de" : "en"]).join(", ");
  const { width, height } = image;
  return german
    ? `Ein Bild von ${width} × ${height} Pixeln, vor allem ${colours}.\n\nEs ist kein Modell verbunden; was zu sehen ist, kann die Demo nicht sagen. Helligkeit ${light(image)} %.`
    : `A picture of ${width} × ${height} pixels, mostly ${colours}.\n\nNo model is connected; the demo cannot tell what there is to see. Brightness ${light(image)} %.`;
}

const light = ({ brightness }: ImageFacts) => Math.round(brightness * 100);
