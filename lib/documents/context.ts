import "server-only";
import type { DocumentChoice } from "@/lib/context/choices";
import { database } from "@/lib/platform/database";
import { notFound } from "@/lib/platform/problem";
import { publish } from "@/lib/threads/live";
import { threadsOf } from "@/lib/threads/scope";
import type { Actor } from "@/lib/users/actor";
import { documentsOf } from "./rows";
import type { DocumentContextInput } from "./schema";

/** Says whether later questions send a document in a message again. Throws `not-found`. */
export async function chooseDocumentContext(
  actor: Actor,
  messageId: string,
  documentId: string,
  { context }: DocumentContextInput,
): Promise<DocumentChoice> {
  const where = {
    messageId,
    documentId,
    message: { thread: threadsOf(actor) },
    document: documentsOf(actor),
  };
  const found = await database().messageDocument.findFirst({
    where,
    select: { message: { select: { threadId: true } } },
  });
  if (!found) throw notFound();
  const { count } = await database().messageDocument.updateMany({ where, data: { context } });
  if (count === 0) throw notFound();
  const { threadId } = found.message;
  publish(actor.id, { type: "document-context", threadId, messageId, documentId, context });
  return { context };
}
