import * as z from "zod";
import { LONGEST_TITLE } from "./thread";

/** GET /api/threads. */
export const listThreadsInput = z.strictObject({
  cursor: z.string().max(200).optional(),
  /** Part of the title, any case. */
  title: z.string().max(LONGEST_TITLE).optional(),
});
export type ListThreadsInput = z.infer<typeof listThreadsInput>;

/** PATCH /api/threads/:id. `deleted: false` takes it back out of the bin. */
export const changeThreadInput = z.strictObject({
  title: z.string().trim().min(1).max(LONGEST_TITLE).optional(),
  deleted: z.literal(false).optional(),
});
export type ChangeThreadInput = z.infer<typeof changeThreadInput>;
