import * as z from "zod";
import { id } from "@/lib/messages/schema";

/**
 * GET /api/threads/:id/context?head=&careful=: what the next question after the message `head` takes along. Text is
 * counted roughly, four characters a token, or with `careful=1` by the model's own vocabulary.
 */
export const contextInput = z.strictObject({ head: id, careful: z.literal("1").optional() });
export type ContextInput = z.infer<typeof contextInput>;
