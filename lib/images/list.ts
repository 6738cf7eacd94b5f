import "server-only";
import { database } from "@/lib/platform/database";
import { Problem } from "@/lib/platform/problem";
import { threadsOf } from "@/lib/threads/scope";
import type { Actor } from "@/lib/users/actor";
import { imagesOf, UNSENT } from "./rows";
import type { OwnPicture, PicturePage } from "./schema";

const PAGE_SIZE = 48;

/**
 * A page of the actor's pictures, newest first: those in their threads, and those in no message at all. What is only
 * in the bin goes with it. Throws `bad-request` for a made-up cursor.
 */
export async function listPictures(actor: Actor, cursor?: string): Promise<PicturePage> {
  const inThread = { message: { thread: threadsOf(actor) } };
  const rows = await database().image.findMany({
    where: {
      ...imagesOf(actor),
      AND: [olderThan(cursor), { OR: [UNSENT, { messages: { some: inThread } }] }],
    },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: PAGE_SIZE + 1,
    select: {
      id: true,
      name: true,
      width: true,
      height: true,
      tokens: true,
      caption: true,
      captionBy: true,
      createdAt: true,
      messages: {
        where: inThread,
        orderBy: { message: { createdAt: "desc" } },
        take: 1,
        select: { messageId: true, message: { select: { thread: { select: { id: true, title: true } } } } },
      },
    },
  });
  const pictures = rows.slice(0, PAGE_SIZE).map(
    ({ messages: [newest], createdAt, captionBy, ...row }): OwnPicture => ({
      ...row,
      captionBy: captionBy as OwnPicture["captionBy"],
      createdAt: createdAt.toISOString(),
      place: newest
        ? {
            threadId: newest.message.thread.id,
            messageId: newest.messageId,
            title: newest.message.thread.title,
          }
        : null,
    }),
  );
  const last = pictures.at(-1);
  return {
    pictures,
    nextCursor: rows.length > PAGE_SIZE && last ? `${last.createdAt}_${last.id}` : null,
  };
}

function olderThan(cursor: string | undefined) {
  if (cursor === undefined) return {};
  const [at = "", id = ""] = cursor.split("_");
  const createdAt = new Date(at);
  if (Number.isNaN(createdAt.getTime())) throw new Problem("bad-request", { field: "cursor" });
  return { OR: [{ createdAt: { lt: createdAt } }, { createdAt, id: { lt: id } }] };
}
