import { documentsOf, imagesOf, type Message, type Part, textOf } from "@/lib/messages/message";
import type { SendMessageInput } from "@/lib/messages/schema";
import type { Draft } from "./types";

/** What would be sent to say this message again. */
export const draftFrom = (message: Pick<Message, "parts">): Draft => ({
  text: textOf(message),
  images: imagesOf(message).map(({ imageId, name, width, height, tokens, notes }) => {
    return { id: imageId, name, width, height, tokens, ...(notes && { notes }) };
  }),
  documents: documentsOf(message),
});

/** The parts of the message that this becomes. */
export const partsFrom = (draft: Draft): Part[] => [
  ...draft.images.map(({ id, bytes: _, ...image }) => ({ type: "image" as const, imageId: id, ...image })),
  ...draft.documents,
  ...(draft.text === "" ? [] : [{ type: "text" as const, text: draft.text }]),
];

/** What the server is told of it. */
export const inputFrom = (draft: Draft): Pick<SendMessageInput, "text" | "imageIds" | "documents"> => ({
  text: draft.text,
  imageIds: draft.images.map((image) => image.id),
  documents: draft.documents.map(({ documentId, firstPage, lastPage }) => {
    return { documentId, firstPage, lastPage };
  }),
});
