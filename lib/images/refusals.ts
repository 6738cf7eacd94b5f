import { Problem } from "@/lib/platform/problem";
import { type ImageRefusal, MOST_PIXELS } from "./schema";

/** The refusal as the Problem that the route answers; `details` are numbers for its sentence. */
export function refused(
  reason: ImageRefusal,
  details: Record<string, string | number> = {},
  cause?: unknown,
): Problem {
  return new Problem("image-refused", { reason, ...details }, cause);
}

/** Whatever the decoder says of a file that was recognised by its header. */
export function damaged(error: unknown): Problem {
  const text = error instanceof Error ? error.message : "";
  return /exceeds pixel limit/i.test(text)
    ? refused("too-many-pixels", { limit: MOST_PIXELS }, error)
    : refused("damaged", {}, error);
}
