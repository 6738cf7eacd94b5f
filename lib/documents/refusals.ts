import { Problem } from "@/lib/platform/problem";
import type { DocumentRefusal } from "./document";

/** The refusal as the Problem that the route answers; `details` are numbers for its sentence. */
export const refused = (
  reason: DocumentRefusal,
  details: Record<string, string | number> = {},
  cause?: unknown,
): Problem => new Problem("document-refused", { reason, ...details }, cause);
