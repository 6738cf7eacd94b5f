import * as z from "zod";

/** GET /api/threads/:id/export?as=: a file to keep. `files`: a ZIP, with pictures and documents. */
export const exportThreadInput = z.strictObject({ as: z.enum(["markdown", "json", "files"]) });
export type ThreadExportForm = z.infer<typeof exportThreadInput>["as"];
