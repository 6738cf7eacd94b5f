import * as z from "zod";
import { MOST_PIECES } from "./sizes";

/** POST /api/imports/pieces: the body is a piece of a file; answered 201 with this. Good for its owner, for a day. */
export interface PieceTaken {
  piece: string;
}

/** POST /api/imports: the pieces of a file, in order. Answers lines of JSON, each an ImportLine of report.ts. */
export const importInput = z.strictObject({
  pieces: z
    .array(z.string().regex(/^[0-9a-f]{40}\.[\w-]{43}$/))
    .min(1)
    .max(MOST_PIECES),
});
