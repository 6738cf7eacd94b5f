import "server-only";
import { documentsOf as ownDocuments } from "@/lib/documents/rows";
import { imagesOf as ownImages } from "@/lib/images/rows";
import { documentsOf, imagesOf, type Message, type Part } from "@/lib/messages/message";
import { pathTo } from "@/lib/messages/tree";
import { database } from "@/lib/platform/database";
import { notFound } from "@/lib/platform/problem";
import { threadDetail } from "@/lib/threads/queries";
import { threadsOf } from "@/lib/threads/scope";
import { threadSettingsOf } from "@/lib/threads/settings";
import type { Actor } from "@/lib/users/actor";
import { EXPORT_VERSION, type ExportedPart, type ExportedThread } from "./format";
import { endingOf, fileName } from "./names";

/** A file of an export: where its bytes are kept, and its path within the ZIP. */
export interface ExportedFile {
  path: string;
  blobKey: string;
}

export interface ThreadWithFiles {
  thread: ExportedThread;
  /** The open branch, first to last. */
  branch: Message[];
  /** By the id of the picture or document. */
  files: ReadonlyMap<string, ExportedFile>;
}

/**
 * One of the actor's threads with all its branches. Without `withFiles` no part names a file. Throws `not-found`.
 */
export async function exportThread(
  actor: Actor,
  id: string,
  { withFiles }: { withFiles: boolean },
): Promise<ThreadWithFiles> {
  const detail = await threadDetail(actor, id);
  const row = await database().thread.findFirst({
    where: { id, ...threadsOf(actor) },
    select: { createdAt: true, settings: true },
  });
  if (!row) throw notFound();
  const { title, lastActivityAt, headMessageId, messages } = detail;
  const files = withFiles ? await filesOf(actor, messages) : new Map<string, ExportedFile>();
  const thread: ExportedThread = {
    format: "leeward-thread",
    version: EXPORT_VERSION,
    id,
    title,
    createdAt: row.createdAt.toISOString(),
    lastActivityAt,
    settings: threadSettingsOf(row.settings),
    openMessageId: headMessageId,
    messages: messages.map(({ id, parentId, ordinal, role, status, createdAt, usage, parts }) => {
      const own = parts.map((part) => partOf(part, files));
      return { id, parentId, ordinal, role, status, createdAt, usage, parts: own };
    }),
  };
  return { thread, branch: pathTo(new Map(messages.map((each) => [each.id, each])), headMessageId), files };
}

/** Named here and nothing else: whatever a part comes to hold one day stays out until somebody adds it. */
function partOf(part: Part, files: ReadonlyMap<string, ExportedFile>): ExportedPart {
  switch (part.type) {
    case "image": {
      const { name, width, height, notes, context = "kept" } = part;
      const { caption = null, description = null } = notes ?? {};
      const file = files.get(part.imageId)?.path ?? null;
      return { type: "image", file, name, width, height, caption, description, context };
    }
    case "document": {
      const { name, pages, firstPage, lastPage, context = "kept" } = part;
      const file = files.get(part.documentId)?.path ?? null;
      return { type: "document", file, name, pages, firstPage, lastPage, context };
    }
    case "tool": {
      const { callId, name, input, result } = part;
      return { type: "tool", callId, name, input, result };
    }
    case "text":
      return { type: "text", text: part.text };
  }
}

async function filesOf(actor: Actor, messages: Message[]): Promise<Map<string, ExportedFile>> {
  const imageIds = messages.flatMap((message) => imagesOf(message).map(({ imageId }) => imageId));
  const documentIds = messages.flatMap((message) => documentsOf(message).map(({ documentId }) => documentId));
  const [images, documents] = await Promise.all([
    database().image.findMany({ where: { ...ownImages(actor), id: { in: imageIds } }, select: FILE_COLUMNS }),
    database().document.findMany({
      where: { ...ownDocuments(actor), id: { in: documentIds } },
      select: FILE_COLUMNS,
    }),
  ]);
  return new Map([
    ...images.map((row) => [row.id, fileOf("pictures", row)] as const),
    ...documents.map((row) => [row.id, fileOf("documents", row)] as const),
  ]);
}

export const FILE_COLUMNS = { id: true, name: true, contentType: true, blobKey: true } as const;

interface FileRow {
  id: string;
  name: string;
  contentType: string;
  blobKey: string;
}

export const fileOf = (folder: "pictures" | "documents", row: FileRow): ExportedFile => ({
  path: `${folder}/${fileName(row.name, row.id, endingOf(row.contentType, row.name))}`,
  blobKey: row.blobKey,
});
