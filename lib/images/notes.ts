import "server-only";
import type { ImageContext, ImageNotes, Message } from "@/lib/messages/message";
import { database } from "@/lib/platform/database";

/** What an Image row has of words for it. */
export const NOTES_COLUMNS = { caption: true, captionBy: true, description: true } as const;

interface NotesRow {
  caption: string | null;
  captionBy: string | null;
  description: string | null;
}

/** The columns hold what our own commands wrote, so the cast is safe. */
export const notesOf = ({ caption, captionBy, description }: NotesRow): ImageNotes => ({
  caption,
  captionBy: captionBy as ImageNotes["captionBy"],
  description,
});

/** Of one picture in one message. */
export interface ImageChoice {
  context: ImageContext;
  notes: ImageNotes;
}

/** By `keyOf`. */
export type ImageChoices = ReadonlyMap<string, ImageChoice>;

/**
 * The words for a thread's pictures and what is sent of them; with `changed` only of those that are not sent as
 * they are. The caller has the thread within an actor's scope.
 */
export async function imageChoicesOf(
  threadId: string,
  only: "all" | "changed" = "all",
): Promise<ImageChoices> {
  const rows = await database().messageImage.findMany({
    where: { message: { threadId }, ...(only === "changed" ? { context: { not: "kept" } } : {}) },
    select: { messageId: true, imageId: true, context: true, image: { select: NOTES_COLUMNS } },
  });
  return new Map(
    rows.map(({ messageId, imageId, context, image }) => [
      keyOf(messageId, imageId),
      { context: context as ImageContext, notes: notesOf(image) },
    ]),
  );
}

export const keyOf = (messageId: string, imageId: string): string => `${messageId}/${imageId}`;

/** The message with its pictures as they are now. */
export function withChoices<T extends Pick<Message, "id" | "parts">>(message: T, choices: ImageChoices): T {
  if (!message.parts.some(({ type }) => type === "image")) return message;
  const parts = message.parts.map((part) => {
    const choice = part.type === "image" ? choices.get(keyOf(message.id, part.imageId)) : undefined;
    return choice ? { ...part, ...choice } : part;
  });
  return { ...message, parts };
}
