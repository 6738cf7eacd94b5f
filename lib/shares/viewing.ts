import "server-only";
import { randomUUID } from "node:crypto";
import { acceptImage } from "@/lib/images/commands";
import type { Part } from "@/lib/messages/message";
import { blobStore } from "@/lib/platform/blob-store";
import { database, isConflict } from "@/lib/platform/database";
import { notFound, Problem } from "@/lib/platform/problem";
import { setting } from "@/lib/settings/queries";
import { publish } from "@/lib/threads/live";
import { threadSummary } from "@/lib/threads/queries";
import type { ThreadSummary } from "@/lib/threads/thread";
import type { Actor } from "@/lib/users/actor";
import { passwordMatches } from "@/lib/users/passwords";
import { countTry, forgetTry, isPass, passOf } from "./passes";
import { shareToken } from "./schema";
import { liveShares } from "./scope";
import type { Snapshot, SnapshotMessage } from "./snapshot";

/** Who looks at a share. Everybody may be a stranger. */
export interface Viewer {
  actor: Actor | null;
  /** The pass of a password that was given before. */
  pass: string | null;
}

/** What others see of a share. */
export interface OpenShare {
  title: string;
  snapshot: Snapshot;
  allowContinue: boolean;
  titleInPreview: boolean;
}

/** A share, or what it asks for first. */
export type Opened = { state: "open"; share: OpenShare } | { state: "password" } | { state: "sign-in" };

/**
 * Opens a share by its link and counts the view, unless its owner looks or nobody does (`seen`). Throws `not-found`.
 */
export async function openShare(token: string, viewer: Viewer, { seen = true } = {}): Promise<Opened> {
  const share = await liveShare(token);
  const asked = asksFor(share, viewer);
  if (asked) return { state: asked };
  if (seen && viewer.actor?.id !== share.ownerId) {
    await database().share.updateMany({ where: { id: share.id }, data: { views: { increment: 1 } } });
  }
  const { title, snapshot, allowContinue, titleInPreview } = share;
  return {
    state: "open",
    share: { title, snapshot: snapshot as unknown as Snapshot, allowContinue, titleInPreview },
  };
}

/** The pass for a share's password. Throws `not-found`, `wrong-password`, `too-many-tries`. */
export async function passForPassword(token: string, password: string, address: string): Promise<string> {
  const { id, passwordHash } = await liveShare(token);
  if (passwordHash === null) throw notFound();
  await countTry(id, address);
  if (!(await passwordMatches(passwordHash, password))) throw new Problem("wrong-password");
  await forgetTry(id, address);
  return passOf(id, passwordHash);
}

/** A picture of a share, which is good only under it. */
export interface SharedImage {
  bytes: Uint8Array<ArrayBuffer>;
  contentType: string;
}

/** Throws `not-found` also where the share would ask for something first; `storage-down`. */
export async function readSharedImage(token: string, imageId: string, viewer: Viewer): Promise<SharedImage> {
  const share = await liveShare(token);
  if (asksFor(share, viewer)) throw notFound();
  const image = await database().shareImage.findFirst({
    where: { id: imageId, shareId: share.id },
    select: { blobKey: true, contentType: true },
  });
  if (!image) throw notFound();
  const bytes = await blobStore().get(image.blobKey);
  if (!bytes) throw new Problem("storage-down");
  return { bytes, contentType: image.contentType };
}

/** Whether this viewer could still get this picture. */
export async function isStillShared(token: string, imageId: string, viewer: Viewer): Promise<boolean> {
  try {
    const share = await liveShare(token);
    if (asksFor(share, viewer)) return false;
    return (await database().shareImage.count({ where: { id: imageId, shareId: share.id } })) > 0;
  } catch {
    return false;
  }
}

/**
 * Puts a private copy of a share, pictures included, among the actor's threads. `threadId` is the new thread's; the
 * same again answers the same. Throws `not-found`, and what taking in pictures throws.
 */
