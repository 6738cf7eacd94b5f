import * as z from "zod";
import { LONGEST_TEXT, MOST_IMAGES } from "@/lib/messages/message";
import { threadSettings } from "@/lib/threads/settings";

/** Longest conversation, in messages. */
export const MOST_TEMPORARY_MESSAGES = 400;
/** Most pictures in the whole conversation: they are all sent with each question. */
export const MOST_TEMPORARY_IMAGES = 20;

/**
 * POST /api/temporary-answers, as a form: the conversation so far, the question last, or an answer that broke off and is
 * gone on with. Answers 200 with lines of JSON of GenerationEvent, text and end, and before them a snapshot of what is
 * kept of such an answer; nothing of it is kept here.
 */
export const temporaryInput = z.strictObject({
  messages: z
    .array(
      z.strictObject({
        role: z.enum(["user", "assistant"]),
        text: z.string().max(LONGEST_TEXT),
        /** Numbers of pictures in the form, from 0. */
        images: z
          .array(
            z
              .int()
              .min(0)
              .max(MOST_TEMPORARY_IMAGES - 1),
          )
          .max(MOST_IMAGES),
      }),
    )
    .min(1)
    .max(MOST_TEMPORARY_MESSAGES),
  settings: threadSettings.default({}),
});
export type TemporaryInput = z.infer<typeof temporaryInput>;
