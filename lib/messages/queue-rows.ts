import "server-only";
import { database } from "@/lib/platform/database";
import type { DocumentPart, ImagePart } from "./message";
import type { QueuedMessage } from "./queued";

/** The questions that wait in a thread; the caller has it within an actor's scope. */
export async function queueIn(threadId: string): Promise<QueuedMessage[]> {
  const rows = await database().queuedMessage.findMany({
    where: { threadId },
    orderBy: { position: "asc" },
  });
  const images = await imageParts(rows.flatMap((row) => row.imageIds as string[]));
  return rows.map(({ id, answerId, generationId, text, imageIds, documents }) => ({
    id,
    answerId,
    generationId,
    parts: [
      ...(imageIds as string[]).flatMap((imageId) => images.get(imageId) ?? []),
      ...(documents as unknown as DocumentPart[]),
      ...(text === "" ? [] : [{ type: "text" as const, text }]),
    ],
  }));
}

/** Of all people: what waits to be sent is in no message yet, and must not be collected as left behind. */
export async function systemQueuedUploads(): Promise<{ imageIds: string[]; documentIds: string[] }> {
  const rows = await database().queuedMessage.findMany({ select: { imageIds: true, documents: true } });
  return {
    imageIds: rows.flatMap((row) => row.imageIds as string[]),
    documentIds: rows
      .flatMap((row) => row.documents as unknown as DocumentPart[])
      .map(({ documentId }) => documentId),
  };
}

async function imageParts(ids: string[]): Promise<Map<string, ImagePart>> {
  if (ids.length === 0) return new Map();
  const images = await database().image.findMany({
    where: { id: { in: ids } },
    select: { id: true, name: true, width: true, height: true, tokens: true },
  });
  return new Map(images.map(({ id, ...image }) => [id, { type: "image", imageId: id, ...image }]));
}
