import "server-only";
import { environment } from "@/lib/platform/environment";
import { Problem } from "@/lib/platform/problem";

/** Pictures that one message may have: what the model takes, as the installation says. */
export const mostImages = (): number => environment().provider.mostImages;

/** Throws `too-many-images` when a message would have more. */
export function checkImageCount(count: number): void {
  const limit = mostImages();
  if (count > limit) throw new Problem("too-many-images", { limit });
}
