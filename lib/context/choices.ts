import "server-only";
import { NOTES_COLUMNS, notesOf } from "@/lib/images/notes";
import type { DocumentContext, ImageContext, ImageNotes, Message } from "@/lib/messages/message";
import { database } from "@/lib/platform/database";

/** Of one picture in one message. */
export interface ImageChoice {
  context: ImageContext;
  notes: ImageNotes;
}

/** Of one document in one message. */
export interface DocumentChoice {
  context: DocumentContext;
}

/** What is sent of a thread's pictures and documents; by `keyOf`. */
export interface Choices {
  images: ReadonlyMap<string, ImageChoice>;
  documents: ReadonlyMap<string, DocumentChoice>;
}

/**
 * The words for a thread's pictures, and what is sent of them and of its documents; with `changed` only of those that
 * are not sent as they are. The caller has the thread within an actor's scope.
 */
export async function choicesOf(threadId: string, only: "all" | "changed" = "all"): Promise<Choices> {
  const where = { message: { threadId }, ...(only === "changed" ? { context: { not: "kept" } } : {}) };
  const [images, documents] = await Promise.all([
    database().messageImage.findMany({
      where,
      select: { messageId: true, imageId: true, context: true, image: { select: NOTES_COLUMNS } },
    }),
    database().messageDocument.findMany({
      where: { ...where, context: { not: "kept" } },
      select: { messageId: true, documentId: true, context: true },
    }),
  ]);
  return {
    images: new Map(
      images.map(({ messageId, imageId, context, image }) => [
        keyOf(messageId, imageId),
        { context: context as ImageContext, notes: notesOf(image) },
      ]),
    ),
    documents: new Map(
      documents.map(({ messageId, documentId, context }) => [
        keyOf(messageId, documentId),
        { context: context as DocumentContext },
      ]),
    ),
  };
}

const keyOf = (messageId: string, id: string): string => `${messageId}/${id}`;

/** The message with its pictures and documents as they are now. */
export function withChoices<T extends Pick<Message, "id" | "parts">>(message: T, choices: Choices): T {
  if (message.parts.every(({ type }) => type === "text")) return message;
  const parts = message.parts.map((part) => {
    if (part.type === "image") return { ...part, ...choices.images.get(keyOf(message.id, part.imageId)) };
    if (part.type !== "document") return part;
    return { ...part, ...choices.documents.get(keyOf(message.id, part.documentId)) };
  });
  return { ...message, parts };
}
