import { imageGrid, MAX_EDGE } from "../../images/tokens.ts";
import type { PageSize } from "./protocol.ts";
import { Unreadable } from "./refusal.ts";

/**
 * The pixels in which a page is drawn: its longer edge as long as the model sees, so that nothing that can be read
 * is lost. Throws Unreadable for a page that is no area, or a mere line.
 */
export function modelSize(page: PageSize): { width: number; height: number; tokens: number } {
  const longest = Math.max(page.width, page.height);
  const width = Math.round((page.width / longest) * MAX_EDGE);
  const height = Math.round((page.height / longest) * MAX_EDGE);
  try {
    return imageGrid(width, height);
  } catch {
    throw new Unreadable("damaged");
  }
}
