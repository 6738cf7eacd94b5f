import "server-only";
import type { Readable } from "node:stream";
import { documentsOf } from "@/lib/documents/rows";
import { imagesOf, UNSENT } from "@/lib/images/rows";
import { archiveOf, type NewEntry } from "@/lib/platform/archive/writing";
import { blobStore } from "@/lib/platform/blob-store";
import { database } from "@/lib/platform/database";
import { Problem } from "@/lib/platform/problem";
import { threadsOf } from "@/lib/threads/scope";
import { threadSettingsOf } from "@/lib/threads/settings";
import type { Actor } from "@/lib/users/actor";
import { EXPORT_VERSION, type ExportedPerson } from "./format";
import { type MarkdownWords, markdownOf } from "./markdown";
import { fileName } from "./names";
import { shareEntries } from "./shares";
import { type ExportedFile, exportThread, FILE_COLUMNS, fileOf, type ThreadWithFiles } from "./thread";

/** Rows looked at in one go. */
const READ_AT_ONCE = 100;

/**
 * Everything that the actor owns as a ZIP, in constant memory: one thread and one file after the other, as fast as they
 * are taken. What is in the bin is not in it.
 */
export const exportEverything = (actor: Actor, words: MarkdownWords): Readable =>
  archiveOf(everything(actor, words));

/** One thread with its pictures and documents as a ZIP. */
export const exportThreadFiles = (exported: ThreadWithFiles, words: MarkdownWords): Readable =>
  archiveOf(oneThread(exported, words));

async function* everything(actor: Actor, words: MarkdownWords): AsyncGenerator<NewEntry> {
  yield json("leeward.json", await personIn(actor));
  for (const id of await threadIds(actor)) {
    const exported = await exportThread(actor, id, { withFiles: true }).catch(nullWhenGone);
    if (exported) yield* threadEntries(exported, words);
  }
  const inThread = { messages: { some: { message: { thread: threadsOf(actor) } } } };
  const owned = [UNSENT, inThread];
  yield* fileEntries((after) =>
    filesAfter(after, "pictures", (page) =>
      database().image.findMany({ where: { ...imagesOf(actor), OR: owned, ...page.where }, ...page.take }),
    ),
  );
  yield* fileEntries((after) =>
    filesAfter(after, "documents", (page) =>
      database().document.findMany({
        where: { ...documentsOf(actor), OR: owned, ...page.where },
        ...page.take,
      }),
    ),
  );
  yield* shareEntries(actor);
}

async function* oneThread(exported: ThreadWithFiles, words: MarkdownWords): AsyncGenerator<NewEntry> {
  yield* threadEntries(exported, words);
  for (const file of exported.files.values()) yield* fileEntry(file);
}

function* threadEntries({ thread, branch, files }: ThreadWithFiles, words: MarkdownWords) {
  const path = (ending: string) => `threads/${fileName(thread.title, thread.id, ending)}`;
  yield json(path("json"), thread);
  const linkOf = (id: string) => {
    const file = files.get(id);
    return file && `../${file.path}`;
  };
  yield {
    path: path("md"),
    body: markdownOf({ title: thread.title, messages: branch, words, linkOf }),
    compress: true,
  };
}

async function personIn(actor: Actor): Promise<ExportedPerson> {
  const { name, email, createdAt, settings } = await database().user.findUniqueOrThrow({
    where: { id: actor.id },
    select: { name: true, email: true, createdAt: true, settings: true },
  });
  return {
    format: "leeward-export",
    version: EXPORT_VERSION,
    exportedAt: new Date().toISOString(),
    person: { name, email, createdAt: createdAt.toISOString(), settings: threadSettingsOf(settings) },
  };
}

/** Newest first, as in the sidebar: who looks into the ZIP, or breaks it off, has those. */
async function threadIds(actor: Actor): Promise<string[]> {
  const rows = await database().thread.findMany({
    where: threadsOf(actor),
    select: { id: true },
    orderBy: [{ lastActivityAt: "desc" }, { id: "desc" }],
  });
  return rows.map(({ id }) => id);
}

interface Page {
  where: { id?: { gt: string } };
  take: { select: typeof FILE_COLUMNS; orderBy: { id: "asc" }; take: number };
}
type FileRow = Parameters<typeof fileOf>[1];

async function filesAfter(
  after: string | null,
  folder: Parameters<typeof fileOf>[0],
  find: (page: Page) => Promise<FileRow[]>,
): Promise<{ last: string | null; files: ExportedFile[] }> {
  const rows = await find({
    where: after === null ? {} : { id: { gt: after } },
    take: { select: FILE_COLUMNS, orderBy: { id: "asc" }, take: READ_AT_ONCE },
  });
  const last = rows.length < READ_AT_ONCE ? null : (rows.at(-1)?.id ?? null);
  return { last, files: rows.map((row) => fileOf(folder, row)) };
}

async function* fileEntries(
  read: (after: string | null) => Promise<{ last: string | null; files: ExportedFile[] }>,
): AsyncGenerator<NewEntry> {
  let after: string | null = null;
  do {
    const page = await read(after);
    for (const file of page.files) yield* fileEntry(file);
    after = page.last;
  } while (after !== null);
}

/** Deleted while the ZIP is made, and it is not in it. */
async function* fileEntry({ path, blobKey }: ExportedFile): AsyncGenerator<NewEntry> {
  const bytes = await blobStore().get(blobKey);
  if (bytes) yield { path, body: bytes, compress: false };
}

export const json = (path: string, value: object): NewEntry => ({
  path,
  body: JSON.stringify(value, null, 2),
  compress: true,
});

function nullWhenGone(error: unknown): null {
  if (error instanceof Problem && error.code === "not-found") return null;
  throw error;
}
