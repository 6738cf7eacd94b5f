import * as z from "zod";
import { LOCALES, type Locale } from "@/lib/i18n/locales";
import { IMAGE_CONTEXTS } from "@/lib/messages/message";
import { LONGEST_CAPTION } from "./schema";

/** PUT /api/images/:id/caption: one's own alternative text; empty takes it away. Answers ImageNotes. */
export const captionInput = z.strictObject({ caption: z.string().trim().max(LONGEST_CAPTION) });
export type CaptionInput = z.infer<typeof captionInput>;

/**
 * POST /api/images/:id/description: the model's words for a picture, asked of it when there are none yet, or
 * `again`. Answers ImageNotes. The alternative text is its first sentence, unless the person wrote one.
 */
export const describeInput = z.strictObject({
  language: z.enum(Object.keys(LOCALES) as [Locale, ...Locale[]]),
  again: z.boolean().optional(),
});
export type DescribeInput = z.infer<typeof describeInput>;

/**
 * PUT /api/messages/:id/images/:imageId: what later questions send of the picture. `described` asks the model
 * for a description when there is none. Answers {context, notes}.
 */
export const imageContextInput = z.strictObject({
  context: z.enum(IMAGE_CONTEXTS),
  language: describeInput.shape.language,
});
export type ImageContextInput = z.infer<typeof imageContextInput>;

/** GET /api/images: a page of one's own pictures. */
export const listPicturesInput = z.strictObject({ cursor: z.string().max(200).optional() });
