import "server-only";
import type { DocumentPart } from "@/lib/messages/message";
import { blobStore } from "@/lib/platform/blob-store";
import { database } from "@/lib/platform/database";
import { notFound, Problem } from "@/lib/platform/problem";
import type { Actor } from "@/lib/users/actor";
import { type DocumentChoice, type ExtractedText, tokensOfPages, type UploadedDocument } from "./document";
import { documentsOf, uploadedOf } from "./rows";
import type { PageText } from "./schema";

/** The actor's chosen pages as parts of a message, in order. Throws `not-found`, `bad-request`, `storage-down`. */
export async function documentParts(actor: Actor, choices: DocumentChoice[]): Promise<DocumentPart[]> {
  const parts: DocumentPart[] = [];
  // One after the other: each may hold some megabytes of text.
  for (const choice of choices) parts.push(await partOf(actor, choice));
  return parts;
}

/** The text of pages of one of the actor's documents, first to last. Throws `not-found`, `storage-down`. */
export async function pageTexts(actor: Actor, choice: DocumentChoice): Promise<string[]> {
  const { textKey } = await findDocument(actor, choice.documentId);
  return (await readText(textKey)).pages.slice(choice.firstPage - 1, choice.lastPage);
}

/** A document as it was answered when uploaded. Throws `not-found`, `storage-down`. */
export async function documentDetail(actor: Actor, id: string): Promise<UploadedDocument> {
  const document = await findDocument(actor, id);
  return uploadedOf(document, await readText(document.textKey));
}

/** The text of one page, for looking at it. Throws `not-found`, also for a page that it does not have. */
export async function pageText(actor: Actor, id: string, page: number): Promise<PageText> {
  const [text] = await pageTexts(actor, { documentId: id, firstPage: page, lastPage: page });
  if (text === undefined) throw notFound();
  return { page, text };
}

async function partOf(actor: Actor, choice: DocumentChoice): Promise<DocumentPart> {
  const { firstPage, lastPage } = choice;
  const { textKey, id, name, contentType, pages, tokens } = await findDocument(actor, choice.documentId);
  if (firstPage > lastPage || lastPage > pages) throw new Problem("bad-request", { field: "documents" });
  const whole = firstPage === 1 && lastPage === pages;
  const chosen = whole ? tokens : tokensOfPages((await readText(textKey)).pageTokens, firstPage, lastPage);
  return { type: "document", documentId: id, name, contentType, pages, firstPage, lastPage, tokens: chosen };
}

/** One of the actor's documents. Throws `not-found`. */
export async function findDocument(actor: Actor, id: string) {
  const document = await database().document.findFirst({ where: { ...documentsOf(actor), id } });
  if (!document) throw notFound();
  return document;
}

/** Throws `storage-down`. */
export async function readText(textKey: string): Promise<ExtractedText> {
  const bytes = await blobStore().get(textKey);
  // The row is there: that the bytes are not is the storage's fault, not the person's.
  if (!bytes) throw new Problem("storage-down");
  return JSON.parse(new TextDecoder().decode(bytes)) as ExtractedText;
}
