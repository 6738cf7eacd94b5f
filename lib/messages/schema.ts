import * as z from "zod";
import { MOST_DOCUMENTS, MOST_PAGES } from "@/lib/documents/document";
import { threadSettings } from "@/lib/threads/settings";
import { LONGEST_TEXT, MOST_IMAGES, MOST_READ } from "./message";
import { MOST_QUEUED } from "./queued";

/** Ids are minted by the client, so that a retry is the same message. UUID v4 or v7, lower case. */
export const id = z.uuid().lowercase();

const page = z.int().min(1).max(MOST_PAGES);

/**
 * POST /api/threads/:id/messages. The thread is created when it is new. `parentId` is the message it answers,
 * null for the first. Answers 202 {message, answer, generationId}; the same ids with the same body again
 * answer the same, with another body 409.
 */
export const sendMessageInput = z.strictObject({
  messageId: id,
  parentId: id.nullable(),
  answerId: id,
  generationId: id,
  text: z.string().max(LONGEST_TEXT),
  imageIds: z.array(id).max(MOST_IMAGES),
  documents: z
    .array(z.strictObject({ documentId: id, firstPage: page, lastPage: page }))
    .max(MOST_DOCUMENTS)
    .default([]),
  /** How the thread is answered, where this is what makes it. */
  settings: threadSettings.optional(),
});
export type SendMessageInput = z.infer<typeof sendMessageInput>;

/** GET /api/threads/:id/messages?ids=: those of them that the thread has, at most MOST_READ, between commas. */
export const readMessagesInput = z.strictObject({
  ids: z
    .string()
    .max(40 * MOST_READ)
    .transform((ids) => ids.split(","))
    .pipe(z.array(id).max(MOST_READ)),
});

/** POST /api/threads/:id/generations: answer `parentId` (a user message) again, as a sibling. 202 as above. */
export const retryInput = z.strictObject({ parentId: id, answerId: id, generationId: id });
export type RetryInput = z.infer<typeof retryInput>;

/**
 * POST /api/threads/:id/generations: go on with the answer `messageId`, which broke off; what comes is added to it. 202
 * as above.
 */
export const continueInput = z.strictObject({ messageId: id, generationId: id });
export type ContinueInput = z.infer<typeof continueInput>;

/** POST /api/threads/:id/queue: sendMessageInput without what it follows, which is known when it is sent. */
export const queueInput = sendMessageInput.omit({ parentId: true, settings: true });
export type QueueInput = z.infer<typeof queueInput>;

/** PUT /api/threads/:id/queue/:messageId. */
export const changeQueuedInput = sendMessageInput.pick({ text: true, imageIds: true, documents: true });
export type ChangeQueuedInput = z.infer<typeof changeQueuedInput>;

/** PUT /api/threads/:id/queue: the order in which they are sent. */
export const orderQueueInput = z.strictObject({ messageIds: z.array(id).max(MOST_QUEUED) });

/** PUT /api/threads/:id/head: opens the branch of this message, at its newest end. */
export const openBranchInput = z.strictObject({ messageId: id });
export type OpenBranchInput = z.infer<typeof openBranchInput>;

/** DELETE /api/threads/:id/messages/:messageId?following=: what becomes of the messages after it. */
export const deleteMessageInput = z.strictObject({ following: z.enum(["removed", "joined"]) });
export type DeleteMessageInput = z.infer<typeof deleteMessageInput>;

/** POST /api/threads/:id/forks: everything up to `messageId` as a new thread `threadId`, minted by the client. */
export const forkInput = z.strictObject({ threadId: id, messageId: id });
export type ForkInput = z.infer<typeof forkInput>;
