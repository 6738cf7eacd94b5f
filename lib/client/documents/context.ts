import type { DocumentContext } from "@/lib/messages/message";
import { request } from "../api";
import { browserStores } from "../stores";

/** Says whether later questions send a document in a message again. Throws RequestFailed. */
export async function chooseDocumentContext(
  messageId: string,
  documentId: string,
  context: DocumentContext,
): Promise<void> {
  await request("PUT", `/api/messages/${messageId}/documents/${documentId}`, { context });
  browserStores().threads.changeDocument(messageId, documentId, context);
}