export async function continueShare(
  actor: Actor,
  token: string,
  pass: string | null,
  threadId: string,
): Promise<ThreadSummary> {
  const share = await liveShare(token);
  if (!share.allowContinue || asksFor(share, { actor, pass })) throw notFound();
  // Of a picture that was not shared nothing is left: a turn of its own would be an empty one.
  const messages = (share.snapshot as unknown as Snapshot).messages.filter(({ parts }) => parts.length > 0);
  const parts: Part[][] = [];
  for (const message of messages) parts.push(await ownParts(actor, token, pass, message));
  try {
    await writeCopy(actor, { threadId, title: share.title, messages, parts });
  } catch (error) {
    // The same request a second time; a foreign thread with that id is not found below.
    if (!isConflict(error)) throw error;
  }
  const thread = await threadSummary(actor, threadId);
  publish(actor.id, { type: "thread", thread });
  return thread;
}

const COLUMNS = {
  id: true,
  ownerId: true,
  title: true,
  snapshot: true,
  passwordHash: true,
  allowContinue: true,
  signedInOnly: true,
  titleInPreview: true,
} as const;

/** Read anew at each request: that is what makes an end an end on every server at once. Throws `not-found`. */
async function liveShare(token: string) {
  if (!shareToken.safeParse(token).success) throw notFound();
  const rules = await setting("sharing");
  const row = await database().share.findFirst({
    where: { token, ...liveShares(rules, new Date()) },
    select: COLUMNS,
  });
  if (!row) throw notFound();
  return { ...row, signedInOnly: row.signedInOnly || rules.signedInOnly };
}

/** The owner needs no password. */
function asksFor(
  share: { id: string; ownerId: string; passwordHash: string | null; signedInOnly: boolean },
  { actor, pass }: Viewer,
): "password" | "sign-in" | null {
  if (share.signedInOnly && !actor) return "sign-in";
  if (share.passwordHash === null || actor?.id === share.ownerId) return null;
  return isPass(pass, share.id, share.passwordHash) ? null : "password";
}

async function ownParts(
  actor: Actor,
  token: string,
  pass: string | null,
  { parts }: SnapshotMessage,
): Promise<Part[]> {
  const own: Part[] = [];
  for (const part of parts) {
    if (part.type === "text") own.push(part);
    // Only the name was shared, so there is nothing to take along but that.
    if (part.type === "document") own.push({ type: "text", text: `[${part.name}]\n\n` });
    if (part.type === "image") {
      const { bytes, contentType } = await readSharedImage(token, part.id, { actor, pass });
      const name = `picture.${contentType.slice("image/".length)}`;
      const {
        id: imageId,
        width,
        height,
        tokens,
        ...kept
      } = await acceptImage(actor, { name, bytes }, { sent: true });
      own.push({ type: "image", imageId, name: kept.name, width, height, tokens });
    }
  }
  return own;
}

interface CopyToWrite {
  threadId: string;
  title: string;
  messages: readonly SnapshotMessage[];
  parts: Part[][];
}

/** One branch, in the order of the snapshot. After a question without its answer stands one to be had. */
async function writeCopy(
  actor: Actor,
  { threadId, title, messages: shown, parts }: CopyToWrite,
): Promise<void> {
  const now = new Date();
  const rows = shown.map(({ role }, index) => {
    return { id: randomUUID(), threadId, role, parts: parts[index] ?? [], status: "complete" };
  });
  if (rows.at(-1)?.role === "user") {
    rows.push({ id: randomUUID(), threadId, role: "assistant", parts: [], status: "interrupted" });
  }
  const messages = rows.map((row, index) => ({
    ...row,
    parts: row.parts as object[],
    parentId: rows[index - 1]?.id ?? null,
    ordinal: index + 1,
    createdAt: now,
  }));
  const images = rows.flatMap(({ id: messageId, parts }) =>
    parts
      .filter((part) => part.type === "image")
      .map(({ imageId }, position) => ({ messageId, imageId, position })),
  );
  await database().$transaction(async (tx) => {
    const thread = { id: threadId, ownerId: actor.id, title, titledBy: "person", messageCount: rows.length };
    await tx.thread.create({
      data: { ...thread, headMessageId: rows.at(-1)?.id ?? null, lastActivityAt: now },
      select: { id: true },
    });
    await tx.message.createMany({ data: messages });
    if (images.length > 0) await tx.messageImage.createMany({ data: images });
  });
}
