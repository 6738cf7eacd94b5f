import "server-only";
import { environment } from "@/lib/platform/environment";
import { Problem } from "@/lib/platform/problem";
import { offeredModels } from "./offered";
import type { PictureLimits } from "./picture-limits";

/** Pictures that one message may have: what the model takes, as the installation says. */
export function mostImages(model: string): number {
  const { mostImages, imagesByModel } = environment().provider;
  return imagesByModel.get(model) ?? mostImages;
}

/** Throws `too-many-images` when a message that this model answers would have more. */
export function checkImageCount(count: number, model: string): void {
  const limit = mostImages(model);
  if (count > limit) throw new Problem("too-many-images", { limit });
}

/** The limits of all models, for a person who has chosen this one for their threads, or none. */
export const pictureLimits = (own: string | null): PictureLimits => ({
  byModel: Object.fromEntries(offeredModels().map((model) => [model, mostImages(model)])),
  installation: environment().provider.model,
  own,
});
